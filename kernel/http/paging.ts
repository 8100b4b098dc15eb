import { addDays, startOf } from '../time/shanghai.ts'
import type { Page } from './shapes.ts'

/** Comes before every id: where a list by id begins. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/**
 * Where a list begins that is read from the newest on, `<instant>|<id>`: at the end of its last day. That day as a
 * condition alone would not do: the index would be read from today on.
 */
export const newestUpTo = (to: string | undefined): string =>
  to === undefined
    ? 'infinity|ffffffff-ffff-ffff-ffff-ffffffffffff'
    : `${startOf(addDays(to, 1)).toISOString()}|${FIRST_ID}`

/** Rows were asked for one more than the page holds: the extra one only tells that there is a next page. */
export function pageFrom<R, T>(
  rows: readonly R[],
  limit: number,
  keyOf: (row: R) => string,
  map: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(map), next: rows.length > limit && last ? keyOf(last) : null }
}
