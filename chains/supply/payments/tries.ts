import type { Writer } from '@silian/kernel/database/database.ts'
import type { OrderRow } from '../orders/row.ts'
import type { PayWay } from './contract.ts'

/** So often one payer may open a payment of an order. */
export const MOST_TRIES = 20

/** A payment opened so lately is the one that is answered with; of an older one the provider's page may be over. */
const FRESH_MS = 4 * 60_000

interface Try {
  readonly id: string
  readonly provider: string
  readonly amount_fen: number
  readonly is_fresh: boolean
  readonly orders: readonly string[]
}

/** A payer's payments of any of these orders, whatever became of them. */
export const triesOf = (
  tx: Writer,
  payerIds: readonly string[],
  orders: readonly OrderRow[],
): Promise<Try[]> =>
  tx.query<Try>(
    `select p.id, p.provider, p.amount_fen, p.state = 'open' and p.expires_at > $4 and p.created_at > $5 as is_fresh,
       array_agg(a.order_id::text order by a.order_id) as orders
     from payment p join payment_allocation a on a.programme_id = $1 and a.payment_id = p.id
     where p.programme_id = $1 and p.buyer_id = any($3::uuid[]) and p.id in (
       select payment_id from payment_allocation where programme_id = $1 and order_id = any($2::uuid[]))
     group by p.id, p.provider, p.amount_fen, p.state, p.expires_at, p.created_at`,
    [...[tx.programme, orders.map(order => order.id), payerIds, tx.at], new Date(tx.at.getTime() - FRESH_MS)],
    'payment-tries',
  )

/** The payer asks for the payment that is open: by the same way, of the same orders, of the same sum where one is told. */
export const isSame = (
  { is_fresh, provider, amount_fen, orders: of }: Try,
  way: PayWay,
  orders: readonly OrderRow[],
  fen: number | undefined,
): boolean =>
  is_fresh &&
  provider === way &&
  (fen ?? amount_fen) === amount_fen &&
  of.length === orders.length &&
  orders.every(order => of.includes(order.id))

export const countOf = (tries: readonly Try[], { id }: OrderRow): number =>
  tries.filter(({ orders }) => orders.includes(id)).length
