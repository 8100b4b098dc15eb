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
  const count = createCount(stage, days)
  let yesterday: Promise<void> = Promise.resolve()
  try {
    for (const day of days.filter(({ day }) => !stage.isDone(stepOf(day)))) {
      await playDay(stage, bank, links, day, count(day))
      await yesterday
      await stage.sequence(at(day.day, '20:30'))
      // orders are settled overnight, while the next day's work begins
      yesterday = stage.step(stepOf(day.day), () => night(stage, bank, day.day))
      // heard of when it is awaited, not before
      yesterday.catch(() => undefined)
      if (isClosing(day.day)) await yesterday
    }
  } finally {
    await yesterday
  }
}

const stepOf = (day: string): string => `day ${day}`

/** Tells how much of all deeds is done, from day to day. */
function createCount(stage: Stage, days: readonly Day[]): (day: Day) => (some: number) => void {
  const total = days.reduce((sum, { deeds }) => sum + deeds.length, 0)
  return ({ day }) => {
    let done = days.filter(other => other.day < day).reduce((sum, { deeds }) => sum + deeds.length, 0)
    return some => {
      done += some
      stage.tell('orders', done, total)
    }
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

/** The first month has nothing before it to close. */
const isAfterFirst = (day: string): boolean => day >= '2025-08-01'
const isClosing = (day: string): boolean => isAfterFirst(day) && day.endsWith('-05')
const isAsking = (day: string): boolean => isAfterFirst(day) && day.endsWith('-08')

async function playDay(
  stage: Stage,
  bank: Bank,
  links: readonly PlacedLink[],
  { day, arrivals, deeds }: Day,
  done: (some: number) => void,
): Promise<void> {
  await bringAll(stage, links, arrivals, day)
  if (isAsking(day)) await confirmMonth(stage, monthBefore(day), day, day === lastDay ? awayOrOwn : away)
  for (const kind of stepKinds) {
    const own = deeds.filter(({ step }) => step.kind === kind)
    await inParallel(groupsOf(kind, own, day), ABREAST, async group => {
      await doGroup(stage, bank, group)
      done(new Set(group.orders.map(({ basket }) => basket)).size)
    })
  }
}

async function night(stage: Stage, bank: Bank, day: string): Promise<void> {
  await stage.hear(at(day, '20:30'))
  if (isClosing(day)) await closeMonth(stage, bank, monthBefore(day), day)
}
