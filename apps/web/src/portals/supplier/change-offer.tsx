import type { OwnOffer } from '@silian/chains/supply/catalogue/contract.ts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { fromUnits, toUnits } from '../../desk/amounts.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { NumberField, PickField } from '../../desk/fields.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { useGoodsNames } from '../shop/use-names.ts'
import { LotField } from './lot-field.tsx'
import { type TermsDraft, termsBody, termsOf } from './offer-terms.ts'
import { TermsFields } from './offer-terms-fields.tsx'

interface Draft extends TermsDraft {
  readonly price: string
  readonly lotId: string
  readonly state: string
}

/** Another price, another lot, off the shelf or on it again; made from the version that is shown. */
export function ChangeOffer({ offer, close }: { offer: OwnOffer; close(): void }) {
  const { t } = useTranslation('supplier')
  const { nameOf } = useGoodsNames()
  const programme = useProgrammeId()
  const empty: Draft = {
    price: fromUnits(offer.priceFen, 2),
    lotId: offer.lotId,
    state: offer.state,
    ...termsOf(offer),
  }
  const send = (draft: Draft, key: string) => {
    const priceFen = toUnits(draft.price, 2) ?? 0
    return call('changeOffer', {
      params: { programme, offer: offer.id },
      key,
      body: {
        version: offer.version,
        ...termsBody(draft),
        ...(priceFen === offer.priceFen ? {} : { priceFen }),
        ...(draft.lotId === offer.lotId || draft.lotId === '' ? {} : { lotId: draft.lotId }),
        ...(draft.state === offer.state
          ? {}
          : { state: draft.state === 'listed' ? ('listed' as const) : ('withdrawn' as const) }),
      },
    })
  }
  return (
    <DialogForm<Draft>
      name={`${programme}.offer.${offer.id}.${offer.version}`}
      title={t('offer.change.of', { name: nameOf(offer) })}
      hint={t('offer.change.hint')}
      empty={empty}
      sendLabel={t('save')}
      said={t('offer.changed')}
      send={send}
      close={close}
      fields={(draft, put) => (
        <>
          <NumberField
            label={t('price.yuan')}
            decimals={2}
            required
            value={draft.price}
            put={price => put({ price })}
          />
          <LotField productId={offer.productId} lotId={draft.lotId} pick={lotId => put({ lotId })} />
          <PickField
            label={t('state')}
            value={draft.state}
            options={[
              ['listed', t('offer.listed')],
              ['withdrawn', t('offer.withdrawn')],
            ]}
            pick={state => put({ state })}
          />
          <TermsFields draft={draft} put={put} />
        </>
      )}
    />
  )
}
