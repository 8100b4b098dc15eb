import type { Order } from '@silian/chains/supply/orders/contract.ts'
import type { Credit } from '@silian/chains/supply/payments/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { formatFen } from '../../i18n/format.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { Loaded } from '../../ui/states.tsx'

interface PayableOrdersProps {
  readonly credit: Credit
  readonly chosen: readonly string[]
  readonly chosenFen: number
  put(change: { readonly orderIds: readonly string[]; readonly chosenFen: number }): void
}

/** Unpaid orders of units by name or number, of which those are chosen that the money was meant for. */
export function PayableOrders({ credit, chosen, chosenFen, put }: PayableOrdersProps) {
  const { t } = useTranslation('credits')
  const programme = useProgrammeId()
  const [text, setText] = useState(credit.buyerName ?? '')
  const sought = text.trim()
  const found = useQuery({
    queryKey: ['orders', programme, 'payable', sought],
    queryFn: ({ signal }) =>
      call('orders', {
        params: { programme },
        query: { payable: 'true', limit: 50, ...(sought && { text: sought }) },
        signal,
      }),
  })
  const toggle = ({ id, dueFen }: Order) =>
    put(
      chosen.includes(id)
        ? { orderIds: chosen.filter(one => one !== id), chosenFen: chosenFen - dueFen }
        : { orderIds: [...chosen, id], chosenFen: chosenFen + dueFen },
    )
  const sums = { chosen: formatFen(chosenFen), credit: formatFen(credit.amountFen) }
  return (
    <>
      <Field
        label={t('allot.find')}
        maxLength={40}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      <Loaded query={found} lines={2}>
        {({ items }) => (
          <ul className="plain-list allot-orders">
            {items.length === 0 ? <li className="muted">{t('allot.find.none')}</li> : null}
            {items.map(order => (
              <li key={order.id}>
                <label className="inline-field">
                  <input type="checkbox" checked={chosen.includes(order.id)} onChange={() => toggle(order)} />
                  <span>
                    <span className="number">{order.number}</span> {formatFen(order.dueFen)}
                    <span className="line-spec">
                      {order.buyerName} · {order.sellerName}
                    </span>
                  </span>
                </label>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <p role="status">{t(chosenFen === credit.amountFen ? 'allot.sum.fits' : 'allot.sum.differs', sums)}</p>
    </>
  )
}
