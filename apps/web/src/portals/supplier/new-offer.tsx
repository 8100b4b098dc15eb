import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { toUnits } from '../../desk/amounts.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { NumberField, PickField } from '../../desk/fields.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { LotField } from './lot-field.tsx'
import { noTerms, termsBody } from './offer-terms.ts'
import { TermsFields } from './offer-terms-fields.tsx'
import { ProductField } from './product-field.tsx'
import { useProducts } from './use-products.ts'

const empty = {
  ...{ productId: '', lotId: '', specZh: '', specEn: '', perPiece: '', price: '', shipDays: '7' },
  ...noTerms,
}
type Draft = typeof empty

const daysOf = (text: string): 7 | 15 | 30 => (text === '30' ? 30 : text === '15' ? 15 : 7)

/** Lists a product for sale out of one of its lots. */
export function NewOffer({ close }: { close(): void }) {
  const { t } = useTranslation(['supplier', 'common'])
  const programme = useProgrammeId()
  const products = useProducts().data ?? []
  const unitOf = (id: string) => products.find(product => product.id === id)?.unit ?? 'g'
  const send = (draft: Draft, key: string) => {
    const { productId, lotId, specZh, specEn, perPiece, price, shipDays } = draft
    return call('newOffer', {
      params: { programme },
      key,
      body: {
        ...{ productId, lotId, specZh, specEn, shipDays: daysOf(shipDays) },
        perPiece: toUnits(perPiece, unitOf(productId) === 'g' ? 3 : 0) ?? 0,
        priceFen: toUnits(price, 2) ?? 0,
        ...termsBody(draft),
      },
    })
  }
  return (
    <DialogForm<Draft>
      name={`${programme}.offer`}
      title={t('offers.new')}
      empty={empty}
      sendLabel={t('offers.list')}
      said={t('offers.made')}
      send={send}
      close={close}
      fields={(draft, put) => (
        <>
          <ProductField
            label={t('product')}
            products={products}
            value={draft.productId}
            pick={productId => put({ productId, lotId: '' })}
          />
          <LotField productId={draft.productId} lotId={draft.lotId} pick={lotId => put({ lotId })} />
          <div className="field-pair">
            <Field
              label={t('offer.specZh')}
              required
              maxLength={80}
              value={draft.specZh}
              onChange={event => put({ specZh: event.target.value })}
            />
            <Field
              label={t('offer.specEn')}
              required
              maxLength={120}
              value={draft.specEn}
              onChange={event => put({ specEn: event.target.value })}
            />
          </div>
          <div className="field-pair">
            <NumberField
              label={t(unitOf(draft.productId) === 'g' ? 'offer.perPiece.kg' : 'offer.perPiece.piece')}
              decimals={unitOf(draft.productId) === 'g' ? 3 : 0}
              required
              value={draft.perPiece}
              put={perPiece => put({ perPiece })}
            />
            <NumberField
              label={t('price.yuan')}
              decimals={2}
              required
              value={draft.price}
              put={price => put({ price })}
            />
          </div>
          <PickField
            label={t('offer.shipDays')}
            value={draft.shipDays}
            options={['7', '15', '30'].map(days => [days, t('days', { count: Number(days) })])}
            pick={shipDays => put({ shipDays })}
          />
          <TermsFields draft={draft} put={put} />
        </>
      )}
    />
  )
}
