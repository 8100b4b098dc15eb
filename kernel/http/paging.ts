import type { Page } from './shapes.ts'

/** Comes before every id: where a list by id begins. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000'

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
