import { carrierKey, signMessage } from '@silian/chains/supply/delivery/carriers.ts'
import { fetchWaybills } from '@silian/chains/supply/delivery/jobs.ts'
import { packParcels } from '@silian/chains/supply/delivery/pack.ts'
import { sandboxWaybill } from '@silian/chains/supply/delivery/rules.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import type { Whole } from '@silian/server/compose.ts'
import { worldTime } from '../small-world.ts'
import type { Expectation } from './expectations.ts'
import type { Prepare } from './requests.ts'
import { orderAt, type Side } from './side.ts'

const seller = ['coop_clerk', 'client'] as const
const sends = { action: 'order.ship', own: seller, about: 'organisation' } as const

/** Who sends packs and prints; both sides of an order follow it; a carrier speaks under its signature alone. */
export const deliveryExpectations: readonly Expectation[] = [
  { route: 'GET /own-sales', ...sends },
  { route: 'GET /parcels', ...sends },
  { route: 'POST /parcels', ...sends, another: '404 order.not_found' },
  { route: 'POST /parcels/{parcel}/cancellation', ...sends, another: '404 parcel.not_found' },
  { route: 'POST /dispatches', ...sends, another: '404 parcel.not_found' },
  { route: 'GET /parcel-sheets', ...sends, another: '404 parcel.not_found' },
  { route: 'GET /receivers', ...sends, another: '404 order.not_found' },
  { route: 'POST /orders/{order}/shortage', ...sends, another: '404 order.not_found' },
  {
    route: 'GET /orders/{order}/parcels',
    action: 'parcel.read',
    own: ['buyer', 'approver', 'accountant', 'canteen_acceptor', 'coop_clerk', 'district_officer'],
    all: ['finance_officer', 'task_force', 'auditor'],
    none: ['citizen'],
    another: '404 order.not_found',
    about: 'organisation',
  },
  {
    route: 'POST /carriers/{carrier}/messages',
    action: 'carrier.message',
    open: 'everyone but client',
    alien: '401 carrier.forged',
    about: 'organisation',
  },
]

/** A parcel of a new order of the side, with its waybill. */
async function packed(kit: Whole, side: Side): Promise<string> {
  const [id, orderId] = [newId(), await orderAt(kit, side, 'approved')]
  await side.world.write(tx => packParcels(tx, [{ id, orderId, carrier: 'sandbox' }]))
  await fetchWaybills(kit, { programme: side.world.programme, actor: 'system', at: worldTime }, [id])
  return id
}

const parcelOf = (of: Side, fresh: Whole | undefined): Promise<string> | string =>
  fresh ? packed(fresh, of) : of.world.id('no parcel')

export const deliveryRequests: Readonly<Record<string, Prepare>> = {
  'GET /own-sales': of => ({ path: '/own-sales', shows: of.product }),
  'GET /parcels': async (of, fresh) => ({
    path: '/parcels?limit=200',
    ...(fresh && { shows: await packed(fresh, of) }),
  }),
  'POST /parcels': async (of, fresh) => {
    const orderId = fresh ? await orderAt(fresh, of, 'approved') : of.orders.approved
    return { path: '/parcels', body: { parcels: [{ orderId, carrier: 'sandbox' }] }, shows: orderId }
  },
  'POST /parcels/{parcel}/cancellation': async (of, fresh) => {
    const parcel = await parcelOf(of, fresh)
    return { path: `/parcels/${parcel}/cancellation`, body: {}, shows: parcel }
  },
  'POST /dispatches': async (of, fresh) => ({
    path: '/dispatches',
    body: { parcelIds: [await parcelOf(of, fresh)] },
  }),
  'GET /parcel-sheets': async (of, fresh) => {
    const parcel = await parcelOf(of, fresh)
    return { path: `/parcel-sheets?parcels=${parcel}`, shows: parcel }
  },
  'GET /receivers': of => ({
    path: `/receivers?orders=${of.orders.approved}`,
    shows: of.orders.approved,
  }),
  'POST /orders/{order}/shortage': async (of, fresh) => {
    const order = fresh ? await orderAt(fresh, of, 'approved') : of.orders.approved
    return {
      path: `/orders/${order}/shortage`,
      body: { lines: [{ no: 1, pieces: 1 }], reason: '歉收' },
      shows: order,
    }
  },
  'GET /orders/{order}/parcels': of => ({
    path: `/orders/${of.orders.shipped}/parcels`,
    shows: of.orders.shipped,
  }),
  'POST /carriers/{carrier}/messages': async (of, fresh) => {
    const events = [{ kind: 'collected', at: worldTime.toISOString(), place: '产地' }]
    const message = { waybill: sandboxWaybill(await parcelOf(of, fresh)), events }
    const key = carrierKey(secretOf(fresh), of.world.programme, 'sandbox')
    const body = { ...message, signature: signMessage(key, message) }
    // by whomever it is brought, it is the carrier's word
    return { path: '/carriers/sandbox/messages', body, again: true }
  },
}

/** Of a request that is refused anyway any key will do. */
const secretOf = (kit: Whole | undefined): string =>
  kit?.files.masterKey ?? Buffer.alloc(32).toString('base64')
