import { ALL } from './fold.ts'

/** Below this many people a cell is told to nobody who may not see them one by one. */
export const FEWEST = 5

export interface Peopled {
  readonly dims: readonly string[]
  /** How many people stand behind each part of the row; null where nothing is told of it. */
  readonly behind: readonly (number | null)[]
}

/** Whether something is told of so few people. Nobody behind a value is nobody known: it is as hidden as one. */
export const isFew = ({ behind }: Pick<Peopled, 'behind'>): boolean =>
  behind.some(people => people !== null && people < FEWEST)

const tells = ({ behind }: Peopled): boolean => behind.some(people => people !== null)

const fewest = ({ behind }: Peopled): number =>
  Math.min(...behind.map(people => people ?? Number.POSITIVE_INFINITY))

/**
 * Merges the rows of one period that fewer than five people stand behind into 其他 (`*`), at least two together and
 * five people in all, so that the rows still add up to the total and none can be told by taking the others from it.
 * Undefined where even all together are fewer than five: then nothing is told, the total neither.
 */
export function mergeSmall<R extends Peopled>(
  rows: readonly R[],
  merge: (rows: readonly R[], dims: string[]) => R,
): R[] | undefined {
  const sorted = rows.filter(tells).sort((a, b) => fewest(a) - fewest(b))
  let taken = sorted.filter(isFew).length
  if (taken === 0) return [...rows]
  const dims = rows[0]!.dims.map(() => ALL)
  const other = () => merge(sorted.slice(0, taken), dims)
  while (taken < sorted.length && (taken < 2 || isFew(other()))) taken++
  if (isFew(other())) return undefined
  const small = new Set(sorted.slice(0, taken))
  return [...rows.filter(row => !small.has(row)), other()]
}

/** Added up where nobody stands behind two rows; otherwise as many as stand behind the one with the most at least. */
export function together(rows: readonly Peopled[], addsUp: boolean): (number | null)[] {
  return (rows[0]?.behind ?? []).map((_, i) => {
    const told = rows.flatMap(row => row.behind[i] ?? [])
    if (told.length === 0) return null
    return addsUp ? told.reduce((sum, people) => sum + people, 0) : Math.max(...told)
  })
}
