import { moveClaim, openClaim } from '@silian/chains/supply/claims/service.ts'
import { complain, replyTo } from '@silian/chains/supply/complaints/service.ts'
import { giveToWallet } from '@silian/chains/supply/customers/give.ts'
import { newCustomer } from '@silian/chains/supply/customers/service.ts'
import { hearEvents } from '@silian/chains/supply/delivery/events.ts'
import { shipOrder } from '@silian/chains/supply/delivery/ship.ts'
import { placeOrders } from '@silian/chains/supply/orders/place.ts'
import { readNow } from '@silian/chains/supply/orders/place-reads.ts'
import { acceptOrder, evaluateOrder } from '@silian/chains/supply/orders/service.ts'
import { openMyPayment } from '@silian/chains/supply/payments/pay.ts'
import { placeProxy, visitHome } from '@silian/chains/supply/proxy/service.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { storeFile } from '@silian/kernel/files/store.ts'
import { tasksWhere } from '@silian/kernel/process/case.ts'
import { decideTask } from '@silian/kernel/process/decide.ts'
import { actorOf } from '@silian/kernel/process/desk.ts'
import { must, ok, type Result } from '@silian/kernel/result/result.ts'
import { declaredProcesses } from '@silian/server/compose.ts'
import { areaOf } from '../world/areas.ts'
import { whoIs } from '../world/people.ts'
import { type ShopperName, type ShopStep, type ShopStory, shoppers, shopStories } from '../world/shoppers.ts'
import { days, minutes } from './clock.ts'
import { cartonPicture, signaturePicture } from './drawn.ts'
import { type Arrival, offerId } from './lots.ts'
import { acting, organisationId, principalOf } from './people.ts'
import { inParallel, type Stage } from './stage.ts'

/** A story with the goods it is about. */
interface Told {
  readonly stage: Stage
  readonly story: ShopStory
  readonly key: string
  readonly order: string
  readonly customer: string
  readonly arrival: Arrival
}

const POINT = 'community.futian'
const PURSE_FEN = 200_000

/** Citizens who bought at home or had a service point buy, and what came of it. They pay from their wallets. */
export async function playShop(stage: Stage, arrivals: readonly Arrival[], now: Date): Promise<void> {
  await stage.command({ who: 'system', at: days(now, -10.5), key: 'shoppers' }, tx => makeShoppers(tx, stage))
  const told = shopStories.flatMap((story, n) => toldOf(stage, story, n, arrivals) ?? [])
  await inParallel([...Map.groupBy(told, ({ customer }) => customer).values()], 4, async own => {
    for (const one of own) await play(one, now)
  })
  await stage.settle(now)
}

const customerId = (stage: Stage, name: ShopperName): string => stage.id('customer', name)

/** Whom a point orders for is made with the order. */
async function makeShoppers(tx: Writer, stage: Stage): Promise<Result<null>> {
  const proxied = new Set(shopStories.filter(({ proxy }) => proxy).map(({ by }) => by))
  for (const [key, { name, phone }] of Object.entries(shoppers)) {
    const id = customerId(stage, key as ShopperName)
    if (proxied.has(key as ShopperName)) continue
    await newCustomer(tx, stage.kit, phone, { id, name, provenAt: tx.at })
    must(await fill(tx, stage, id))
  }
  return ok(null)
}

const fill = (tx: Writer, stage: Stage, id: string) =>
  giveToWallet(tx, stage.kit, { id: stage.id('gift', id), customerId: id, fen: PURSE_FEN })

/** None where the season has nothing of the kind. */
function toldOf(stage: Stage, story: ShopStory, n: number, arrivals: readonly Arrival[]): Told | undefined {
  const dry = ({ product }: Arrival) =>
    product.shelfLifeDays > 15 && !/^(fruit|vegetable|meat)/.test(product.class.path)
  const near = ({ product }: Arrival) => product.coop === 'coop.dahua-chicken'
  const fitting = arrivals.filter(story.goods === 'dry' ? dry : near)
  const arrival = fitting[(story.nth * 5) % fitting.length]
  const key = `shop ${n + 1}`
  return (
    arrival && {
      ...{ stage, story, key, arrival, order: stage.id('order', key) },
      customer: customerId(stage, story.by),
    }
  )
}

async function play(told: Told, now: Date): Promise<void> {
  const { stage, story, key } = told
  const place = story.proxy ? placeAtPoint : placeAtHome
  const who = story.proxy ? acting(stage, pointAccount, 'proxy.place').who : told.customer
  const at = days(now, -story.ago)
  await stage.command({ who, at, key }, tx => place(tx, told))
  await stage.command({ who, at: minutes(at, 5), key: `${key} paid` }, tx => pay(tx, told))
  for (const [n, step] of story.steps.entries())
    await stage.command(
      { who: whoDoes(told, step), at: days(now, -step.ago), key: `${key} ${n + 1}` },
      async tx => {
        must(await doings[step.do](tx, told, step as never))
        return ok(null)
      },
    )
}

const pointAccount = whoIs('service_point', POINT)
const sellerOf = ({ arrival }: Told) => whoIs('coop_clerk', arrival.product.coop)

function whoDoes(told: Told, { do: what }: ShopStep): string {
  if (['ship', 'agree', 'refuse', 'answer'].includes(what))
    return acting(told.stage, sellerOf(told), 'order.ship').who
  if (what === 'collected' || what === 'delivered') return 'system'
  return what === 'sign' ? acting(told.stage, pointAccount, 'proxy.visit').who : told.customer
}

const homeOf = ({ story }: Told) => {
  const { name, phone, areaCode, address } = shoppers[story.by]
  return { name, phone, areaCode, address }
}

const linesOf = ({ stage, story, arrival }: Told) => [
  { offerId: offerId(stage, arrival.product), offerVersion: arrival.version, pieces: story.pieces },
]

async function placeAtHome(tx: Writer, told: Told): Promise<Result<null>> {
  const { stage, order, customer } = told
  const input = {
    ...{ id: order, buyer: 'citizen' as const, delivery: homeOf(told), walletFen: 0 },
    ...{ lines: linesOf(told), note: '' },
  }
  const ask = { actor: tx.actor, units: [], customers: [customer], input }
  const [placed] = await placeOrders(tx, stage.kit, [ask], await readNow(tx, [ask]))
  must(placed!)
  return ok(null)
}

async function placeAtPoint(tx: Writer, told: Told): Promise<Result<null>> {
  const { stage, story, order, customer } = told
  const { name, phone } = shoppers[story.by]
  const input = { customer: { name, phone }, home: homeOf(told), lines: linesOf(told), note: '' }
  must(await placeProxy(tx, stage.kit, organisationId(stage, POINT), input, { customer, order }))
  return ok(null)
}

/** From the wallet; who has one only at the counter of a point fills it there. */
async function pay(tx: Writer, { stage, story, order, customer }: Told): Promise<Result<unknown>> {
  if (story.proxy) must(await fill(tx, stage, customer))
  const payment = { id: stage.id('payment', order), orderIds: [order], way: 'wallet' as const }
  return openMyPayment(tx, stage.kit, [customer], payment)
}

type Doing<K extends ShopStep['do']> = (
  tx: Writer,
  told: Told,
  step: Extract<ShopStep, { readonly do: K }>,
) => Promise<Result<unknown>>

const claimId = ({ stage, key }: Told): string => stage.id('claim', key)
const complaintId = ({ stage, key }: Told): string => stage.id('complaint', key)

/** Drawn, and kept as what its sender uploaded. */
async function upload(tx: Writer, { stage }: Told, content: Buffer): Promise<string> {
  const file = {
    ...{ content, name: 'photo.png', kind: 'photo', encrypt: true },
    ...{ uploadedBy: tx.actor, retentionClass: 'application' as const },
  }
  return must(await storeFile(tx, stage.kit.files, file)).id
}

async function hear(tx: Writer, told: Told, kind: 'collected' | 'delivered'): Promise<Result<null>> {
  const { stage, order, story, arrival } = told
  const parcels = await tx.query<{ id: string }>(
    'select id from parcel where programme_id = $1 and order_id = $2',
    [tx.programme, order],
  )
  const place = kind === 'collected' ? arrival.product.county : shoppers[story.by].areaCode
  for (const { id } of parcels)
    await hearEvents(tx, stage.kit, id, [{ kind, at: tx.at, place: areaOf(place).name }])
  return ok(null)
}

const doings: { readonly [K in ShopStep['do']]: Doing<K> } = {
  ship: (tx, { stage, order }) =>
    shipOrder(tx, stage.kit, order, {
      carrier: '示范冷链物流',
      waybill: `YS-${order.slice(0, 8).toUpperCase()}`,
    }),
  collected: (tx, told) => hear(tx, told, 'collected'),
  delivered: (tx, told) => hear(tx, told, 'delivered'),
  accept: (tx, { stage, order }) => acceptOrder(tx, stage.kit, order, {}),
  sign: async (tx, told) =>
    visitHome(tx, told.stage.kit, told.order, {
      signature: 'drawn',
      file: await upload(tx, told, signaturePicture()),
    }),
  evaluate: (tx, { stage, order }, { score, text }) => evaluateOrder(tx, stage.kit, order, { score, text }),
  claim: async (tx, told, { kind, reason, photo }) =>
    openClaim(tx, told.stage.kit, told.order, {
      ...{ id: claimId(told), kind, reason, lines: [{ no: 1, pieces: 1 }] },
      photos: photo ? [await upload(tx, told, cartonPicture())] : [],
    }),
  agree: (tx, told, { note }) =>
    moveClaim(tx, told.stage.kit, claimId(told), 'agree', { by: 'seller', set: { answer: note }, note }),
  refuse: (tx, told, { note }) =>
    moveClaim(tx, told.stage.kit, claimId(told), 'refuse', { by: 'seller', set: { answer: note }, note }),
  object: (tx, told, { note }) =>
    moveClaim(tx, told.stage.kit, claimId(told), 'object', { by: 'buyer', set: { objection: note }, note }),
  send: (tx, told, { carrier, waybill }) =>
    moveClaim(tx, told.stage.kit, claimId(told), 'send', {
      ...{ by: 'buyer', set: { return_carrier: carrier, return_waybill: waybill } },
      note: `${carrier} ${waybill}`,
    }),
  complain: (tx, told, { matter, text }) =>
    complain(tx, told.stage.kit, told.order, { id: complaintId(told), matter, said: text }),
  answer: async (tx, told, { text }) => {
    const { stage } = told
    const [task] = await tasksWhere(tx, 't.case_id = $2 and t.closed_at is null', [complaintId(told)])
    const actor = await actorOf(tx, principalOf(stage, sellerOf(told)))
    const decision = { outcome: 'answer', form: { answer: text }, files: [] }
    return decideTask(tx, { ...stage.kit, processes: declaredProcesses }, actor, task!.id, decision)
  },
  discontent: (tx, { stage, order }, { text }) =>
    replyTo(tx, stage.kit, order, { content: false, reason: text }),
}
