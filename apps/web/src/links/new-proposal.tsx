import type { Product } from '@silian/chains/value/products/contract.ts'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { toUnits } from '../desk/amounts.ts'
import { DialogForm } from '../desk/dialog-form.tsx'
import { NumberField, PickField } from '../desk/fields.tsx'
import { formatDay } from '../i18n/format.ts'
import { useOwnSeller } from '../portals/supplier/own-side.ts'
import { ProductField } from '../portals/supplier/product-field.tsx'
import { useProducts } from '../portals/supplier/use-products.ts'
import { useProgrammeId } from '../session/programme.ts'
import { Field } from '../ui/field.tsx'

const empty = {
  householdCode: '',
  startsOn: '',
  endsOn: '',
  mechanism: 'order_purchase',
  productId: '',
  floor: '',
  premium: '5',
  pool: '10',
  shares: '1',
}
type Draft = typeof empty

/** Offers a household a link. It is in force only once its village has recorded the household's consent. */
export function NewProposal({ close }: { close(): void }) {
  const { t } = useTranslation('links')
  const programme = useProgrammeId()
  const seller = useOwnSeller()
  const products = useProducts().data ?? []
  const today = formatDay(new Date().toISOString())
  const send = (draft: Draft, key: string) => {
    const product = products.find(({ id }) => id === draft.productId)
    return call('proposeLink', {
      params: { programme },
      key,
      body: {
        cooperativeId: seller?.id ?? '',
        householdCode: draft.householdCode,
        startsOn: draft.startsOn || today,
        endsOn: draft.endsOn,
        formula:
          draft.mechanism === 'share_dividend'
            ? {
                ...{ mechanism: 'share_dividend', poolBp: toUnits(draft.pool, 2) ?? 0 },
                ...{ basicShares: toUnits(draft.shares, 0) ?? 0, careShares: 0, fundShares: 0 },
              }
            : {
                ...{ mechanism: 'order_purchase', productId: draft.productId },
                floor: { fen: toUnits(draft.floor, 2) ?? 0, per: product?.unit === 'piece' ? 1 : 500 },
                premiumBp: toUnits(draft.premium, 2) ?? 0,
              },
      },
    })
  }
  return (
    <DialogForm<Draft>
      name={`${programme}.link`}
      title={t('new')}
      hint={t('new.hint')}
      empty={empty}
      sendLabel={t('new.send')}
      said={t('new.done')}
      send={send}
      close={close}
      fields={(draft, put) => (
        <>
          <Field
            label={t('household')}
            hint={t('household.hint')}
            required
            maxLength={64}
            value={draft.householdCode}
            onChange={event => put({ householdCode: event.target.value })}
          />
          <div className="field-pair">
            <Field
              label={t('startsOn')}
              type="date"
              required
              value={draft.startsOn || today}
              onChange={event => put({ startsOn: event.target.value })}
            />
            <Field
              label={t('endsOn')}
              type="date"
              required
              min={draft.startsOn || today}
              value={draft.endsOn}
              onChange={event => put({ endsOn: event.target.value })}
            />
          </div>
          <PickField
            label={t('mechanism')}
            value={draft.mechanism}
            options={[
              ['order_purchase', t('mechanism.order_purchase')],
              ['share_dividend', t('mechanism.share_dividend')],
            ]}
            pick={mechanism => put({ mechanism })}
          />
          <TermsFields draft={draft} put={put} products={products} />
        </>
      )}
    />
  )
}

interface TermsFieldsProps {
  readonly draft: Draft
  readonly products: readonly Product[]
  put(change: Partial<Draft>): void
}

function TermsFields({ draft, put, products }: TermsFieldsProps) {
  const { t } = useTranslation('links')
  return draft.mechanism === 'order_purchase' ? (
    <>
      <ProductField
        label={t('product')}
        products={products}
        value={draft.productId}
        pick={productId => put({ productId })}
      />
      <div className="field-pair">
        <NumberField
          label={t('floor')}
          hint={t('floor.hint')}
          decimals={2}
          required
          value={draft.floor}
          put={floor => put({ floor })}
        />
        <NumberField
          label={t('premium')}
          decimals={2}
          required
          value={draft.premium}
          put={premium => put({ premium })}
        />
      </div>
    </>
  ) : (
    <div className="field-pair">
      <NumberField label={t('pool')} decimals={2} required value={draft.pool} put={pool => put({ pool })} />
      <NumberField label={t('shares')} required value={draft.shares} put={shares => put({ shares })} />
    </div>
  )
}
