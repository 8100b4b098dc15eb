import { type Counted, cubed, type Distinct, dimensionsOf, type Spread } from './define.ts'
import type { Addition } from './measure.ts'
import { type Grain, periodIn } from './period.ts'

/** In the place of a dimension that a cell of different subjects does not tell apart. */
export const ALL = '*'
/** Grains in which different subjects are counted: a year's are not the sum of its months'. */
export const GRAINS: readonly Grain[] = ['month', 'quarter', 'year']

export interface Cell {
  readonly period: string
  readonly dims: readonly string[]
  sum: number
  count: number
}

/** Where a subject has been counted: a period and cell of a distinct metric; of a level, the cell it stands in. */
export interface Seen {
  readonly period: string
  readonly dims: readonly string[]
  readonly subject: string
}

export const seenKey = ({ period, dims, subject }: Seen): string => JSON.stringify([subject, period, dims])

/** Sums of one metric as facts come in: the one way in which they are kept, rebuilt and checked. */
export class Fold {
  readonly metric: Counted
  readonly cells = new Map<string, Cell>()
  /** Subjects counted before and those counted now; a level's by subject alone. */
  readonly #seen: Map<string, Seen>
  readonly came = new Map<string, Seen>()
  readonly went = new Map<string, Seen>()

  constructor(metric: Counted, seen: readonly Seen[] = []) {
    this.metric = metric
    this.#seen = new Map(seen.map(each => [this.#keyOf(each), each]))
  }

  add(month: string, additions: readonly Addition[]): void {
    for (const addition of additions) this.#addOne(month, addition)
  }

  #addOne(month: string, { dims, value, subject, leaves }: Addition): void {
    const { metric } = this
    if (metric.kind === 'distinct') this.#once(metric, month, dims, subject ?? '', value)
    else if (metric.kind === 'spread') this.#count(month, [...dims, bucketOf(metric, value)], value)
    else if (metric.kind === 'level' && subject !== undefined)
      this.#stand(month, dims, subject, value, leaves)
    else this.#count(month, dims, value)
  }

  #once(metric: Distinct, month: string, dims: readonly string[], subject: string, value: number): void {
    for (const period of GRAINS.map(grain => periodIn(grain, month)))
      for (const variant of variantsOf(metric, dims)) {
        const seen = { period, dims: variant, subject }
        this.#count(period, variant, this.#see(seen) ? value : 0)
      }
  }

  #see(seen: Seen): boolean {
    const key = this.#keyOf(seen)
    if (this.#seen.has(key)) return false
    this.#seen.set(key, seen)
    this.came.set(key, seen)
    return true
  }

  /** A subject comes, goes, or moves to another cell; what it already did moves nothing. */
  #stand(month: string, dims: readonly string[], subject: string, value: number, leaves: boolean): void {
    const seen: Seen = { period: '', dims, subject }
    const key = this.#keyOf(seen)
    const before = this.#seen.get(key)
    if (leaves ? !before : before && String(before.dims) === String(dims)) return
    if (before) this.#count(month, before.dims, -value)
    if (leaves) {
      this.#seen.delete(key)
      this.came.delete(key)
      this.went.set(key, before!)
      return
    }
    if (before) this.went.set(key, this.went.get(key) ?? before)
    this.#seen.set(key, seen)
    this.came.set(key, seen)
    this.#count(month, dims, value)
  }

  #count(period: string, dims: readonly string[], value: number): void {
    const key = JSON.stringify([period, dims])
    const cell = this.cells.get(key) ?? { period, dims, sum: 0, count: 0 }
    cell.sum += value
    cell.count += 1
    this.cells.set(key, cell)
  }

  #keyOf = (seen: Seen): string => (this.metric.kind === 'level' ? seen.subject : seenKey(seen))
}

/** The cells of a distinct metric that one thing counts in: with each dimension told, rolled up or left out. */
export function variantsOf(metric: Distinct, dims: readonly string[]): string[][] {
  const open = new Set(cubed(metric))
  return dimensionsOf(metric).reduce<string[][]>(
    (variants, { name, kind }, i) => {
      const value = dims[i]!
      const values = !open.has(name) ? [value] : kind === 'area' ? rollUps(value) : [value, ALL]
      return variants.flatMap(variant => values.map(each => [...variant, each]))
    },
    [[]],
  )
}

/** Before the code of a city or province that stands for all below it. */
export const ABOVE = '^'

/** Whether a cell tells every dimension in full: not left out, not rolled up. */
export const isFull = (dims: readonly string[]): boolean =>
  dims.every(value => value !== ALL && !value.startsWith(ABOVE))

/** A county, its city, its province, everywhere; `unknown` stands for itself. */
const rollUps = (code: string): string[] =>
  /^\d{6}$/.test(code)
    ? [...new Set([code, `${ABOVE}${code.slice(0, 4)}00`, `${ABOVE}${code.slice(0, 2)}0000`, ALL])]
    : [code, ALL]

/** The cell of a spread names its bucket last, by the lower edge; below the first counts in the first. */
const bucketOf = ({ edges }: Spread, value: number): string =>
  String(edges.findLast(edge => edge <= value) ?? edges[0]!)
