import type { State } from './states.ts'
import type { CaseRow } from './tables.ts'

type Term = Pick<CaseRow, 'valid_from' | 'valid_to'>

/**
 * The term of a standing state. It begins when the state is first entered, or anew where the outcome renews it; coming
 * back from a yearly check or a suspension goes on with it, also when it ended meanwhile: its timer is then due.
 */
export function termOf(state: State, before: Term, today: string, renews: boolean): Term {
  if (state.kind !== 'standing') return { valid_from: before.valid_from, valid_to: before.valid_to }
  if (before.valid_from !== null && !renews)
    return { valid_from: before.valid_from, valid_to: before.valid_to ?? endOf(state, before.valid_from) }
  return { valid_from: today, valid_to: endOf(state, today) }
}

const endOf = (state: Extract<State, { kind: 'standing' }>, from: string): string | null =>
  state.for ? addYears(from, state.for.years) : null

/** The same day so many years on; the 29th of February becomes the 1st of March where there is none. */
export function addYears(date: string, years: number): string {
  const to = `${String(Number(date.slice(0, 4)) + years).padStart(4, '0')}${date.slice(4)}`
  return new Date(`${to}T00:00:00Z`).toISOString().slice(0, 10)
}

/** The first anniversary after today, at least so many years on. */
export function anniversary(from: string, first: number, today: string): string {
  for (let years = first; ; years += 1) {
    const day = addYears(from, years)
    if (day > today) return day
  }
}
