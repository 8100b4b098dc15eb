import type { Reader } from '@silian/kernel/database/database.ts'
import type { Picked } from './contract.ts'

interface Row {
  readonly order_id: string
  readonly no: number
  readonly lot: string
  readonly place: string | null
}

/** Of which lot the lines of orders are and where it lies now, by order: in the order of places, so that each is gone to once. */
export async function pickedFrom(
  tx: Reader,
  orderIds: readonly string[],
): Promise<(orderId: string) => Picked[]> {
  const rows = await tx.query<Row>(
    `select l.order_id, l.no, t.code as lot, w.name as place from order_line l
     join lot t on t.programme_id = l.programme_id and t.id = l.lot_id
     left join storage_place w on w.programme_id = t.programme_id and w.id = t.place_id
     where l.programme_id = $1 and l.order_id = any($2::uuid[])
     order by w.name nulls last, w.id, t.code, l.no`,
    [tx.programme, orderIds],
    'lines-picked-from',
  )
  const byOrder = Map.groupBy(rows, row => row.order_id)
  return order => (byOrder.get(order) ?? []).map(({ no, lot, place }) => ({ no, lot, place }))
}
