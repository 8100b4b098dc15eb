import type { OfferDetail } from '@silian/chains/supply/catalogue/contract.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatFen } from '../../i18n/format.ts'
import { capOf, leastOf, mostOf, pieceFen, seenOf } from '../cart/rules.ts'
import { Go, useProgramme } from '../ui/go.tsx'
import { Basket } from '../ui/icons.tsx'
import { useNames } from '../ui/names.ts'
import { Stepper } from '../ui/stepper.tsx'

/** How many, and into the basket: under the thumb, wherever on the page one is. */
export function Put({ offer }: { offer: OfferDetail }) {
  const { t } = useTranslation('goods')
  const programme = useProgramme()
  const { nameOf } = useNames()
  const seen = seenOf(offer)
  const [least, most] = [leastOf(seen), mostOf(seen)]
  const [pieces, setPieces] = useState(least)
  const put = useMutation({
    // the basket is on this device: it needs no line
    networkMode: 'always',
    mutationFn: async () => {
      const { addPieces } = await import('../cart/cart.ts')
      await addPieces(programme, offer.id, seen, pieces)
    },
  })
  if (most < least || offer.state !== 'listed')
    return (
      <div className="sticky-foot">
        <div className="sticky-foot-in">
          <p className="note">{t('put.out')}</p>
        </div>
      </div>
    )
  return (
    <div className="sticky-foot">
      <div className="sticky-foot-in">
        <Stepper {...{ pieces, least, most }} cap={capOf(seen)} of={nameOf(offer)} onChange={setPieces} />
        <button type="button" className="button" onClick={() => put.mutate()}>
          <Basket />
          {t('put', { price: formatFen(pieceFen(seen, pieces) * pieces) })}
        </button>
        <p role="status" className="put-said">
          {put.isSuccess ? (
            <>
              {t('put.done')} <Go to="/cart">{t('put.go')}</Go>
            </>
          ) : null}
          {put.isError ? t('put.failed') : null}
        </p>
      </div>
    </div>
  )
}
