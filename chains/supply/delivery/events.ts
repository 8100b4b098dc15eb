import type { Writer } from '@silian/kernel/database/database.ts'
import type { Kit } from '../../kit.ts'
import { lockOrder } from '../orders/row.ts'
import { settle } from '../orders/service.ts'
import type { CarrierEvent } from './carriers.ts'
import { lockOrderOf, type ParcelRow } from './pack.ts'
import { stateAfter } from './rules.ts'
import { shipParcel } from './ship.ts'

/**
 * What a carrier tells of a parcel, each event once however often it comes: the first that it has it ships it, and with
 * the last parcel that came the order is delivered. Answers how many were new. An event of tomorrow is not believed.
 */
export async function hearEvents(
  tx: Writer,
  kit: Kit,
  parcelId: string,
  events: readonly CarrierEvent[],
): Promise<number> {
  const order = await lockOrderOf(tx, parcelId)
  if (!order) return 0
  const believed = events.filter(({ at }) => at <= tx.at)
  const fresh = await keep(tx, parcelId, believed)
  for (const event of fresh) await follow(tx, kit, order.id, parcelId, event)
  return fresh.length
}

async function keep(
  tx: Writer,
  parcelId: string,
  events: readonly CarrierEvent[],
): Promise<readonly CarrierEvent[]> {
  if (events.length === 0) return []
  const rows = await tx.query<CarrierEvent>(
    `insert into parcel_event (programme_id, parcel_id, kind, at, place, heard_at)
     select $1, $2, e.kind, e.at, e.place, $6 from unnest($3::text[], $4::timestamptz[], $5::text[]) e(kind, at, place)
     on conflict do nothing returning kind, at, place`,
    [
      tx.programme,
      parcelId,
      events.map(({ kind }) => kind),
      events.map(({ at }) => at),
      events.map(({ place }) => place),
      tx.at,
    ],
    'parcel-events-keep',
  )
  return rows.sort((a, b) => a.at.getTime() - b.at.getTime())
}

async function follow(
  tx: Writer,
  kit: Kit,
  orderId: string,
  parcelId: string,
  event: CarrierEvent,
): Promise<void> {
  const order = await lockOrder(tx, orderId)
  const parcel = await parcelOf(tx, parcelId)
  const to = stateAfter(parcel.state, event.kind)
  if (to === parcel.state) return
  await shipParcel(tx, kit, order, parcel)
  const { state } = await parcelOf(tx, parcelId)
  // it could not leave: the order was closed before
  if (state === 'packed' || to === 'shipped') return
  await tx.query(`update parcel set state = $3, delivered_at = $4 where programme_id = $1 and id = $2`, [
    tx.programme,
    parcelId,
    to,
    to === 'delivered' ? event.at : null,
  ])
  await deliverIfAll(tx, kit, orderId)
}

const parcelOf = async (tx: Writer, id: string): Promise<ParcelRow> =>
  tx.db
    .selectFrom('parcel')
    .selectAll()
    .where('programme_id', '=', tx.programme)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

/** Every parcel of a shipped order has come: from now on its receiver's days run. */
async function deliverIfAll(tx: Writer, kit: Kit, orderId: string): Promise<void> {
  const order = await lockOrder(tx, orderId)
  if (order.state !== 'shipped' || order.delivered_at) return
  const [ways] = await tx.query<{ waiting: number; last: Date | null }>(
    `select count(*) filter (where state = 'shipped')::int as waiting, max(delivered_at) as last
     from parcel where programme_id = $1 and order_id = $2`,
    [tx.programme, orderId],
  )
  if (!ways || ways.waiting > 0 || !ways.last) return
  const said = { type: 'order.delivered', holder: order.seller_id, pub: { seller: order.seller_id } }
  await settle(tx, kit, order, said, { delivered_at: tx.at })
}
