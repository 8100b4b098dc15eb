import { areaOf } from './areas.ts'
import { monthOf, workingDays } from './calendar.ts'
import { whoIs } from './people.ts'
import { type Product, productOf, products } from './products.ts'
import { type Fund, type Purse, purses } from './purses.ts'
import { apportion, between, deal, mulberry32, pickWeighted, type Random, shuffled } from './random.ts'
import { seasonWeight } from './seasons.ts'

export type Outcome = 'completed' | 'shipped_unpaid' | 'awaiting_approval' | 'cancelled' | 'paid_late'

export interface PlannedLine {
  readonly product: string
  readonly pieces: number
}

export interface PlannedOrder {
  readonly key: string
  readonly day: string
  /** The organisation that orders; a contractor does it for the unit whose canteen it runs. */
  readonly buyer: string
  /** The unit whose money it is and whose quota it counts for. */
  readonly unit: string
  readonly fund: Fund
  readonly lines: readonly PlannedLine[]
  readonly requester: string
  readonly approver: string
  readonly outcome: Outcome
  readonly source: 'invented'
}

export interface PlanOptions {
  readonly orders: number
  readonly from: string
  readonly to: string
  readonly seed: number
}

/** Percent of all orders; the counts are exact for any number of orders. */
export const outcomePercent: Record<Outcome, number> = {
  completed: 90,
  shipped_unpaid: 4,
  awaiting_approval: 3,
  cancelled: 2,
  paid_late: 1,
}

/** January to December: quiet after the Spring Festival, hectic before the books close. */
const monthWeights = [12, 6, 8, 9, 10, 10, 10, 11, 14, 15, 22, 28]

const catalogue = products.filter(product => areaOf(product.county).programme === 'shenzhen')

/** A canteen cooks and buys no tins and no tea; a parcel from the union must be carried home. */
function suits(product: Product, fund: Fund): boolean {
  if (fund === 'canteen') return product.netGrams >= 460 && !product.class.path.startsWith('tea/')
  return product.netGrams <= 6000
}

/** What is not recognised does not count for the quota, and buyers mostly know it. */
const wanted = (product: Product, day: string): number =>
  seasonWeight(product, day) * (product.recognised ? 5 : 1)

interface Offer {
  readonly product: Product
  readonly weight: number
}

function createOffers(): (fund: Fund, day: string) => readonly Offer[] {
  const cache = new Map<string, readonly Offer[]>()
  return (fund, day) => {
    const key = `${fund}:${day}`
    const found = cache.get(key)
    if (found) return found
    const offers = catalogue
      .filter(product => suits(product, fund))
      .map(product => ({ product, weight: wanted(product, day) }))
      .filter(({ weight }) => weight > 0)
    cache.set(key, offers)
    return offers
  }
}

/** Fills one line from its part of the money; null when nothing on offer is so cheap. */
function lineOf(random: Random, offers: readonly Offer[], fen: number): PlannedLine | null {
  const affordable = offers.filter(({ product }) => product.priceFen <= fen)
  if (affordable.length === 0) return null
  const { product } = pickWeighted(
    random,
    affordable,
    affordable.map(({ weight }) => weight),
  )
  return { product: product.key, pieces: Math.floor(fen / product.priceFen) }
}

function linesOf(random: Random, offers: readonly Offer[], fen: number): PlannedLine[] {
  const wishes = Array.from({ length: between(random, 1, 4) }, () => between(random, 2, 6))
  const lines: PlannedLine[] = []
  for (const part of apportion(fen, wishes)) {
    const fresh = offers.filter(({ product }) => !lines.some(line => line.product === product.key))
    const line = lineOf(random, fresh, part)
    if (line) lines.push(line)
  }
  if (lines.length === 0) throw new RangeError('an order could buy nothing with its money')
  return lines
}

interface Draft {
  readonly purse: Purse
  readonly day: string
  readonly fen: number
}

/** With less than this on average the smallest orders could not pay a box of the cheapest goods. */
const leastOrderFen = 12_000

function assertAffordable(orders: number): void {
  const planned = purses.reduce((sum, { plannedFen }) => sum + plannedFen, 0)
  if (planned < orders * leastOrderFen) throw new RangeError(`too many orders for the budgets: ${orders}`)
}

/** Divides each purse among its orders, so that no unit can overspend whatever is drawn. */
function draftsOf(random: Random, options: PlanOptions): Draft[] {
  const days = workingDays(options.from, options.to)
  const weights = days.map(day => monthWeights[monthOf(day) - 1] as number)
  const counts = apportion(
    options.orders,
    purses.map(({ plannedFen }) => plannedFen),
  )
  const drafts = purses.flatMap((purse, index) => {
    const sizes = Array.from({ length: counts[index] as number }, () => between(random, 50, 150))
    return apportion(purse.plannedFen, sizes).map(fen => ({
      ...{ purse, fen },
      day: pickWeighted(random, days, weights),
    }))
  })
  return shuffled(random, drafts).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

/**
 * What is unfinished must be recent and what was paid late must be old, or the year would look neglected:
 * approvals wait among the last tenth of the orders, unpaid deliveries lie in the last three tenths.
 */
function outcomesOf(random: Random, orders: number): Outcome[] {
  const labels = Object.entries(outcomePercent) as [Outcome, number][]
  const dealt = deal(random, orders, labels)
  const out = Array.from({ length: orders }, (): Outcome => 'completed')
  const place = (outcome: Outcome, fromTenth: number, toTenth: number) => {
    const from = Math.floor((orders * fromTenth) / 10)
    const to = Math.ceil((orders * toTenth) / 10)
    const free = shuffled(
      random,
      Array.from({ length: to - from }, (_, index) => from + index).filter(
        index => out[index] === 'completed',
      ),
    )
    for (const index of free.slice(0, dealt.filter(label => label === outcome).length)) out[index] = outcome
  }
  place('awaiting_approval', 9, 10)
  place('shipped_unpaid', 7, 10)
  place('paid_late', 0, 7)
  place('cancelled', 0, 10)
  return out
}

/** The year's orders, in order of day: the same for the same options. */
export function generateOrderPlan(options: PlanOptions): PlannedOrder[] {
  assertAffordable(options.orders)
  const random = mulberry32(options.seed)
  const offersOf = createOffers()
  const drafts = draftsOf(random, options)
  const outcomes = outcomesOf(random, options.orders)
  return drafts.map(({ purse, day, fen }, index) => ({
    key: `order-${String(index + 1).padStart(5, '0')}`,
    day,
    ...{ buyer: purse.orderedBy, unit: purse.unit, fund: purse.fund },
    lines: linesOf(random, offersOf(purse.fund, day), fen),
    requester: whoIs('buyer', purse.orderedBy).username,
    approver: whoIs('approver', purse.unit).username,
    outcome: outcomes[index] as Outcome,
    source: 'invented',
  }))
}

export const orderFen = ({ lines }: PlannedOrder): number =>
  lines.reduce((sum, { product, pieces }) => sum + productOf(product).priceFen * pieces, 0)
