import type { JsonObject } from '../fact/public-part.ts'
import { whole } from '../money/money.ts'
import { monthOf } from '../time/shanghai.ts'

/** A sum over facts in a month: for each object of `pub[each]`, its measure by its dimensions (docs/log-format.md). */
export interface Flow {
  readonly name: string
  readonly unit: string
  readonly facts: readonly string[]
  readonly each: string
  readonly measure: string
  readonly dimensions: readonly string[]
}

export interface Contribution {
  readonly dims: string[]
  readonly sum: number
}

/** What one fact adds to a flow. Throws on a fact that lacks what the definition names: it must stop and be seen. */
export function contributions(flow: Flow, pub: JsonObject): Contribution[] {
  const objects = pub[flow.each]
  if (!Array.isArray(objects)) throw new TypeError(`${flow.name}: no list "${flow.each}" in the fact`)
  return objects.map(object => {
    const find = (name: string): string => {
      const value = (object as JsonObject)[name] ?? pub[name]
      if (typeof value !== 'string') throw new TypeError(`${flow.name}: no text "${name}" in the fact`)
      return value
    }
    return { dims: flow.dimensions.map(find), sum: whole(Number(find(flow.measure))) }
  })
}

/** The period a fact counts in: its own month, or the first after it that no figure has closed. */
export function periodOf(at: Date, closed: ReadonlySet<string>): string {
  let period = monthOf(at)
  while (closed.has(period)) period = nextMonth(period)
  return period
}

export function nextMonth(period: string): string {
  const [year, month] = period.split('-').map(Number) as [number, number]
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`
}

/** Rows of a figure stand in one order for everyone: dimension after dimension by UTF-16 code units. */
export function compareDims(a: readonly string[], b: readonly string[]): number {
  for (const [i, text] of a.entries()) if (text !== b[i]) return text < b[i]! ? -1 : 1
  return 0
}
