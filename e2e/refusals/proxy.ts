import { giveToWallet } from '@silian/chains/supply/customers/give.ts'
import { shipOrder } from '@silian/chains/supply/delivery/ship.ts'
import { openMyPayment } from '@silian/chains/supply/payments/pay.ts'
import { placeProxy } from '@silian/chains/supply/proxy/service.ts'
import { storeFile } from '@silian/kernel/files/store.ts'
import { must } from '@silian/kernel/result/result.ts'
import type { Whole } from '@silian/server/compose.ts'
import sharp from 'sharp'
import { worldTime } from '../small-world.ts'
import type { Expectation } from './expectations.ts'
import type { Prepare } from './requests.ts'
import type { Side } from './side.ts'

const point = { own: ['service_point'], about: 'organisation' } as const
const gone = '404 order.not_found'

/** A service point orders for others, and finds again what it ordered and nothing else. */
export const proxyExpectations: readonly Expectation[] = [
  { route: 'GET /proxy-orders', action: 'proxy.read', ...point },
  { route: 'POST /proxy-orders', action: 'proxy.place', own: ['service_point'], about: 'nothing' },
  { route: 'GET /proxy-orders/{order}', action: 'proxy.read', ...point, another: gone },
  // its own orders are paid in e2e/proxy.test.ts, where a provider is set up
  {
    route: 'POST /proxy-orders/{order}/payment',
    ...{ action: 'proxy.place', own: ['service_point'], always: '404 order.not_found', about: 'nothing' },
  },
  { route: 'POST /proxy-orders/{order}/visit', action: 'proxy.visit', ...point, another: gone },
]

let count = 0
const asked = (of: Side) => ({
  customer: { phone: '13900000001', name: '示例丁' },
  home: { name: '示例丁', phone: '13900000001', areaCode: '440304', address: '示范里2号' },
  lines: [{ offerId: of.offer, offerVersion: 1, pieces: 1 }],
  note: `${++count}`,
})

/** A proxy order of the point on this side. */
async function ordered(kit: Whole, of: Side): Promise<string> {
  const placed = await of.world.write(tx => placeProxy(tx, kit, pointOf(of), asked(of)))
  return placed.orders[0]!.id
}

const scopeOf = ({ world }: Side) => ({ programme: world.programme, actor: 'coop', at: worldTime })

const pointOf = ({ world, unit }: Side): string =>
  world.id(unit === world.id('unit') ? 'community' : 'community2')

/** The same, as it stands when it was paid and sent. */
async function sent(kit: Whole, of: Side): Promise<string> {
  const order = await ordered(kit, of)
  const [row] = await kit.app.read(scopeOf(of), tx =>
    tx.query<{ customer: string; fen: number }>(
      `select x.customer_id as customer, o.total_fen as fen from proxy_order x
       join "order" o on o.programme_id = x.programme_id and o.id = x.order_id where x.order_id = $1`,
      [order],
    ),
  )
  const { customer, fen } = row!
  await of.world.write(tx => giveToWallet(tx, kit, { customerId: customer, fen }))
  await of.world.write(tx => openMyPayment(tx, kit, [customer], { orderIds: [order], way: 'wallet' }))
  must(
    await kit.app.write(scopeOf(of), tx => shipOrder(tx, kit, order, { carrier: '示范物流', waybill: 'W9' })),
  )
  return order
}

const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#000' } })
  .webp()
  .toBuffer()

/** A signature that the point's own person has uploaded. */
async function signed(kit: Whole, { world }: Side): Promise<string> {
  const file = await world.write(tx =>
    storeFile(tx, kit.files, {
      ...{
        content: picture,
        uploadedBy: world.id('account point'),
        encrypt: true,
        name: 's.webp',
        kind: 'photo',
      },
      retentionClass: 'application',
    }),
  )
  return file.id
}

export const proxyRequests: Readonly<Record<string, Prepare>> = {
  'GET /proxy-orders': async (of, fresh) => ({
    path: '/proxy-orders?limit=200',
    ...(fresh && { shows: await ordered(fresh, of) }),
  }),
  'POST /proxy-orders': of => ({ path: '/proxy-orders', body: asked(of) }),
  'GET /proxy-orders/{order}': async (of, fresh) => {
    const order = fresh ? await ordered(fresh, of) : of.orders.approved
    return { path: `/proxy-orders/${order}`, shows: order }
  },
  'POST /proxy-orders/{order}/payment': of => ({
    path: `/proxy-orders/${of.orders.approved}/payment`,
    body: { way: 'wechat' },
  }),
  'POST /proxy-orders/{order}/visit': async (of, fresh) => ({
    path: `/proxy-orders/${fresh ? await sent(fresh, of) : of.orders.shipped}/visit`,
    body: { signature: 'drawn', file: fresh ? await signed(fresh, of) : of.world.id('no file') },
  }),
}
