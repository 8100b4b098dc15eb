import type { Reader } from '@silian/kernel/database/database.ts'
import { kept, type Ordered, type Part, type Progress, toSend } from './rules.ts'

/** A line of an order with where its pieces are. */
export interface LineNow extends Ordered, Progress {
  readonly lotId: string
  readonly unit: 'g' | 'piece'
  readonly class: string
  readonly countyCode: string
  readonly recognised: boolean
}

interface Row {
  readonly order_id: string
  readonly no: number
  readonly pieces: number
  readonly quantity: number
  readonly amount_fen: number
  readonly lot_id: string
  readonly unit: 'g' | 'piece'
  readonly class: string
  readonly county_code: string
  readonly recognised: boolean
  readonly packed: number
  readonly sent: number
  readonly short: number
  readonly off: number
}

export const progressOf = async (tx: Reader, orderId: string): Promise<LineNow[]> =>
  (await progressesOf(tx, [orderId])).get(orderId) ?? []

/** Of many orders: their lines, and what lies in parcels or was taken off, in one statement. */
export async function progressesOf(
  tx: Reader,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, LineNow[]>> {
  const rows = await tx.query<Row>(
    `select l.order_id, l.no, l.pieces, l.quantity, l.amount_fen, l.lot_id, p.unit, p.class, l.county_code, l.recognised,
       coalesce(s.packed, 0)::bigint as packed, coalesce(s.sent, 0)::bigint as sent,
       coalesce(f.short, 0)::bigint as short, coalesce(f.off, 0)::bigint as off
     from order_line l
     join product p on p.programme_id = l.programme_id and p.id = l.product_id
     left join (select x.order_id, x.line_no, sum(x.pieces) filter (where q.state = 'packed') as packed,
         sum(x.pieces) filter (where q.state in ('shipped', 'delivered', 'returned')) as sent
       from parcel_line x join parcel q on q.programme_id = x.programme_id and q.id = x.parcel_id
       where x.programme_id = $1 and x.order_id = any($2::uuid[]) group by x.order_id, x.line_no) s
       on s.order_id = l.order_id and s.line_no = l.no
     left join (select order_id, line_no, sum(pieces) filter (where cause = 'short') as short, sum(pieces) as off
       from order_off where programme_id = $1 and order_id = any($2::uuid[]) group by order_id, line_no) f
       on f.order_id = l.order_id and f.line_no = l.no
     where l.programme_id = $1 and l.order_id = any($2::uuid[]) order by l.order_id, l.no`,
    [tx.programme, orderIds],
    'order-progress',
  )
  return new Map(
    [...Map.groupBy(rows, row => row.order_id)].map(([order, own]) => [order, own.map(lineNowOf)] as const),
  )
}

const lineNowOf = ({ order_id: _, amount_fen, lot_id, county_code, ...row }: Row): LineNow => ({
  ...row,
  ...{ amountFen: amount_fen, lotId: lot_id, countyCode: county_code },
})

/** All that is still to be sent, as the lines of one parcel. */
export const restOf = (lines: readonly LineNow[]): Part[] =>
  lines.map(line => ({ no: line.no, pieces: toSend(line, line) })).filter(({ pieces }) => pieces > 0)

/** What the receiver has, as far as it was sent. */
export const keptOf = (line: LineNow): number => kept(line)
