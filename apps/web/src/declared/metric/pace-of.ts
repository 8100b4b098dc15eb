import type { Declaration } from '@silian/chains/supply/quota/contract.ts'

export interface Pace {
  readonly id: string
  readonly unitName: string
  readonly reservedFen: number
  readonly completedFen: number
  /** Done of what should be done by now, in ten-thousandths; more than 10,000 is ahead. */
  readonly pace: number
  readonly behind: boolean
}

/** The share of a year that has passed on a day of it, in ten-thousandths. */
export function passedOf(year: number, today: string): number {
  const [start, end] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)]
  const at = Date.parse(`${today}T00:00:00Z`)
  return Math.round((Math.min(Math.max(at, start), end) - start) / ((end - start) / 10_000))
}

type Declared = Pick<Declaration, 'id' | 'unitName' | 'year' | 'state' | 'reservedFen' | 'completedFen'>

/** How this year's confirmed quotas keep up with the year; those furthest behind first. */
export function pacesOf(declarations: readonly Declared[], today: string): Pace[] {
  const year = Number(today.slice(0, 4))
  const passed = passedOf(year, today)
  return declarations
    .filter(one => one.year === year && one.state === 'confirmed' && one.reservedFen > 0)
    .map(({ id, unitName, reservedFen, completedFen }) => {
      const due = (reservedFen * passed) / 10_000
      const pace = due === 0 ? 10_000 : Math.round((completedFen / due) * 10_000)
      return {
        id,
        unitName,
        reservedFen,
        completedFen,
        pace,
        behind: pace < 10_000 && completedFen < reservedFen,
      }
    })
    .sort((a, b) => a.pace - b.pace)
}
