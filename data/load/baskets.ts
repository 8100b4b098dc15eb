import { shipOrder } from '@silian/chains/supply/delivery/ship.ts'
import { consumed } from '@silian/chains/supply/orders/accounts.ts'
import { placeOrder } from '@silian/chains/supply/orders/place.ts'
import { paymentCode } from '@silian/chains/supply/orders/rules.ts'
import {
  acceptOrder,
  cancelOrder,
  decideOrder,
  evaluateOrder,
  expireOrder,
} from '@silian/chains/supply/orders/service.ts'
import { openPayment } from '@silian/chains/supply/payments/service.ts'
import { budget } from '@silian/chains/supply/quota/accounts.ts'
import { lotStock } from '@silian/chains/value/lots/accounts.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { lockAccounts } from '@silian/kernel/ledger/accounts.ts'
import { expireHolds } from '@silian/kernel/ledger/holds.ts'
import { must, ok, type Result } from '@silian/kernel/result/result.ts'
import { yearOf } from '@silian/kernel/time/shanghai.ts'
import type { PlannedOrder } from '../world/orders-plan.ts'
import { whoIs } from '../world/people.ts'
import { type Product, productOf } from '../world/products.ts'
import type { Bank } from './bank.ts'
import { type Arrival, offerId } from './lots.ts'
import { acting, organisationId } from './people.ts'
import { declarationId } from './quota.ts'
import type { Step, StepKind } from './schedule.ts'
import type { Stage } from './stage.ts'

/** One seller's part of a basket: an order of its own. */
interface Part {
  readonly id: string
  readonly seller: string
}

export interface Basket {
  readonly key: string
  readonly id: string
  readonly unit: string
  readonly orderedBy: string
  readonly year: number
  readonly lines: readonly { readonly product: Product; readonly pieces: number; readonly lot: Arrival }[]
  readonly fen: number
  readonly parts: readonly Part[]
  readonly steps: readonly Step[]
}

type Planned = Pick<PlannedOrder, 'key' | 'unit' | 'buyer' | 'lines'>

/** A basket sold from the lots of its day. */
export function basketOf(
  stage: Stage,
  order: Planned,
  steps: readonly Step[],
  selling: (product: string, on: Date) => Arrival,
): Basket {
  const placedAt = steps[0]!.at
  const id = stage.id('order', order.key)
  const lines = order.lines.map(({ product, pieces }) => ({
    ...{ product: productOf(product), pieces, lot: selling(product, placedAt) },
  }))
  return {
    ...{ key: order.key, id, unit: order.unit, orderedBy: order.buyer, steps, lines },
    year: yearOf(placedAt),
    fen: lines.reduce((sum, { product, pieces }) => sum + product.priceFen * pieces, 0),
    parts: partsOf(
      stage,
      id,
      lines.map(({ product }) => product.coop),
    ),
  }
}

/** As `placeOrder` divides a basket: by the sellers' ids, the first order bearing the basket's id. */
function partsOf(stage: Stage, basketId: string, sellers: readonly string[]): Part[] {
  return [...new Set(sellers)]
    .map(seller => ({ seller, sellerId: organisationId(stage, seller) }))
    .sort((a, b) => (a.sellerId < b.sellerId ? -1 : 1))
    .map(({ seller, sellerId }, n) => ({
      seller,
      id: n === 0 ? basketId : idFrom('order', basketId, sellerId),
    }))
}

export interface Deed {
  readonly basket: Basket
  readonly step: Step
}

/** What one party does at one go: an approver with all orders of the day, a seller with all parcels. */
export interface Group {
  readonly kind: StepKind
  readonly party: string
  readonly key: string
  readonly at: Date
  readonly orders: readonly Ordered[]
}

interface Ordered extends Deed {
  readonly part: Part
}

/** Whose hands a step goes through: what has none of these is done basket by basket. */
const partyOf: Partial<Record<StepKind, (basket: Basket, part: Part) => string>> = {
  approve: ({ unit }) => unit,
  ship: (_, { seller }) => seller,
  accept: ({ unit }) => unit,
  evaluate: ({ unit }) => unit,
}

/** Groups deeds of one kind. `name` tells the groups of one party apart, by the day or by the basket. */
export function groupsOf(kind: StepKind, deeds: readonly Deed[], name: string): Group[] {
  const orders = deeds.flatMap(deed => deed.basket.parts.map((part): Ordered => ({ ...deed, part })))
  const party = partyOf[kind]
  return [...Map.groupBy(orders, ({ basket, part }) => party?.(basket, part) ?? basket.key)].map(
    ([whose, own]) => ({
      ...{ kind, party: whose, orders: own, key: `${kind} ${whose} ${name}` },
      at: new Date(Math.max(...own.map(({ step }) => step.at.getTime()))),
    }),
  )
}

/** Everyone acts in their own name. */
export const doGroup = (stage: Stage, bank: Bank, group: Group): Promise<void> =>
  work[group.kind](stage, group, bank)

type Work = (stage: Stage, group: Group, bank: Bank) => Promise<void>

const basketIn = ({ orders }: Group): Basket => orders[0]!.basket
const idsOf = ({ orders }: Group): string[] => orders.map(({ part }) => part.id)
const readable = (id: string): string => id.slice(0, 8).toUpperCase()
const numberOf = (id: string): number => Number.parseInt(id.slice(0, 8), 16)

/** Several orders in one transaction take turns on all their accounts at once, or two could wait for each other. */
async function forEach(
  tx: Writer,
  group: Group,
  accounts: readonly string[],
  one: (id: string) => Promise<Result<unknown>>,
) {
  await lockAccounts(tx, accounts)
  for (const id of idsOf(group)) must(await one(id))
  return ok(null)
}

const place: Work = async (stage, { orders, key, at }) => {
  const { basket } = orders[0]!
  const { who, reach } = acting(stage, whoIs('buyer', basket.orderedBy), 'order.place')
  const placed = await stage.command({ who, at, key }, tx =>
    placeOrder(tx, stage.kit, reach.organisationIds, {
      ...{ id: basket.id, declarationId: declarationId(stage, basket.unit, basket.year), note: '' },
      lines: basket.lines.map(({ product, pieces, lot }) => ({
        ...{ offerId: offerId(stage, product), offerVersion: lot.version, pieces },
      })),
    }),
  )
  if (placed.orders.length !== orders.length) throw new Error(`${basket.key} was divided otherwise`)
}

/** What an approval moves: the budget and the goods of each order. */
const held = (stage: Stage, { orders }: Group): string[] =>
  orders.flatMap(({ basket }) => [
    budget(declarationId(stage, basket.unit, basket.year)),
    ...basket.lines.map(({ lot }) => lotStock(lot.id)),
  ])

const approve: Work = async (stage, group) => {
  const { who } = acting(stage, whoIs('approver', group.party), 'order.approve')
  await stage.command({ ...group, who }, tx =>
    forEach(tx, group, held(stage, group), id => decideOrder(tx, stage.kit, id, { approve: true, note: '' })),
  )
}

const cancel: Work = async (stage, group) => {
  const { who } = acting(stage, whoIs('buyer', basketIn(group).orderedBy), 'order.cancel')
  await stage.command({ ...group, who }, tx =>
    forEach(tx, group, held(stage, group), id => cancelOrder(tx, stage.kit, id, '菜单调整，改期采购')),
  )
}

const carriers = ['示范冷链物流', '示范县域快运', '示范邮政']

const ship: Work = async (stage, group) => {
  const { who } = acting(stage, whoIs('coop_clerk', group.party), 'order.ship')
  const accounts = group.orders.flatMap(({ basket, part }) =>
    basket.lines.filter(({ product }) => product.coop === part.seller).map(({ lot }) => lotStock(lot.id)),
  )
  await stage.command({ ...group, who }, tx =>
    forEach(tx, group, accounts, id =>
      shipOrder(tx, stage.kit, id, {
        carrier: carriers[numberOf(id) % carriers.length]!,
        waybill: `YS-${readable(id)}`,
      }),
    ),
  )
}

const accept: Work = async (stage, group) => {
  const { who } = acting(stage, whoIs('canteen_acceptor', group.party), 'order.accept')
  await stage.command({ ...group, who }, tx =>
    forEach(tx, group, [consumed('g'), consumed('piece')], id =>
      acceptOrder(tx, stage.kit, id, { invoiceNumber: `FP-${readable(id)}` }),
    ),
  )
}

const paymentId = (stage: Stage, { orders }: Group): string =>
  stage.id('payment', orders[0]!.basket.key, String(orders[0]!.step.round ?? 1))

/** One payment for all orders of the basket (合并货款认领). */
const open: Work = async (stage, group) => {
  const { who } = acting(stage, whoIs('accountant', basketIn(group).unit), 'payment.open')
  await stage.command({ ...group, who }, tx =>
    openPayment(tx, stage.kit, { id: paymentId(stage, group), orderIds: idsOf(group) }),
  )
}

const pay: Work = (stage, group, bank) =>
  bank.credit(stage, {
    reference: `C-${basketIn(group).key}`,
    code: paymentCode(paymentId(stage, group)),
    ...{ fen: basketIn(group).fen, at: group.at },
  })

const opinions = [
  [5, '新鲜，包装完好'],
  [5, '分量足，食堂反映好'],
  [5, '按时送达，单据齐全'],
  [4, '品质稳定，个别外箱有挤压'],
  [4, '口感不错，到货晚半天'],
  [3, '规格不太均匀，请改进分级'],
] as const

const evaluate: Work = async (stage, group) => {
  const { who } = acting(stage, whoIs('canteen_acceptor', group.party), 'order.evaluate')
  await stage.command({ ...group, who }, tx =>
    forEach(tx, group, [], id => {
      const [score, text] = opinions[numberOf(id) % opinions.length]!
      return evaluateOrder(tx, stage.kit, id, { score, text })
    }),
  )
}

/** As the clock's job does: what nobody approved in time gives back what it holds. */
const expire: Work = async (stage, group) => {
  await stage.command({ ...group, who: 'system' }, async tx => {
    await expireHolds(tx, 500)
    for (const id of idsOf(group)) await expireOrder(tx, stage.kit, id)
    return ok(null)
  })
}

const work = { place, approve, cancel, ship, accept, open, pay, evaluate, expire } satisfies Record<
  StepKind,
  Work
>
