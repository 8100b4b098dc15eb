import type { ColumnShape } from '@silian/kernel/declared/contract.ts'

import { type TextSearch, textSearch } from '../search.ts'

/** What the address of a list says; several values of one filter are joined by commas. */
export type ListSearch = TextSearch
export const listSearch = textSearch

/** Words of the page itself; every other word of the address is a filter. */
const own = new Set(['row', 'edit', 'new', 'import'])
const plain = new Set(['sort', 'q', 'at', 'closed'])

/** What the server is asked for: the address without the page's own words, its lists apart. */
export function queryOf(search: ListSearch): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(search)
      .filter(([name]) => !own.has(name))
      .map(([name, text]) => [name, plain.has(name) || !text.includes(',') ? text : text.split(',')]),
  )
}

/** The text of a query, as a saved view keeps it and an export is asked for. */
export function queryText(search: ListSearch): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(queryOf(search)))
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, one)
  params.sort()
  return params.toString()
}

/** A saved view's text as an address. */
export function searchOf(text: string): ListSearch {
  const search: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(text))
    search[name] = search[name] === undefined ? value : `${search[name]},${value}`
  return search
}

const ranged = new Set(['number', 'date', 'year'])
export const isRanged = ({ kind }: Pick<ColumnShape, 'kind'>): boolean => ranged.has(kind)

/** The filters of an address that are set, with the columns they belong to. */
export function filtersOf(columns: readonly ColumnShape[], search: ListSearch): ColumnShape[] {
  return columns.filter(
    ({ name }) =>
      search[name] !== undefined || search[`${name}From`] !== undefined || search[`${name}To`] !== undefined,
  )
}

/** The address with some of it changed; an empty text takes a word out. */
export function changed(
  search: ListSearch,
  change: Readonly<Record<string, string | undefined>>,
): ListSearch {
  const all = { ...search, ...change }
  return Object.fromEntries(
    Object.entries(all).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    ),
  )
}

/** The next order of a column: up, down, none. */
export function nextSort(sort: string | undefined, column: string): string | undefined {
  if (sort === column || sort === `+${column}`) return `-${column}`
  return sort === `-${column}` ? undefined : column
}
