import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { DialogForm } from '../desk/dialog-form.tsx'
import { useProgrammeId } from '../session/programme.ts'
import { Field } from '../ui/field.tsx'
import { ProblemNotice } from '../ui/states.tsx'
import { LinePieces, piecesOf, type Typed } from './pieces-fields.tsx'
import { type LinePart, sumOf, unpackedOf, useParcels } from './use-parcels.ts'

interface NewParcelProps {
  readonly order: OrderDetail
  /** Handed to a carrier that is named, or packed for one who gives us waybills. */
  readonly way: 'ship' | 'pack'
  close(): void
}

/** The next parcel of an order: as many pieces of each line as go with it, at first all that is left. */
export function NewParcel(props: NewParcelProps) {
  const found = useParcels(props.order.id)
  if (!found.data) return found.isError ? <ProblemNotice error={found.error} /> : null
  return <ParcelForm {...props} left={unpackedOf(found.data.lines)} />
}

interface Draft {
  readonly pieces: Typed
  readonly carrier: string
  readonly waybill: string
}

const empty: Draft = { pieces: {}, carrier: '', waybill: '' }

function ParcelForm({ order, way, left, close }: NewParcelProps & { readonly left: readonly LinePart[] }) {
  const { t } = useTranslation(['delivery', 'orders'])
  const programme = useProgrammeId()
  const all = Object.fromEntries(left.map(({ no, pieces }) => [no, String(pieces)]))
  const typedIn = (draft: Draft): Typed => ({ ...all, ...draft.pieces })
  const partsIn = (draft: Draft) => piecesOf(left, { pieces: typedIn(draft) })
  const send = async (draft: Draft, key: string): Promise<unknown> => {
    const lines = partsIn(draft)
    if (way === 'pack') {
      const parcel = { orderId: order.id, carrier: 'sandbox' as const, lines }
      return call('pack', { params: { programme }, key, body: { parcels: [parcel] } })
    }
    const { carrier, waybill } = draft
    // where all is packed already, it goes under this waybill instead
    const body = { carrier, waybill, ...(left.length > 0 && { lines }) }
    return call('ship', { params: { programme, order: order.id }, key, body })
  }
  return (
    <DialogForm<Draft>
      // what was typed before something of it left is no draft of this parcel
      name={`${programme}.${way}.${order.id}.${left.map(({ no, pieces }) => `${no}-${pieces}`).join('.')}`}
      title={t(`action.${way}`, { ns: 'orders' })}
      hint={t(left.length > 0 ? `parcel.${way}.hint` : `parcel.${way}.allPacked`)}
      empty={empty}
      sendLabel={t(`action.${way}.send`, { ns: 'orders' })}
      said={t(`action.${way}.done`, { ns: 'orders' })}
      maySend={draft => (left.length > 0 ? partsIn(draft).length > 0 : way === 'ship')}
      send={send}
      close={close}
      fields={(draft, put) => (
        <>
          <LinePieces
            order={order}
            lines={left}
            pieces={typedIn(draft)}
            labelOf={line => t('short.of', line)}
            putPieces={pieces => put({ pieces })}
          />
          {left.length > 0 ? (
            <p role="status">
              {t('parcel.sum', { count: sumOf(partsIn(draft)), rest: sumOf(left) - sumOf(partsIn(draft)) })}
            </p>
          ) : null}
          {way === 'ship' ? <CarrierFields draft={draft} put={put} /> : null}
        </>
      )}
    />
  )
}

function CarrierFields({ draft, put }: { draft: Draft; put(change: Partial<Draft>): void }) {
  const { t } = useTranslation('orders')
  return (['carrier', 'waybill'] as const).map(name => (
    <Field
      key={name}
      label={t(`field.${name}`)}
      required
      maxLength={80}
      value={draft[name]}
      onChange={event => put({ [name]: event.target.value })}
    />
  ))
}
