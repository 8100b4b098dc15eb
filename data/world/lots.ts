import type { PlannedOrder } from './orders-plan.ts'
import type { StockUnit } from './product-families.ts'
import { productOf, stockOf } from './products.ts'
import { harvestDayFor } from './seasons.ts'

/** A month (`2025-09`), a third of a month as farmers count (`2025-09-1`, 旬), or a day. */
export type LotGrain = 'month' | 'xun' | 'day'

export interface LotNeed {
  readonly product: string
  /** When it is harvested; stored goods come from their last harvest month, even of the year before. */
  readonly period: string
  /** The first day of the period, so that the lot is there before its first order. */
  readonly harvestDay: string
  readonly unit: StockUnit
  readonly quantity: number
  readonly firstSold: string
  readonly lastSold: string
}

const xunOf = (day: string): 1 | 2 | 3 => {
  const date = Number(day.slice(8))
  if (date <= 10) return 1
  return date <= 20 ? 2 : 3
}

function periodOf(day: string, grain: LotGrain): { period: string; harvestDay: string } {
  const month = day.slice(0, 7)
  if (grain === 'day') return { period: day, harvestDay: day }
  if (grain === 'month') return { period: month, harvestDay: `${month}-01` }
  const xun = xunOf(day)
  return { period: `${month}-${xun}`, harvestDay: `${month}-${['01', '11', '21'][xun - 1]}` }
}

interface Taken {
  readonly product: string
  readonly day: string
  readonly harvested: string
  readonly quantity: number
}

function takenBy(order: PlannedOrder): Taken[] {
  return order.lines.map(({ product: key, pieces }) => {
    const product = productOf(key)
    const harvested = harvestDayFor(product, order.day)
    if (harvested === null) throw new RangeError(`no ${key} to sell on ${order.day}`)
    return { product: key, day: order.day, harvested, quantity: stockOf(product, pieces) }
  })
}

/**
 * What must be harvested for a plan, so that it can be entered first. Cancelled orders count too: their
 * stock was held once. Take `xun` or `day` where shelf lives matter: what is cut on the first of a month
 * does not keep to its end.
 */
export function lotsNeeded(plan: readonly PlannedOrder[], grain: LotGrain = 'month'): LotNeed[] {
  const taken = plan.flatMap(takenBy)
  const grouped = Map.groupBy(
    taken,
    ({ product, harvested }) => `${product} ${periodOf(harvested, grain).period}`,
  )
  return [...grouped.values()]
    .map(items => needOf(items, grain))
    .sort(
      (a, b) => a.harvestDay.localeCompare(b.harvestDay, 'en') || a.product.localeCompare(b.product, 'en'),
    )
}

function needOf(items: readonly Taken[], grain: LotGrain): LotNeed {
  const days = items.map(({ day }) => day).toSorted()
  const { product, harvested } = items[0] as Taken
  return {
    product,
    ...periodOf(harvested, grain),
    unit: productOf(product).unit,
    quantity: items.reduce((sum, { quantity }) => sum + quantity, 0),
    firstSold: days[0] as string,
    lastSold: days.at(-1) as string,
  }
}
