import { byteaArray, textArray, timeArray, uuidArray } from '@silian/kernel/database/array.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import type { Kit } from '../../kit.ts'
import { type OrderRow, record, type Said } from './row.ts'
import type { Done } from './service.ts'

/** An order of which a parcel has left. */
export interface Shipped {
  readonly order: OrderRow
  readonly carrier: string
  readonly waybill: string
  /** With it the last of its goods. */
  readonly isLast: boolean
  readonly pub: NonNullable<Said['pub']>
}

/** Tells of parcels of different orders that have left, and writes what their orders are by it, in two statements. */
export async function settleShipped(tx: Writer, kit: Kit, shipped: readonly Shipped[]): Promise<Done[]> {
  await kit.recorder.fetchRefs(
    tx,
    shipped.flatMap(({ order }) => order.last_leaf ?? []),
  )
  const leaves: Buffer[] = []
  for (const { order, carrier, waybill, isLast, pub } of shipped)
    leaves.push(
      await record(tx, kit, order, {
        ...{ type: isLast ? 'order.shipped' : 'order.part_shipped', holder: order.seller_id },
        pub: { ...pub, ...(isLast && { onTime: dateOf(tx.at) <= order.ship_by ? 'yes' : 'no' }) },
        hidden: { carrier, waybill },
      }),
    )
  const states = shipped.map(({ isLast }) => (isLast ? 'shipped' : 'partly_shipped'))
  await tx.query(
    `update "order" o set state = n.state, shipped_at = coalesce(n.shipped_at, o.shipped_at), carrier = n.carrier,
       waybill = n.waybill, last_leaf = n.leaf
     from unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::bytea[])
       n (id, state, shipped_at, carrier, waybill, leaf)
     where o.programme_id = $1 and o.id = n.id`,
    [
      ...[tx.programme, uuidArray(shipped.map(({ order }) => order.id)), textArray(states)],
      timeArray(shipped.map(({ isLast }) => (isLast ? tx.at : null))),
      ...[textArray(shipped.map(({ carrier }) => carrier)), textArray(shipped.map(({ waybill }) => waybill))],
      byteaArray(leaves),
    ],
    'orders-shipped',
  )
  return shipped.map(({ order }, i) => ({
    ...{ id: order.id, state: states[i] as Done['state'] },
    completedAt: order.completed_at?.toISOString() ?? null,
  }))
}
