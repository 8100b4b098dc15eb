import { daysBetween, endOfMonthBefore, monthOf } from './calendar.ts'
import type { Product } from './products.ts'

type Keeping = Pick<Product, 'harvestMonths' | 'shelfLifeDays'>

/** Goods are sold while at least a fifth of their shelf life is left. */
const sellableDays = ({ shelfLifeDays }: Keeping): number => Math.floor((shelfLifeDays * 4) / 5)

/**
 * The day on which what is sold on `day` was harvested: the same day in season, otherwise the end of the
 * last harvest month if it keeps so long; null when there is none to sell.
 */
export function harvestDayFor(product: Keeping, day: string): string | null {
  if (product.harvestMonths.includes(monthOf(day))) return day
  for (let back = 1; back <= 12; back++) {
    const harvested = endOfMonthBefore(day, back)
    if (!product.harvestMonths.includes(monthOf(harvested))) continue
    return daysBetween(harvested, day) <= sellableDays(product) ? harvested : null
  }
  return null
}

/** How much a product is wanted on a day: most in season, less from the store, not at all without stock. */
export function seasonWeight(product: Keeping, day: string): number {
  const harvested = harvestDayFor(product, day)
  if (harvested === null) return 0
  if (product.harvestMonths.length === 12) return 2
  return harvested === day ? 4 : 1
}
