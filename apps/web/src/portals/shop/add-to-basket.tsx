import type { OfferDetail } from '@silian/chains/supply/catalogue/contract.ts'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useBasket } from '../../basket/basket.ts'
import { useAccount, useMember } from '../../session/me.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { hasRole } from '../../session/roles.ts'
import { Field } from '../../ui/field.tsx'

/** Buyers put goods into their basket here; everybody else reads who may. */
export function AddToBasket({ offer }: { offer: OfferDetail }) {
  const { t } = useTranslation('shop')
  const account = useAccount()
  const member = useMember()
  if (offer.available <= 0) return <p className="notice notice-wait">{t('soldOut.hint')}</p>
  if (!account || !hasRole(member, 'buyer')) return <p className="muted">{t('buyersOnly')}</p>
  return <BasketForm offer={offer} account={account.id} />
}

function BasketForm({ offer, account }: { offer: OfferDetail; account: string }) {
  const { t } = useTranslation('shop')
  const programme = useProgrammeId()
  const { lines, put } = useBasket(programme, account)
  const inside = lines.find(({ offerId }) => offerId === offer.id)?.pieces ?? 0
  const [text, setText] = useState(String(inside || 1))
  const [error, setError] = useState<string>()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const pieces = Number(text)
    if (!Number.isSafeInteger(pieces) || pieces < 1) return setError(t('pieces.whole'))
    if (pieces > offer.available) return setError(t('pieces.stock', { available: offer.available }))
    setError(undefined)
    put(offer.id, pieces)
  }
  return (
    <form className="add" onSubmit={submit} noValidate>
      <Field
        label={t('pieces')}
        type="number"
        inputMode="numeric"
        min={1}
        max={offer.available}
        value={text}
        onChange={event => setText(event.target.value)}
        error={error}
      />
      <button type="submit" className="button button-main">
        {t(inside > 0 ? 'basket.change' : 'basket.add')}
      </button>
      <p role="status" className="add-inside">
        {inside > 0 ? (
          <>
            {t('basket.inside', { count: inside })}{' '}
            <Link to="/p/$programme/buyer/basket" params={{ programme }}>
              {t('basket.open')}
            </Link>
          </>
        ) : null}
      </p>
    </form>
  )
}
