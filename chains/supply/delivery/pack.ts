import type { Writer } from '@silian/kernel/database/database.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Selectable } from 'kysely'
import { factsOf, lockOrder, type OrderRow } from '../orders/row.ts'
import { checkMove } from '../orders/rules.ts'
import { carriers } from './carriers.ts'
import { type LineNow, progressOf, restOf } from './progress.ts'
import { checkPieces, type Part, partOf, toSend } from './rules.ts'
import type { ParcelTable } from './tables.ts'

export type ParcelRow = Selectable<ParcelTable>

export interface NewParcel {
  readonly id: string
  readonly carrier: string
  readonly carrierName: string
  readonly waybill: string | null
  readonly lines: readonly Part[]
}

export type PackRefusal =
  | 'order.wrong_state'
  | 'order.paid'
  | 'order.twice'
  | 'order.nothing_to_send'
  | 'order.line_not_found'
  | 'order.too_many_pieces'
  | 'parcel.exists'

export interface PackAsked {
  readonly id?: string | undefined
  readonly orderId: string
  readonly carrier: string
  readonly lines?: readonly Part[] | undefined
}

/**
 * Packs parcels of up to 100 orders, all or none: their pieces are set apart, nothing has left yet. The carrier is
 * asked for its waybills afterwards, outside of any transaction.
 */
export async function packParcels(
  tx: Writer,
  asked: readonly PackAsked[],
): Promise<Result<ParcelRow[], PackRefusal>> {
  if (new Set(asked.map(({ orderId }) => orderId)).size < asked.length) return refuse('order.twice')
  const made: ParcelRow[] = []
  for (const one of [...asked].sort((a, b) => (a.orderId < b.orderId ? -1 : 1))) {
    const packed = await packOne(tx, one)
    if (!packed.ok) return packed
    made.push(packed.value)
  }
  return ok(made)
}

async function packOne(tx: Writer, asked: PackAsked): Promise<Result<ParcelRow, PackRefusal>> {
  const order = await lockOrder(tx, asked.orderId)
  const to = checkMove(factsOf(order), 'ship_part')
  if (!to.ok) return to
  const now = await progressOf(tx, order.id)
  const lines = asked.lines ?? restOf(now)
  if (lines.length === 0) return refuse('order.nothing_to_send')
  const free = checkPieces(now, lines, line => toSend(line, line as LineNow))
  if (!free.ok) return free
  const id = asked.id ?? newId(tx.at.getTime())
  const there = await tx.query('select 1 from parcel where programme_id = $1 and id = $2', [tx.programme, id])
  if (there.length > 0) return refuse('parcel.exists', { parcel: id })
  const carrierName = carriers[asked.carrier]!.name
  return ok(await pack(tx, order, { id, carrier: asked.carrier, carrierName, waybill: null, lines }))
}

/** Writes a parcel with its lines; the caller holds the order's lock and has looked whether there are so many. */
export async function pack(tx: Writer, order: OrderRow, parcel: NewParcel): Promise<ParcelRow> {
  const now = await progressOf(tx, order.id)
  const row = await tx.db
    .insertInto('parcel')
    .values({
      ...{ programme_id: tx.programme, id: parcel.id, order_id: order.id, seller_id: order.seller_id },
      no: await nextNo(tx, order.id),
      ...{ carrier: parcel.carrier, carrier_name: parcel.carrierName, waybill: parcel.waybill },
      ...{ state: 'packed', packed_at: tx.at },
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await tx.db
    .insertInto('parcel_line')
    .values(
      parcel.lines.map(({ no, pieces }) => {
        const line = now.find(one => one.no === no)!
        const { quantity } = partOf(line, line.sent + line.packed, pieces)
        return {
          ...{ programme_id: tx.programme, parcel_id: parcel.id, order_id: order.id },
          ...{ line_no: no, pieces, quantity },
        }
      }),
    )
    .execute()
  return row
}

/** The caller holds the order's lock. */
async function nextNo(tx: Writer, orderId: string): Promise<number> {
  const [row] = await tx.query<{ no: number }>(
    'select coalesce(max(no), 0) + 1 as no from parcel where programme_id = $1 and order_id = $2',
    [tx.programme, orderId],
  )
  return row!.no
}

/** A parcel's order, locked: it comes before its parcels, as everywhere. */
export async function lockOrderOf(tx: Writer, parcelId: string): Promise<OrderRow | undefined> {
  const [found] = await tx.query<{ order_id: string }>(
    'select order_id from parcel where programme_id = $1 and id = $2',
    [tx.programme, parcelId],
  )
  return found && lockOrder(tx, found.order_id)
}

/** A parcel that stands packed is unpacked again. Refuses `parcel.wrong_state`. */
export async function cancelParcel(
  tx: Writer,
  id: string,
): Promise<Result<{ id: string; carrier: string; waybill: string | null }, 'parcel.wrong_state'>> {
  // whoever is handing it over goes first
  await lockOrderOf(tx, id)
  const [row] = await tx.query<{ carrier: string; waybill: string | null }>(
    `update parcel set state = 'cancelled' where programme_id = $1 and id = $2 and state = 'packed'
     returning carrier, waybill`,
    [tx.programme, id],
  )
  return row ? ok({ id, ...row }) : refuse('parcel.wrong_state')
}
