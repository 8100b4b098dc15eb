import { command } from '@silian/kernel/database/command.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { done, shipped } from '../orders/contract.ts'
import { findSide, isVisible } from '../orders/reads.ts'
import { ownSales } from '../orders/sales.ts'
import { carrierKey, carriers, isSigned } from './carriers.ts'
import {
  carrierHeard,
  carrierMessage,
  dispatch,
  newParcels,
  orderParcels,
  parcelPage,
  parcelQuery,
  parcelSheets,
  parcelsMade,
  receiverQuery,
  receivers,
  sales,
  sheetQuery,
  shortage,
} from './contract.ts'
import { hearEvents } from './events.ts'
import { fetchWaybills } from './jobs.ts'
import { fallShort } from './off.ts'
import { cancelParcel, packParcels } from './pack.ts'
import { findParcels, listParcels, parcelsOf } from './reads.ts'
import { printSheets, readReceivers } from './sheets.ts'
import { dispatchParcels } from './ship.ts'

const ofOrder = z.object({ order: id })
const ofParcel = z.object({ parcel: id })

export interface DeliveryKit extends Kit {
  /** Base64: carriers' keys follow from it. */
  readonly files: { readonly masterKey: string }
}

export const deliveryRoutes = (kit: DeliveryKit): Route[] => [...packingRoutes(kit), ...wayRoutes(kit)]

const packingRoutes = (kit: Kit): Route[] => [
  route({
    method: 'GET',
    path: '/own-sales',
    action: 'order.ship',
    summary: '近30天销售 What sold in the last thirty days',
    answer: sales,
    handle: async ({ scope, reach }) => ok({ items: await kit.app.read(scope, tx => ownSales(tx, reach)) }),
  }),
  route({
    method: 'GET',
    path: '/parcels',
    action: 'order.ship',
    summary: '包裹列表 Parcels that one sends',
    query: parcelQuery,
    answer: parcelPage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listParcels(tx, reach, query))),
  }),
  route({
    method: 'POST',
    path: '/parcels',
    action: 'order.ship',
    summary: '批量打包取运单 Pack parcels of up to 100 orders and get their waybills, all or none',
    body: newParcels,
    answer: parcelsMade,
    handle: async ({ scope, reach, body, command: once }) => {
      const made = await command(kit.app, scope, once, async tx => {
        const found = await findSide(
          tx,
          reach,
          body.parcels.map(parcel => parcel.orderId),
          'seller',
        )
        if (!found.ok) return found
        const packed = await packParcels(tx, body.parcels)
        return packed.ok
          ? ok(packed.value.map(({ id, order_id, no }) => ({ id, orderId: order_id, no })))
          : packed
      })
      if (!made.ok) return made
      // the carrier is asked after the commit; the job asks again for what it did not give
      const ids = made.value.map(parcel => parcel.id)
      await fetchWaybills(kit, scope, ids)
      return ok(await kit.app.read(scope, async tx => ({ parcels: await withWaybills(tx, made.value) })))
    },
  }),
  route({
    method: 'POST',
    path: '/parcels/{parcel}/cancellation',
    action: 'order.ship',
    summary: '撤销打包 Unpack a parcel that has not left',
    params: ofParcel,
    body: z.object({}),
    answer: z.object({ id }),
    handle: async ({ scope, reach, params, command: once }) => {
      const cancelled = await command(kit.app, scope, once, async tx => {
        const found = await findParcels(tx, reach, [params.parcel])
        return found.ok ? cancelParcel(tx, params.parcel) : found
      })
      if (!cancelled.ok) return cancelled
      const { carrier, waybill } = cancelled.value
      // a waybill that its carrier did not take back costs nothing: nothing goes with it
      if (waybill) await carriers[carrier]?.cancelWaybill(waybill).catch(() => undefined)
      return ok({ id: params.parcel })
    },
  }),
  route({
    method: 'POST',
    path: '/dispatches',
    action: 'order.ship',
    summary: '交运 Hand packed parcels to their carriers, all or none',
    body: dispatch,
    answer: shipped,
    handle: ({ scope, reach, body, command: once }) =>
      command(kit.app, scope, once, async tx => {
        const found = await findParcels(tx, reach, body.parcelIds)
        return found.ok ? dispatchParcels(tx, kit, found.value) : found
      }),
  }),
  route({
    method: 'GET',
    path: '/parcel-sheets',
    action: 'order.ship',
    summary: '装箱单与运单 Packing lists and waybills with whole addresses; the look is recorded',
    query: sheetQuery,
    answer: parcelSheets,
    handle: ({ scope, reach, query, requestId }) =>
      kit.app.write(scope, tx => printSheets(tx, kit, reach, query.parcels, requestId)),
  }),
  route({
    method: 'GET',
    path: '/receivers',
    action: 'order.ship',
    summary: '配货单收件人 Whom orders go to, for their packing lists; the look is recorded',
    query: receiverQuery,
    answer: receivers,
    handle: ({ scope, reach, query, requestId }) =>
      kit.app.write(scope, tx => readReceivers(tx, kit, reach, query.orders, requestId)),
  }),
]

const wayRoutes = (kit: DeliveryKit): Route[] => [
  route({
    method: 'GET',
    path: '/orders/{order}/parcels',
    action: 'parcel.read',
    summary: '订单包裹 The parcels of an order, and what of each line is where',
    params: ofOrder,
    answer: orderParcels,
    handle: ({ scope, reach, params: { order } }) =>
      kit.app.read(scope, async (tx): Promise<Result<z.input<typeof orderParcels>, 'order.not_found'>> => {
        return (await isVisible(tx, reach, order))
          ? ok(await parcelsOf(tx, order))
          : refuse('order.not_found')
      }),
  }),
  route({
    method: 'POST',
    path: '/orders/{order}/shortage',
    action: 'order.ship',
    summary: '缺货 What cannot be supplied: its goods are free, its money goes back',
    params: ofOrder,
    body: shortage,
    answer: done,
    handle: ({ scope, reach, params: { order }, body, command: once }) =>
      command(kit.app, scope, once, async tx => {
        const found = await findSide(tx, reach, [order], 'seller')
        return found.ok ? fallShort(tx, kit, order, { ...body, off: newId(tx.at.getTime()) }) : found
      }),
  }),
  route({
    method: 'POST',
    path: '/carriers/{carrier}/messages',
    action: 'carrier.message',
    summary: '物流轨迹回传 A carrier’s own word on a parcel, under its signature',
    params: z.object({ carrier: z.string().regex(/^[a-z][a-z0-9_]{1,19}$/) }),
    body: carrierMessage,
    answer: carrierHeard,
    keyless: true,
    handle: async ({ scope, params: { carrier }, body }) => {
      const key = carrierKey(kit.files.masterKey, scope.programme, carrier)
      if (!Object.hasOwn(carriers, carrier) || !isSigned(key, body)) return refuse('carrier.forged')
      return kit.app.write({ ...scope, actor: `carrier:${carrier}` }, async tx => {
        const [parcel] = await tx.query<{ id: string }>(
          'select id from parcel where programme_id = $1 and carrier = $2 and waybill = $3',
          [tx.programme, carrier, body.waybill],
        )
        if (!parcel) return refuse('parcel.not_found')
        const events = body.events.map(({ at, ...event }) => ({ ...event, at: new Date(at) }))
        return ok({ heard: await hearEvents(tx, kit, parcel.id, events) })
      })
    },
  }),
]

async function withWaybills(
  tx: Parameters<typeof parcelsOf>[0],
  made: readonly { id: string; orderId: string; no: number }[],
): Promise<z.input<typeof parcelsMade>['parcels']> {
  const rows = await tx.query<{ id: string; waybill: string | null }>(
    'select id, waybill from parcel where programme_id = $1 and id = any($2::uuid[])',
    [tx.programme, made.map(({ id }) => id)],
  )
  const waybills = new Map(rows.map(row => [row.id, row.waybill]))
  return made.map(parcel => ({ ...parcel, waybill: waybills.get(parcel.id) ?? null }))
}
