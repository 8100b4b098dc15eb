import { dateOf, yearOf } from '@silian/kernel/time/shanghai.ts'
import { type Product, stockOf } from '../world/products.ts'
import { between, mulberry32, pick, type Random } from '../world/random.ts'
import { harvestDayFor } from '../world/seasons.ts'
import type { Bank } from './bank.ts'
import { type Basket, basketOf, doGroup, groupsOf } from './baskets.ts'
import { at, days, minutes, pastEnds } from './clock.ts'
import { productsOf } from './goods.ts'
import { type Arrival, bringAll, createSelling, withdraw } from './lots.ts'
import type { PlacedLink } from './production.ts'
import { declareYear, makeRule } from './quota.ts'
import type { Step, StepKind } from './schedule.ts'
import { inParallel, type Stage } from './stage.ts'

/** Days before the present at which fresh stock came in: what keeps, and what does not. */
const STOCKED = 11
const FRESH = 2.5
const keepsLong = ({ shelfLifeDays }: Product): boolean => shelfLifeDays > 15

const PIECES = 400

/** The current year's rule and declarations, so that a unit can order today. */
export async function openYear(stage: Stage, area: string, now: Date): Promise<void> {
  const year = yearOf(now)
  if (year === 2025) return
  const [spring, stocked] = [at(`${year}-03-10`, '09:00'), days(now, -STOCKED)]
  const declared = spring > pastEnds && spring < stocked ? spring : stocked
  await makeRule(stage, area, year, minutes(declared, -60))
  await declareYear(stage, year, { declared, decided: minutes(declared, 30) })
}

/** Fresh lots of what is in season or keeps; other offers leave the shop. `past` has the lots that came before. */
export async function stockPresent(
  stage: Stage,
  links: readonly PlacedLink[],
  past: readonly Arrival[],
  now: Date,
): Promise<Arrival[]> {
  const versions = new Map(past.map(({ product, version }) => [product.key, version]))
  const fresh = productsOf(stage.programme).flatMap((product): Arrival[] => {
    const comes = days(now, keepsLong(product) ? -STOCKED : -FRESH)
    const harvestedOn = harvestDayFor(product, dateOf(comes))
    if (harvestedOn === null) return []
    const code = `${product.key}-${dateOf(comes)}`
    const version = (versions.get(product.key) ?? 0) + 1
    return [
      {
        id: stage.id('lot', code),
        code,
        product,
        harvestedOn,
        quantity: stockOf(product, PIECES),
        at: comes,
        version,
      },
    ]
  })
  const coming = new Set(fresh.map(({ product }) => product.key))
  const over = productsOf(stage.programme).flatMap(product => {
    const version = versions.get(product.key)
    return version && !coming.has(product.key) ? [{ product, version }] : []
  })
  await withdraw(stage, over, days(now, -STOCKED))
  await bringAll(stage, links, fresh, dateOf(now))
  return fresh
}

/** How far some orders of the last days have come: each step with the days since. */
interface Story {
  readonly count: number
  readonly steps: readonly (readonly [kind: StepKind, daysAgo: number])[]
}

const approved = [
  ['place', 2],
  ['approve', 1.5],
] as const
const shipped = [
  ['place', 4],
  ['approve', 3.8],
  ['ship', 3],
] as const
const accepted = [
  ['place', 9],
  ['approve', 8.8],
  ['ship', 8],
  ['accept', 6],
] as const
const completed = [...accepted, ['open', 5.9], ['pay', 5.5], ['evaluate', 5]] as const

const stories: readonly Story[] = [
  { count: 8, steps: completed },
  { count: 4, steps: [...accepted, ['open', 5]] },
  { count: 4, steps: accepted },
  { count: 6, steps: shipped },
  { count: 6, steps: approved },
  { count: 6, steps: [['place', 1]] },
]

/** Those who have accounts to sign in with buy most. */
const buyers = [
  'unit.first',
  'unit.police',
  'unit.first',
  'unit.hospital',
  'unit.police',
  'unit.baoan',
] as const

/** Some orders of the last days, so that everybody who signs in finds something to do. */
export async function playPresent(
  stage: Stage,
  bank: Bank,
  arrivals: readonly Arrival[],
  now: Date,
): Promise<void> {
  const baskets = recentBaskets(stage, arrivals, now)
  await inParallel(baskets, 4, async basket => {
    for (const step of basket.steps)
      for (const group of groupsOf(step.kind, [{ basket, step }], basket.key))
        await doGroup(stage, bank, group)
  })
  await stage.settle(now)
}

function recentBaskets(stage: Stage, arrivals: readonly Arrival[], now: Date): Basket[] {
  const random = mulberry32(20260101)
  const selling = createSelling(arrivals)
  const told = stories.flatMap(({ count, steps }) => Array.from({ length: count }, () => steps))
  return told.map((steps, n) => {
    const unit = buyers[n % buyers.length]!
    const timed = steps.map(([kind, ago]): Step => ({ kind, at: minutes(days(now, -ago), n - told.length) }))
    const there = arrivals.filter(arrival => arrival.at <= timed[0]!.at)
    const order = {
      key: `recent-${dateOf(now)}-${n + 1}`,
      unit,
      buyer: unit,
      lines: linesOf(random, there, n),
    }
    return basketOf(stage, order, timed, selling)
  })
}

/** One product from any seller, and now and then one of the co-operative whose clerk can sign in. */
function linesOf(random: Random, there: readonly Arrival[], n: number) {
  const known = there.filter(({ product }) => product.coop === 'coop.dahua-chicken')
  const chosen = new Set([pick(random, there).product.key])
  if (n % 2 === 0 && known.length > 0) chosen.add(pick(random, known).product.key)
  return [...chosen].map(product => ({ product, pieces: between(random, 4, 20) }))
}
