import type { Writer } from '@silian/kernel/database/database.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Selectable } from 'kysely'
import { factsOf, lockOrder, lockOrders, type OrderRow } from '../orders/row.ts'
import { checkMove } from '../orders/rules.ts'
import { carriers } from './carriers.ts'
import { type LineNow, progressesOf, restOf } from './progress.ts'
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
  const byOrder = new Map(asked.map(one => [one.orderId, one]))
  if (byOrder.size < asked.length) return refuse('order.twice')
  const orders = await lockOrders(tx, [...byOrder.keys()])
  const progress = await progressesOf(tx, [...byOrder.keys()])
  const packs: Pack[] = []
  for (const order of orders) {
    const one = byOrder.get(order.id)!
    const now = progress.get(order.id) ?? []
    const lines = linesToPack(order, now, one)
    if (!lines.ok) return lines
    const carrierName = carriers[one.carrier]!.name
    const parcel = { id: one.id ?? newId(tx.at.getTime()), carrier: one.carrier, carrierName, waybill: null }
    packs.push({ order, now, parcel: { ...parcel, lines: lines.value } })
  }
  const ids = packs.map(({ parcel }) => parcel.id)
  const [there] = await tx.query<{ id: string }>(
    'select id from parcel where programme_id = $1 and id = any($2::uuid[]) order by id limit 1',
    [tx.programme, ids],
  )
  const taken = there?.id ?? ids.find((id, place) => ids.indexOf(id) < place)
  return taken ? refuse('parcel.exists', { parcel: taken }) : ok(await packAll(tx, packs))
}

function linesToPack(
  order: OrderRow,
  now: readonly LineNow[],
  asked: PackAsked,
): Result<readonly Part[], PackRefusal> {
  const to = checkMove(factsOf(order), 'ship_part')
  if (!to.ok) return to
  const lines = asked.lines ?? restOf(now)
  if (lines.length === 0) return refuse('order.nothing_to_send')
  const free = checkPieces(now, lines, line => toSend(line, line as LineNow))
  return free.ok ? ok(lines) : free
}

/** A parcel of an order that is locked, of whose pieces so many are there. */
export interface Pack {
  readonly order: OrderRow
  readonly now: readonly LineNow[]
  readonly parcel: NewParcel
}

/** Writes parcels of different orders with their lines, a statement each; the rows in the order given. */
export async function packAll(tx: Writer, packs: readonly Pack[]): Promise<ParcelRow[]> {
  const last = await tx.query<{ order_id: string; no: number }>(
    'select order_id, max(no) as no from parcel where programme_id = $1 and order_id = any($2::uuid[]) group by order_id',
    [tx.programme, packs.map(({ order }) => order.id)],
  )
  const nos = new Map(last.map(row => [row.order_id, row.no]))
  const rows = await tx.db
    .insertInto('parcel')
    .values(
      packs.map(({ order, parcel }) => ({
        ...{ programme_id: tx.programme, id: parcel.id, order_id: order.id, seller_id: order.seller_id },
        no: (nos.get(order.id) ?? 0) + 1,
        ...{ carrier: parcel.carrier, carrier_name: parcel.carrierName, waybill: parcel.waybill },
        ...{ state: 'packed' as const, packed_at: tx.at },
      })),
    )
    .returningAll()
    .execute()
  await tx.db
    .insertInto('parcel_line')
    .values(packs.flatMap(pack => linesOf(tx, pack)))
    .execute()
  return packs.map(({ parcel }) => rows.find(row => row.id === parcel.id)!)
}

const linesOf = (tx: Writer, { order, now, parcel }: Pack) =>
  parcel.lines.map(({ no, pieces }) => {
    const line = now.find(one => one.no === no)!
    const { quantity } = partOf(line, line.sent + line.packed, pieces)
    return {
      ...{ programme_id: tx.programme, parcel_id: parcel.id, order_id: order.id },
      ...{ line_no: no, pieces, quantity },
    }
  })

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
