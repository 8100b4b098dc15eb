import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { addDays } from '../world/calendar.ts'
import { generateOrderPlan, type PlannedOrder } from '../world/orders-plan.ts'
import type { Bank } from './bank.ts'
import { type Basket, basketOf, doStep } from './baskets.ts'
import { at, planFrom, planTo } from './clock.ts'
import { type Arrival, arrivalsOf, bring, createSelling } from './lots.ts'
import { away, awayOrOwn, closeMonth, confirmMonth, monthBefore } from './months.ts'
import type { PlacedLink } from './production.ts'
import { type Step, scheduleOf, stepKinds } from './schedule.ts'
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

interface Deed {
  readonly basket: Basket
  readonly step: Step
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
  let done = 0
  const deedDone = () => stage.tell('orders', ++done, total)
  for (const day of days) {
    const before = done
    await stage.step(`day ${day.day}`, () => playDay(stage, bank, links, day, deedDone))
    done = before + day.deeds.length
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
  deedDone: () => void,
): Promise<void> {
  await inParallel(arrivals, ABREAST, arrival => bring(stage, links, arrival))
  const follows = day >= '2025-08-01'
  if (follows && day.endsWith('-08'))
    await confirmMonth(stage, monthBefore(day), day, day === lastDay ? awayOrOwn : away)
  for (const kind of stepKinds)
    await inParallel(
      deeds.filter(({ step }) => step.kind === kind),
      ABREAST,
      async ({ basket, step }) => {
        await doStep(stage, bank, basket, step)
        deedDone()
      },
    )
  await stage.settle(at(day, '20:30'))
  if (follows && day.endsWith('-05')) await closeMonth(stage, bank, monthBefore(day), day)
}
