import { placeOrder } from '@silian/chains/supply/orders/place.ts'
import { paymentCode } from '@silian/chains/supply/orders/rules.ts'
import {
  acceptOrder,
  cancelOrder,
  decideOrder,
  evaluateOrder,
  expireOrder,
  shipOrder,
} from '@silian/chains/supply/orders/service.ts'
import { openPayment } from '@silian/chains/supply/payments/service.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { expireHolds } from '@silian/kernel/ledger/holds.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { yearOf } from '@silian/kernel/time/shanghai.ts'
import type { PlannedOrder } from '../world/orders-plan.ts'
import { whoIs } from '../world/people.ts'
import { type Product, productOf } from '../world/products.ts'
import type { Bank } from './bank.ts'
import { type Arrival, offerId } from './lots.ts'
import { acting, organisationId } from './people.ts'
import { declarationId } from './quota.ts'
import type { Step } from './schedule.ts'
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
  readonly lines: readonly { readonly product: Product; readonly pieces: number; readonly version: number }[]
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
    ...{ product: productOf(product), pieces, version: selling(product, placedAt).version },
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

/** Does one step of a basket, everyone in their own name. */
export function doStep(stage: Stage, bank: Bank, basket: Basket, step: Step): Promise<void> {
  return work[step.kind](stage, basket, step, bank)
}

type Work = (stage: Stage, basket: Basket, step: Step, bank: Bank) => Promise<void>

const keyOf = (basket: Basket, { kind, round }: Step, part = ''): string =>
  `${basket.key} ${kind}${round ? ` ${round}` : ''}${part}`

const ids = ({ parts }: Basket): string[] => parts.map(({ id }) => id)

const place: Work = async (stage, basket, step) => {
  const { who, reach } = acting(stage, whoIs('buyer', basket.orderedBy), 'order.place')
  const { orders } = await stage.command({ who, at: step.at, key: keyOf(basket, step) }, tx =>
    placeOrder(tx, stage.kit, reach.organisationIds, {
      ...{ id: basket.id, declarationId: declarationId(stage, basket.unit, basket.year), note: '' },
      lines: basket.lines.map(({ product, pieces, version }) => ({
        ...{ offerId: offerId(stage, product), offerVersion: version, pieces },
      })),
    }),
  )
  if (orders.length !== basket.parts.length) throw new Error(`${basket.key} was divided otherwise`)
}

const approve: Work = async (stage, basket, step) => {
  const { who } = acting(stage, whoIs('approver', basket.unit), 'order.approve')
  for (const id of ids(basket))
    await stage.command({ who, at: step.at, key: keyOf(basket, step, id) }, tx =>
      decideOrder(tx, stage.kit, id, { approve: true, note: '' }),
    )
}

const cancel: Work = async (stage, basket, step) => {
  const { who } = acting(stage, whoIs('buyer', basket.orderedBy), 'order.cancel')
  for (const id of ids(basket))
    await stage.command({ who, at: step.at, key: keyOf(basket, step, id) }, tx =>
      cancelOrder(tx, stage.kit, id, '菜单调整，改期采购'),
    )
}

const carriers = ['示范冷链物流', '示范县域快运', '示范邮政']

const ship: Work = async (stage, basket, step) => {
  for (const { id, seller } of basket.parts) {
    const { who } = acting(stage, whoIs('coop_clerk', seller), 'order.ship')
    const number = Number.parseInt(id.slice(0, 8), 16)
    await stage.command({ who, at: step.at, key: keyOf(basket, step, id) }, tx =>
      shipOrder(tx, stage.kit, id, {
        carrier: carriers[number % carriers.length]!,
        waybill: `SF-YS-${id.slice(0, 8).toUpperCase()}`,
      }),
    )
  }
}

const accept: Work = async (stage, basket, step) => {
  const { who } = acting(stage, whoIs('canteen_acceptor', basket.unit), 'order.accept')
  for (const id of ids(basket))
    await stage.command({ who, at: step.at, key: keyOf(basket, step, id) }, tx =>
      acceptOrder(tx, stage.kit, id, { invoiceNumber: `FP-${id.slice(0, 8).toUpperCase()}` }),
    )
}

const paymentId = (stage: Stage, basket: Basket, { round }: Step): string =>
  stage.id('payment', basket.key, String(round ?? 1))

/** One payment for all orders of the basket (合并货款认领). */
const open: Work = async (stage, basket, step) => {
  const { who } = acting(stage, whoIs('accountant', basket.unit), 'payment.open')
  await stage.command({ who, at: step.at, key: keyOf(basket, step) }, tx =>
    openPayment(tx, stage.kit, { id: paymentId(stage, basket, step), orderIds: ids(basket) }),
  )
}

const pay: Work = (stage, basket, step, bank) =>
  bank.credit(stage, {
    reference: `C-${basket.key}`,
    code: paymentCode(paymentId(stage, basket, step)),
    ...{ fen: basket.fen, at: step.at },
  })

const opinions = [
  [5, '新鲜，包装完好'],
  [5, '分量足，食堂反映好'],
  [5, '按时送达，单据齐全'],
  [4, '品质稳定，个别外箱有挤压'],
  [4, '口感不错，到货晚半天'],
  [3, '规格不太均匀，请改进分级'],
] as const

const evaluate: Work = async (stage, basket, step) => {
  const { who } = acting(stage, whoIs('canteen_acceptor', basket.unit), 'order.evaluate')
  for (const id of ids(basket)) {
    const [score, text] = opinions[Number.parseInt(id.slice(0, 6), 16) % opinions.length]!
    await stage.command({ who, at: step.at, key: keyOf(basket, step, id) }, tx =>
      evaluateOrder(tx, stage.kit, id, { score, text }),
    )
  }
}

/** As the clock's job does: what nobody approved in time gives back what it holds. */
const expire: Work = async (stage, basket, step) => {
  for (const id of ids(basket))
    await stage.command({ who: 'system', at: step.at, key: keyOf(basket, step, id) }, async tx => {
      await expireHolds(tx, 500)
      await expireOrder(tx, stage.kit, id)
      return ok(null)
    })
}

const work = { place, approve, cancel, ship, accept, open, pay, evaluate, expire } satisfies Record<
  string,
  Work
>
