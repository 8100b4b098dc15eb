import type { Writer } from '@silian/kernel/database/database.ts'
import { idFrom, newId } from '@silian/kernel/ids/ids.ts'
import { openAccounts } from '@silian/kernel/ledger/accounts.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import type { Kit } from '../../kit.ts'
import { lotStock } from '../../value/lots/accounts.ts'
import { stockHold, transit } from '../orders/accounts.ts'
import { factsOf, lockOrder, type OrderRow } from '../orders/row.ts'
import { checkMove } from '../orders/rules.ts'
import { type Done, goods, type MoveRefusal, settle } from '../orders/service.ts'
import { type NewParcel, type ParcelRow, pack } from './pack.ts'
import { type LineNow, progressOf, restOf } from './progress.ts'
import { isAllSent, type Part, partOf } from './rules.ts'

/** All that is still to be sent goes in one parcel, by a carrier that the seller names. */
export async function shipOrder(
  tx: Writer,
  kit: Kit,
  id: string,
  { carrier, waybill }: { carrier: string; waybill: string },
): Promise<Result<Done, MoveRefusal>> {
  const order = await lockOrder(tx, id)
  const to = checkMove(factsOf(order), 'ship')
  if (!to.ok) return to
  await leavePacked(tx, id)
  const lines = restOf(await progressOf(tx, id))
  const own: NewParcel = { id: newId(), carrier: 'own', carrierName: carrier, waybill, lines }
  return hand(tx, kit, order, await pack(tx, order, own), lines)
}

/** What was packed goes with the rest, under one waybill. */
const leavePacked = (tx: Writer, orderId: string): Promise<object[]> =>
  tx.query(
    `update parcel set state = 'cancelled' where programme_id = $1 and order_id = $2 and state = 'packed'`,
    [tx.programme, orderId],
  )

/** Ships a day's parcels, all or none; orders are locked in sorted order, so that two lists at once wait. */
export async function shipOrders(
  tx: Writer,
  kit: Kit,
  parcels: readonly { orderId: string; carrier: string; waybill: string }[],
): Promise<Result<{ orders: Done[] }, MoveRefusal | 'order.twice'>> {
  if (new Set(parcels.map(parcel => parcel.orderId)).size < parcels.length) return refuse('order.twice')
  const orders: Done[] = []
  for (const { orderId, ...parcel } of [...parcels].sort((a, b) => (a.orderId < b.orderId ? -1 : 1))) {
    const done = await shipOrder(tx, kit, orderId, parcel)
    if (!done.ok) return done
    orders.push(done.value)
  }
  return ok({ orders })
}

/** Parcels that stand packed are handed over, all or none; orders are locked in sorted order. */
export async function dispatchParcels(
  tx: Writer,
  kit: Kit,
  parcels: readonly ParcelRow[],
): Promise<Result<{ orders: Done[] }, MoveRefusal | 'parcel.wrong_state'>> {
  const orders: Done[] = []
  for (const parcel of [...parcels].sort((a, b) => (a.order_id < b.order_id ? -1 : 1))) {
    const order = await lockOrder(tx, parcel.order_id)
    const [now] = await tx.query<ParcelRow>('select * from parcel where programme_id = $1 and id = $2', [
      tx.programme,
      parcel.id,
    ])
    if (now?.state !== 'packed') return refuse('parcel.wrong_state')
    const to = checkMove(factsOf(order), 'ship_part')
    if (!to.ok) return to
    const done = await hand(tx, kit, order, now, await partsOf(tx, parcel.id))
    if (done.ok) orders.push(done.value)
  }
  return ok({ orders })
}

/** A parcel that stands packed leaves; the caller holds the order's lock. Of any other nothing happens. */
export async function shipParcel(tx: Writer, kit: Kit, order: OrderRow, parcel: ParcelRow): Promise<void> {
  if (parcel.state !== 'packed') return
  if (!checkMove(factsOf(order), 'ship_part').ok) return
  await hand(tx, kit, order, parcel, await partsOf(tx, parcel.id))
}

const partsOf = (tx: Writer, parcelId: string): Promise<Part[]> =>
  tx.query<Part>(
    'select line_no as no, pieces from parcel_line where programme_id = $1 and parcel_id = $2 order by line_no',
    [tx.programme, parcelId],
    'parcel-parts',
  )

/** Goods leave the lot's stock with the carrier; with the last of them the order is shipped. */
async function hand(
  tx: Writer,
  kit: Kit,
  order: OrderRow,
  parcel: ParcelRow,
  parts: readonly Part[],
): Promise<Result<Done, never>> {
  const carrier = parcel.carrier_name
  // a carrier that has given no number yet has the goods all the same
  const waybill = parcel.waybill ?? ''
  await tx.query(`update parcel set state = 'shipped', shipped_at = $3 where programme_id = $1 and id = $2`, [
    tx.programme,
    parcel.id,
    tx.at,
  ])
  const lines = await progressOf(tx, order.id)
  const leaving = parts.map(part => leave(lines, part))
  // one parcel for all of it is told as ever: without its lines
  const isWhole = order.state === 'approved' && leaving.every(({ isLine }) => isLine) && isAll(lines)
  await openAccounts(
    tx,
    [...new Set(leaving.map(({ unit }) => unit))].map(unit => ({
      account: transit(order.id, unit),
      unit,
      kind: 'ceiling',
    })),
  )
  await postAll(tx, [
    {
      id: isWhole ? idFrom('entry', 'ship', order.id) : idFrom('entry', 'parcel', parcel.id),
      kind: 'order.shipped',
      subject: order.id,
      releases: leaving.map(line => ({
        hold: stockHold(order.id, line.no, 'approved'),
        amount: line.quantity,
      })),
      postings: goods(
        leaving,
        line => lotStock(line.lot_id),
        unit => transit(order.id, unit),
      ),
    },
  ])
  const told = leaving.map(({ no, pieces, unit, quantity }) => ({
    no,
    pieces,
    unit,
    quantity: String(quantity),
  }))
  const last = isAll(lines)
  const pub = {
    seller: order.seller_id,
    parcel: parcel.id,
    ...(last && { onTime: dateOf(tx.at) <= order.ship_by ? 'yes' : 'no' }),
    ...(!isWhole && { lines: told }),
  }
  return settle(
    tx,
    kit,
    order,
    {
      type: last ? 'order.shipped' : 'order.part_shipped',
      holder: order.seller_id,
      pub,
      hidden: { carrier, waybill },
    },
    last
      ? { state: 'shipped', shipped_at: tx.at, carrier, waybill }
      : { state: 'partly_shipped', carrier, waybill },
  )
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
