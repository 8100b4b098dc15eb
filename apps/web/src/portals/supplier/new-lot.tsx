import type { Link } from '@silian/chains/production/links/contract.ts'
import type { Product } from '@silian/chains/value/products/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { toUnits } from '../../desk/amounts.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { NumberField } from '../../desk/fields.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { chosenOf, PlaceField } from './place-field.tsx'
import { ProductField } from './product-field.tsx'
import { usePlaces } from './use-places.ts'

const empty = {
  productId: '',
  code: '',
  harvestedOn: '',
  placeId: '',
  own: '',
  /** What each household brought, by link, as it was typed. */
  brought: {} as Readonly<Record<string, string>>,
  /** Today's market, yuan for 500 g or a piece. */
  market: '',
}
type Draft = typeof empty

interface NewLotProps {
  readonly products: readonly Product[]
  close(): void
}

/** Brings a harvest into stock: the co-op's own, and what each household with a purchase link delivered. */
export function NewLot({ products, close }: NewLotProps) {
  const { t } = useTranslation(['supplier', 'common'])
  const programme = useProgrammeId()
  const links = useQuery({
    queryKey: ['links', programme, 'all'],
    queryFn: ({ signal }) => call('links', { params: { programme }, query: { limit: 200 }, signal }),
    select: page => page.items,
  })
  const places = usePlaces()
  const today = formatDay(new Date().toISOString())
  const productOf = ({ productId }: Draft) => products.find(({ id }) => id === productId)
  const send = (draft: Draft, key: string) => {
    const product = productOf(draft)!
    const decimals = product.unit === 'g' ? 3 : 0
    const per = product.unit === 'g' ? 500 : 1
    const market = toUnits(draft.market, 2)
    const sources = purchasesOf(links.data ?? [], product.id).flatMap(({ id }) => {
      const quantity = toUnits(draft.brought[id] ?? '', decimals)
      return quantity
        ? [{ linkId: id, quantity, ...(market ? { marketPrice: { fen: market, per } } : {}) }]
        : []
    })
    const placeId = chosenOf(places.data, draft.placeId)
    return call('newLot', {
      params: { programme },
      key,
      body: {
        ...{ code: draft.code, productId: product.id, harvestedOn: draft.harvestedOn || today },
        ...{ ownQuantity: toUnits(draft.own, decimals) ?? 0, sources },
        ...(placeId ? { placeId } : {}),
      },
    })
  }
  return (
    <DialogForm<Draft>
      name={`${programme}.lot`}
      title={t('lots.new')}
      hint={t('lots.new.hint')}
      empty={empty}
      sendLabel={t('lots.bring')}
      said={t('lots.made')}
      send={send}
      close={close}
      fields={(draft, put) => {
        const product = productOf(draft)
        const decimals = product?.unit === 'piece' ? 0 : 3
        const purchases = product ? purchasesOf(links.data ?? [], product.id) : []
        return (
          <>
            <ProductField
              label={t('product')}
              products={products}
              value={draft.productId}
              pick={productId => put({ productId, brought: {} })}
            />
            <div className="field-pair">
              <Field
                label={t('lot.code')}
                required
                maxLength={40}
                value={draft.code}
                onChange={event => put({ code: event.target.value })}
              />
              <Field
                label={t('lot.harvested')}
                type="date"
                required
                max={today}
                value={draft.harvestedOn || today}
                onChange={event => put({ harvestedOn: event.target.value })}
              />
            </div>
            <PlaceField value={chosenOf(places.data, draft.placeId)} pick={placeId => put({ placeId })} />
            <NumberField
              label={t(product?.unit === 'piece' ? 'lot.own.piece' : 'lot.own.kg')}
              decimals={decimals}
              value={draft.own}
              put={own => put({ own })}
            />
            {purchases.length > 0 ? (
              <fieldset className="choices">
                <legend>{t('lot.brought')}</legend>
                <NumberField
                  label={t(product?.unit === 'piece' ? 'lot.market.piece' : 'lot.market.g')}
                  hint={t('lot.market.hint')}
                  decimals={2}
                  value={draft.market}
                  put={market => put({ market })}
                />
                {purchases.map(({ id, householdCode }) => (
                  <NumberField
                    key={id}
                    label={t('lot.brought.by', { household: householdCode })}
                    decimals={decimals}
                    value={draft.brought[id] ?? ''}
                    put={value => put({ brought: { ...draft.brought, [id]: value } })}
                  />
                ))}
              </fieldset>
            ) : product && links.data ? (
              <p className="muted">{t('lot.brought.none')}</p>
            ) : null}
          </>
        )
      }}
    />
  )
}

const purchasesOf = (links: readonly Link[], productId: string): Link[] =>
  links.filter(
    ({ state, formula }) =>
      state === 'open' && formula.mechanism === 'order_purchase' && formula.productId === productId,
  )
