import { addDays, isWorkingDay } from '../world/calendar.ts'
import type { Outcome } from '../world/orders-plan.ts'
import { between, mulberry32, type Random } from '../world/random.ts'
import { at, minutes } from './clock.ts'

/** What may happen to a basket, in the order of a day. */
export const stepKinds = [
  'place',
  'approve',
  'cancel',
  'ship',
  'accept',
  'open',
  'pay',
  'evaluate',
  'expire',
] as const
export type StepKind = (typeof stepKinds)[number]

export interface Step {
  readonly kind: StepKind
  readonly at: Date
  /** A payment's code that ran out is followed by a second one. */
  readonly round?: 2
}

/** When each kind of step is done in a day. */
const hours: Record<StepKind, string> = {
  place: '09:00',
  approve: '11:00',
  cancel: '12:30',
  ship: '13:30',
  accept: '15:00',
  open: '16:00',
  pay: '17:00',
  evaluate: '18:00',
  expire: '19:00',
}

function workingDaysAfter(day: string, count: number): string {
  let found = day
  for (let left = count; left > 0; left -= isWorkingDay(found) ? 1 : 0) found = addDays(found, 1)
  return found
}

/** The days of one basket from its outcome, the same for the same seed. Working days, as offices work. */
export function scheduleOf(day: string, outcome: Outcome, seed: number): Step[] {
  const random = mulberry32(seed)
  const minute = between(random, 0, 59)
  const on = (kind: StepKind, when: string, round?: 2): Step => ({
    ...{ kind, at: minutes(at(when, hours[kind]), minute) },
    ...(round ? { round } : {}),
  })
  const later = (from: string, least: number, most: number) =>
    workingDaysAfter(from, between(random, least, most))
  const approved = later(day, 0, 1)
  const shipped = later(approved, 1, 2)
  const accepted = later(shipped, 1, 2)
  const start = [on('place', day)]
  if (outcome === 'awaiting_approval') return [...start, on('expire', addDays(day, 16))]
  if (outcome === 'cancelled') return [...start, ...cancelled(random, day, approved, on)]
  const goods = [...start, on('approve', approved), on('ship', shipped)]
  if (outcome === 'shipped_unpaid') return random() < 0.5 ? goods : [...goods, on('accept', accepted)]
  const evaluated = on('evaluate', later(accepted, 0, 1))
  const received = [...goods, on('accept', accepted)]
  if (outcome === 'paid_late') {
    const lapsed = workingDaysAfter(addDays(accepted, between(random, 33, 45)), 1)
    return [...received, on('open', accepted), evaluated, on('open', lapsed, 2), on('pay', lapsed, 2)]
  }
  // a few pay before the goods come (先款后货)
  const opened = random() < 0.15 ? approved : later(accepted, 0, 1)
  return [...received, on('open', opened), on('pay', later(opened, 0, 1)), evaluated]
}

function cancelled(
  random: Random,
  day: string,
  approved: string,
  on: (kind: StepKind, when: string) => Step,
): Step[] {
  return random() < 0.5
    ? [on('cancel', day)]
    : [on('approve', approved), on('cancel', workingDaysAfter(approved, 1))]
}
