import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { addDays } from '../world/calendar.ts'
import { generateOrderPlan, type PlannedOrder } from '../world/orders-plan.ts'
import type { Bank } from './bank.ts'
import { type Basket, basketOf, type Deed, doGroup, groupsOf } from './baskets.ts'
import { at, planFrom, planTo } from './clock.ts'
import { type Arrival, arrivalsOf, bringAll, createSelling } from './lots.ts'
import { away, awayOrOwn, closeMonth, confirmMonth, monthBefore } from './months.ts'
import type { PlacedLink } from './production.ts'
import { scheduleOf, stepKinds } from './schedule.ts'
import { inParallel, type Stage } from './stage.ts'

/**
 * The plan's orders of canteens and companies. Money of unions is left out: there is no declaration for it yet, and
 * bought on a canteen's declaration it would count towards a quota to which it does not belong.
 */
export const planOf = (orders: number): PlannedOrder[] =>
  generateOrderPlan({ orders, from: planFrom, to: planTo, seed: 20250701 }).filter(
    ({ fund }) => fund !== 'union',
  )

export const basketsOf = (
  stage: Stage,
  plan: readonly PlannedOrder[],
  arrivals: readonly Arrival[],
): Basket[] => {
  const selling = createSelling(arrivals)
  return plan.map((order, n) => basketOf(stage, order, scheduleOf(order.day, order.outcome, n), selling))
}

/** What happens on one day. */
interface Day {
  readonly day: string
  readonly arrivals: readonly Arrival[]
  readonly deeds: readonly Deed[]
}

/** How many do something at once: as many as the ledger's hot accounts let work beside each other. */
const ABREAST = 8

/** Plays the half year day by day. A finished day is skipped; of an interrupted one, what was done is not done again. */
export async function playPast(
  stage: Stage,
  bank: Bank,
  links: readonly PlacedLink[],
  orders: number,
): Promise<void> {
  const plan = planOf(orders)
  const arrivals = arrivalsOf(stage, plan)
  const days = daysOf(arrivals, basketsOf(stage, plan, arrivals))
  const total = days.reduce((sum, { deeds }) => sum + deeds.length, 0)
  let before = 0
  for (const day of days) {
    let done = before
    await stage.step(`day ${day.day}`, () =>
      playDay(stage, bank, links, day, some => {
        done += some
        stage.tell('orders', Math.min(done, total), total)
      }),
    )
    before += day.deeds.length
  }
}

/** The past is over when the last month is published and paid out. */
export const lastDay = '2026-01-08'

function daysOf(arrivals: readonly Arrival[], baskets: readonly Basket[]): Day[] {
  const coming = Map.groupBy(arrivals, arrival => dateOf(arrival.at))
  const doing = Map.groupBy(
    baskets.flatMap(basket => basket.steps.map((step): Deed => ({ basket, step }))),
    ({ step }) => dateOf(step.at),
  )
  const first = [...coming.keys(), ...doing.keys()].sort()[0]!
  const days: Day[] = []
  for (let day = first; day <= lastDay; day = addDays(day, 1))
    days.push({ day, arrivals: coming.get(day) ?? [], deeds: doing.get(day) ?? [] })
  return days
}

async function playDay(
  stage: Stage,
  bank: Bank,
  links: readonly PlacedLink[],
  { day, arrivals, deeds }: Day,
  done: (some: number) => void,
): Promise<void> {
  await bringAll(stage, links, arrivals, day)
  const follows = day >= '2025-08-01'
  if (follows && day.endsWith('-08'))
    await confirmMonth(stage, monthBefore(day), day, day === lastDay ? awayOrOwn : away)
  for (const kind of stepKinds) {
    const own = deeds.filter(({ step }) => step.kind === kind)
    await inParallel(groupsOf(kind, own, day), ABREAST, async group => {
      await doGroup(stage, bank, group)
      done(new Set(group.orders.map(({ basket }) => basket)).size)
    })
  }
  if (arrivals.length + deeds.length > 0) await stage.closeDay(at(day, '20:30'))
  if (follows && day.endsWith('-05')) await closeMonth(stage, bank, monthBefore(day), day)
}
