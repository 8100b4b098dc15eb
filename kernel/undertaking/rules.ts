import { whole } from '../money/money.ts'
import type { Due } from './kind.ts'

export interface ScheduledDue extends Due {
  /** How much of it is done, counting what was done against the earliest first. */
  readonly done: number
}

/** Spreads what was done over a schedule, the earliest due first; what exceeds it all is not shown here. */
export function cover(schedule: readonly Due[], done: number): ScheduledDue[] {
  let left = Math.max(0, done)
  return schedule.map(due => {
    const covered = Math.min(left, due.amount)
    left -= covered
    return { ...due, done: covered }
  })
}

/** What is still owed of a schedule: the rest of each due that is not covered. */
export const remainder = (schedule: readonly Due[], done: number): Due[] =>
  cover(schedule, done)
    .map(due => ({ dueOn: due.dueOn, amount: due.amount - due.done }))
    .filter(due => due.amount > 0)

/** Whether a schedule can be promised: whole positive amounts in the order of their dates, within the days in force. */
export function isSchedule(schedule: readonly Due[], startsOn: string, endsOn: string): boolean {
  const dates = [startsOn, ...schedule.map(due => due.dueOn), endsOn]
  return (
    schedule.every(due => whole(due.amount) > 0) && dates.every((date, i) => i === 0 || dates[i - 1]! <= date)
  )
}

/**
 * `kept` a floor with all done, `exceeded` a ceiling with too much done, `overdue` a floor with less done than was due
 * before today, otherwise `open`.
 */
export type Standing = 'open' | 'overdue' | 'kept' | 'exceeded'

export interface Figures {
  readonly bound: 'floor' | 'ceiling'
  /** The whole schedule, and its part due before the day it is judged on. */
  readonly promised: number
  readonly due: number
  readonly done: number
}

export function standingOf({ bound, promised, due, done }: Figures): Standing {
  if (bound === 'ceiling') return done > promised ? 'exceeded' : 'open'
  if (promised > 0 && done >= promised) return 'kept'
  return done < due ? 'overdue' : 'open'
}

/** How it ends when its last day is over: a floor is kept when all is done, a ceiling when no more than all is. */
export const isKept = ({ bound, promised, done }: Omit<Figures, 'due'>): boolean =>
  bound === 'floor' ? done >= promised : done <= promised
