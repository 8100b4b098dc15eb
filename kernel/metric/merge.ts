import { ALL } from './fold.ts'

/** Below this many people a cell is told to nobody who may not see them one by one. */
export const FEWEST = 5

export interface Peopled {
  readonly dims: readonly string[]
  /** How many people stand behind the row. */
  readonly people: number
}

/**
 * Merges the rows of one period that fewer than five people stand behind into 其他 (`*`), at least two together and
 * five people in all, so that the rows still add up to the total and none can be told by taking the others from it.
 * Undefined where even all together are fewer than five: then nothing is told, the total neither.
 */
export function mergeSmall<R extends Peopled>(
  rows: readonly R[],
  merge: (rows: readonly R[], dims: string[]) => R,
): R[] | undefined {
  const sorted = [...rows].sort((a, b) => a.people - b.people)
  if (sorted.every(row => row.people === 0)) return [...rows]
  let taken = sorted.filter(row => row.people < FEWEST).length
  if (taken === 0) return [...rows]
  const people = () => sorted.slice(0, taken).reduce((sum, row) => sum + row.people, 0)
  while (taken < sorted.length && (taken < 2 || people() < FEWEST)) taken++
  if (people() < FEWEST) return undefined
  // a single row is nobody's remainder: it is the total itself
  if (taken < 2) return [...rows]
  const small = new Set(sorted.slice(0, taken))
  const dims = rows[0]!.dims.map(() => ALL)
  return [...rows.filter(row => !small.has(row)), merge([...small], dims)]
}
