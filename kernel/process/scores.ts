import type { Columns, Values } from '../declared/columns.ts'

/**
 * A score sheet as data: items with their most points, in groups. With weights (of every group, together 100) a group
 * counts by the share of its points that was given; without, the points of all items are added.
 */
export interface ScoreSheet {
  readonly groups: Readonly<Record<string, { readonly weight?: number; readonly items: Items }>>
}
/** Item → most points, whole. */
type Items = Readonly<Record<string, number>>

/** Checks a sheet where it is written: names once, whole points, weights of all groups or of none, 100 together. */
export function scoreSheet(groups: ScoreSheet['groups']): ScoreSheet {
  const items = Object.values(groups).flatMap(group => Object.entries(group.items))
  const names = items.map(([name]) => name)
  if (new Set(names).size < names.length) throw new RangeError(`an item stands twice in a sheet: ${names}`)
  if (items.length === 0 || items.some(([, max]) => !Number.isInteger(max) || max < 1))
    throw new RangeError('a sheet has items, and each a whole number of points')
  const weights = Object.values(groups).flatMap(({ weight }) => (weight === undefined ? [] : [weight]))
  const isWeighed = weights.length === Object.keys(groups).length
  if (weights.length > 0 && !(isWeighed && weights.reduce((a, b) => a + b) === 100))
    throw new RangeError('weights are of every group, and 100 together')
  return { groups }
}

/** The sheet as columns of a form: whole points from nothing to the most of the item. */
export const sheetColumns = (sheet: ScoreSheet): Columns =>
  Object.fromEntries(
    Object.values(sheet.groups).flatMap(({ items }) =>
      Object.entries(items).map(([name, max]) => [name, { kind: 'number', unit: 'point', min: 0, max }]),
    ),
  )

/** An exact number: scores are rounded once, at the end. The lower part is positive. */
interface Fraction {
  readonly over: bigint
  readonly under: bigint
}
const whole = (n: number): Fraction => ({ over: BigInt(n), under: 1n })
const add = (a: Fraction, b: Fraction): Fraction => ({
  over: a.over * b.under + b.over * a.under,
  under: a.under * b.under,
})
const times = (a: Fraction, over: number, under: number): Fraction => ({
  over: a.over * BigInt(over),
  under: a.under * BigInt(under),
})
const total = (all: readonly Fraction[]): Fraction => all.reduce(add, whole(0))

/** Whole hundredths, half up (towards the larger). */
const rounded = ({ over, under }: Fraction): number => {
  const [top, bottom] = [2n * over + under, 2n * under]
  const cut = top / bottom
  return Number(top < 0n && cut * bottom !== top ? cut - 1n : cut)
}

/** The points of a filled sheet in whole hundredths, rounded half up once. */
export function scoreOf(sheet: ScoreSheet, values: Values): number {
  const parts = Object.values(sheet.groups).map(({ weight, items }) => {
    const given = Object.keys(items).reduce((sum, name) => sum + Number(values[name] ?? 0), 0)
    const most = Object.values(items).reduce((sum, max) => sum + max, 0)
    return weight === undefined ? whole(given * 100) : times(whole(given * 100), weight, most)
  })
  return rounded(total(parts))
}

/** How a score is made of others, as data. */
export type Formula =
  /** Whole points (maybe none) that stand in a number column of the case's form. */
  | { readonly field: string }
  /** What an earlier state gave. */
  | { readonly score: string }
  /** The mean of the sheets of this state. */
  | { readonly mean: 'sheets' }
  /** The same without the highest and the lowest, where there are three or more. */
  | { readonly mean: 'middle' }
  | { readonly percent: number; readonly of: Formula }
  | { readonly sum: readonly Formula[] }

export const field = (name: string): Formula => ({ field: name })
export const score = (state: string): Formula => ({ score: state })
export const mean: Formula = { mean: 'sheets' }
export const middleMean: Formula = { mean: 'middle' }
export const percent = (share: number, of: Formula): Formula => ({ percent: share, of })
export const sum = (...parts: readonly Formula[]): Formula => ({ sum: parts })

export interface ScoreInput {
  readonly form: Values
  /** State → hundredths. */
  readonly scores: Readonly<Record<string, number>>
  /** Hundredths of each sheet of this state. */
  readonly sheets: readonly number[]
}

/** The formula's value in whole hundredths: exact until the end, then rounded half up. What is missing counts nothing. */
export const evaluate = (formula: Formula, input: ScoreInput): number => rounded(worthOf(formula, input))

function worthOf(formula: Formula, input: ScoreInput): Fraction {
  if ('field' in formula) return whole(Number(input.form[formula.field] ?? 0) * 100)
  if ('score' in formula) return whole(input.scores[formula.score] ?? 0)
  if ('mean' in formula) return meanOf(formula.mean === 'middle' ? middle(input.sheets) : input.sheets)
  if ('percent' in formula) return times(worthOf(formula.of, input), formula.percent, 100)
  return total(formula.sum.map(part => worthOf(part, input)))
}

const meanOf = (sheets: readonly number[]): Fraction =>
  sheets.length === 0 ? whole(0) : times(total(sheets.map(whole)), 1, sheets.length)

const middle = (sheets: readonly number[]): readonly number[] =>
  sheets.length < 3 ? sheets : [...sheets].sort((a, b) => a - b).slice(1, -1)

/** The names a formula speaks of, for checking a declaration. */
export function namesIn(formula: Formula): { fields: string[]; scores: string[]; means: boolean } {
  if ('field' in formula) return { fields: [formula.field], scores: [], means: false }
  if ('score' in formula) return { fields: [], scores: [formula.score], means: false }
  if ('mean' in formula) return { fields: [], scores: [], means: true }
  const parts = ('sum' in formula ? formula.sum : [formula.of]).map(namesIn)
  return {
    fields: parts.flatMap(part => part.fields),
    scores: parts.flatMap(part => part.scores),
    means: parts.some(part => part.means),
  }
}
