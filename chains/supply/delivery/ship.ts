import type { Writer } from '@silian/kernel/database/database.ts'
import { idFrom, newId } from '@silian/kernel/ids/ids.ts'
import { type Opening, openAccounts } from '@silian/kernel/ledger/accounts.ts'
import type { Entry } from '@silian/kernel/ledger/entry.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { lotStock } from '../../value/lots/accounts.ts'
import { stockHold, transit } from '../orders/accounts.ts'
import { factsOf, lockOrders, type OrderRow } from '../orders/row.ts'
import { checkMove } from '../orders/rules.ts'
import { type Done, goods, type MoveRefusal } from '../orders/service.ts'
import { type Shipped, settleShipped } from '../orders/shipped.ts'
import { type Pack, type ParcelRow, packAll } from './pack.ts'
import { type LineNow, progressesOf, restOf } from './progress.ts'
import { checkPieces, isAllSent, type Part, partOf, toSend } from './rules.ts'

type ShipRefusal = MoveRefusal | 'order.line_not_found' | 'order.too_many_pieces'

interface Shipment {
  readonly carrier: string
  readonly waybill: string
  /** Left out: all that is still to be sent. */
  readonly lines?: readonly Part[] | undefined
}

/** A part of an order, or all that is still to be sent, goes in one parcel, by a carrier that the seller names. */
export async function shipOrder(
  tx: Writer,
  kit: Kit,
  orderId: string,
  parcel: Shipment,
): Promise<Result<Done, ShipRefusal>> {
  const shipped = await shipOrders(tx, kit, [{ orderId, ...parcel }])
  if (shipped.ok) return ok(shipped.value.orders[0]!)
  if (shipped.code === 'order.twice') throw new Error('one order is no list')
  return refuse(shipped.code, shipped.params)
}

/** What was packed goes with all the rest, under one waybill. */
const leavePacked = (tx: Writer, orderIds: readonly string[]): Promise<object[]> =>
  tx.query(
    `update parcel set state = 'cancelled' where programme_id = $1 and order_id = any($2::uuid[]) and state = 'packed'`,
    [tx.programme, orderIds],
  )

/** Ships a day's parcels, all or none, however many with the same statements. */
export async function shipOrders(
  tx: Writer,
  kit: Kit,
  parcels: readonly (Shipment & { readonly orderId: string })[],
): Promise<Result<{ orders: Done[] }, ShipRefusal | 'order.twice'>> {
  const byOrder = new Map(parcels.map(parcel => [parcel.orderId, parcel]))
  if (byOrder.size < parcels.length) return refuse('order.twice')
  const orders = await lockOrders(tx, [...byOrder.keys()])
  for (const order of orders) {
    const to = checkMove(factsOf(order), byOrder.get(order.id)!.lines ? 'ship_part' : 'ship')
    if (!to.ok) return to
  }
  await leavePacked(
    tx,
    parcels.filter(({ lines }) => !lines).map(({ orderId }) => orderId),
  )
  const progress = await progressesOf(tx, [...byOrder.keys()])
  const packs: Pack[] = []
  for (const order of orders) {
    const { carrier: carrierName, waybill, lines } = byOrder.get(order.id)!
    const now = progress.get(order.id) ?? []
    const free = checkPieces(now, lines ?? [], line => toSend(line, line as LineNow))
    if (!free.ok) return free
    const parcel = { id: newId(), carrier: 'own', carrierName, waybill, lines: lines ?? restOf(now) }
    packs.push({ order, now, parcel })
  }
  const rows = await packAll(tx, packs)
  const handed = packs.map(({ order, parcel }, i) => ({ order, parcel: rows[i]!, parts: parcel.lines }))
  return ok({ orders: await handAll(tx, kit, handed) })
}

/** Parcels that stand packed are handed over, all or none; of several of one order each in its turn. */
export async function dispatchParcels(
  tx: Writer,
  kit: Kit,
  parcels: readonly ParcelRow[],
): Promise<Result<{ orders: Done[] }, MoveRefusal | 'parcel.wrong_state'>> {
  const done: Done[] = []
  for (const wave of wavesOf(parcels)) {
    const orders = await lockOrders(
      tx,
      wave.map(parcel => parcel.order_id),
    )
    const ids = wave.map(parcel => parcel.id)
    const now = await tx.query<ParcelRow>(
      'select * from parcel where programme_id = $1 and id = any($2::uuid[])',
      [tx.programme, ids],
    )
    if (now.length < ids.length || now.some(({ state }) => state !== 'packed'))
      return refuse('parcel.wrong_state')
    for (const order of orders) {
      const to = checkMove(factsOf(order), 'ship_part')
      if (!to.ok) return to
    }
    const parts = await partsOf(tx, ids)
    const handed = orders.map(order => {
      const parcel = now.find(each => each.order_id === order.id)!
      return { order, parcel, parts: parts.get(parcel.id) ?? [] }
    })
    done.push(...(await handAll(tx, kit, handed)))
  }
  return ok({ orders: done })
}

/** The first of each order, then the second of those that have one, and so on. */
function wavesOf(parcels: readonly ParcelRow[]): ParcelRow[][] {
  const waves: ParcelRow[][] = []
  for (const own of Map.groupBy(parcels, parcel => parcel.order_id).values())
    for (const [turn, parcel] of own.entries()) waves[turn] = [...(waves[turn] ?? []), parcel]
  return waves
}

/** A parcel that stands packed leaves; the caller holds the order's lock. Of any other nothing happens. */
export async function shipParcel(tx: Writer, kit: Kit, order: OrderRow, parcel: ParcelRow): Promise<void> {
  if (parcel.state !== 'packed') return
  if (!checkMove(factsOf(order), 'ship_part').ok) return
  const parts = (await partsOf(tx, [parcel.id])).get(parcel.id) ?? []
  await handAll(tx, kit, [{ order, parcel, parts }])
}

async function partsOf(tx: Writer, parcelIds: readonly string[]): Promise<Map<string, Part[]>> {
  const rows = await tx.query<Part & { parcel: string }>(
    `select parcel_id as parcel, line_no as no, pieces from parcel_line
      where programme_id = $1 and parcel_id = any($2::uuid[]) order by parcel_id, line_no`,
    [tx.programme, parcelIds],
    'parcels-parts',
  )
  const byParcel = Map.groupBy(rows, row => row.parcel)
  return new Map(
    [...byParcel].map(([parcel, own]) => [parcel, own.map(({ no, pieces }) => ({ no, pieces }))] as const),
  )
}

/** A parcel of a locked order with what lies in it. */
interface Handed {
  readonly order: OrderRow
  readonly parcel: ParcelRow
  readonly parts: readonly Part[]
}

interface Gone extends Handed {
  readonly leaving: readonly Leaving[]
  /** One parcel for all of it. */
  readonly isWhole: boolean
  readonly isLast: boolean
}

/**
 * Goods leave the lot's stock with the carrier; with the last of them the order is shipped. Of different orders, whose
 * rows the caller has locked, all with the same statements.
 */
async function handAll(tx: Writer, kit: Kit, handed: readonly Handed[]): Promise<Done[]> {
  await tx.query(
    `update parcel set state = 'shipped', shipped_at = $3 where programme_id = $1 and id = any($2::uuid[])`,
    [tx.programme, handed.map(({ parcel }) => parcel.id), tx.at],
  )
  const progress = await progressesOf(
    tx,
    handed.map(({ order }) => order.id),
  )
  const gone = handed.map((one): Gone => {
    const lines = progress.get(one.order.id) ?? []
    const leaving = one.parts.map(part => leave(lines, part))
    const isLast = isAll(lines)
    const isWhole = one.order.state === 'approved' && leaving.every(({ isLine }) => isLine) && isLast
    return { ...one, leaving, isWhole, isLast }
  })
  await openAccounts(tx, gone.flatMap(transitsOf))
  await postAll(tx, gone.map(entryOf))
  return settleShipped(tx, kit, gone.map(shippedOf))
}

const transitsOf = ({ order, leaving }: Gone): Opening[] =>
  [...new Set(leaving.map(({ unit }) => unit))].map(unit => ({
    ...{ account: transit(order.id, unit), unit, kind: 'ceiling' },
  }))

const entryOf = ({ order, parcel, leaving, isWhole }: Gone): Entry => ({
  id: isWhole ? idFrom('entry', 'ship', order.id) : idFrom('entry', 'parcel', parcel.id),
  ...{ kind: 'order.shipped', subject: order.id },
  releases: leaving.map(line => ({ hold: stockHold(order.id, line.no, 'approved'), amount: line.quantity })),
  postings: goods(
    leaving,
    line => lotStock(line.lot_id),
    unit => transit(order.id, unit),
  ),
})

function shippedOf({ order, parcel, leaving, isWhole, isLast }: Gone): Shipped {
  const told = leaving.map(({ no, pieces, unit, quantity }) => ({
    ...{ no, pieces, unit, quantity: String(quantity) },
  }))
  return {
    order,
    carrier: parcel.carrier_name,
    // a carrier that has given no number yet has the goods all the same
    waybill: parcel.waybill ?? '',
    isLast,
    pub: {
      ...{ seller: order.seller_id, parcel: parcel.id },
      // one parcel for all of it is told as ever: without its lines
      ...(!isWhole && { lines: told }),
    },
  }
}

const isAll = (lines: readonly LineNow[]): boolean =>
  isAllSent(lines, no => lines.find(line => line.no === no)!)

interface Leaving extends Part {
  readonly quantity: number
  readonly unit: 'g' | 'piece'
  readonly lot_id: string
  /** The whole line, as it was ordered. */
  readonly isLine: boolean
}

function leave(lines: readonly LineNow[], { no, pieces }: Part): Leaving {
  const line = lines.find(one => one.no === no)!
  const { quantity } = partOf(line, line.sent - pieces, pieces)
  return { no, pieces, quantity, unit: line.unit, lot_id: line.lotId, isLine: pieces === line.pieces }
}
