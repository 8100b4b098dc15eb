import type { Reader } from '@silian/kernel/database/database.ts'
import type { SearchSort } from './contract.ts'
import type { ReadFacet } from './facet.ts'
import type { Reading } from './reading.ts'

/** Exact up to so many; above it is said that there are more. */
export const MOST_COUNTED = 10_000

/** A place in a list: of which reading of the query, and the last offer's score, value and id. */
export interface Place {
  readonly reading: number
  readonly score: number
  readonly value: number
  readonly id: string
}

export const placeText = ({ reading, score, value, id }: Place): string =>
  [reading, score, value, id].join('.')

export function placeFrom(text: string | undefined): Place | undefined {
  const [reading, score, value, id] = text?.split('.') ?? []
  return id === undefined
    ? undefined
    : { reading: Number(reading), score: Number(score), value: Number(value), id }
}

export interface Asked {
  readonly generation: number
  /** Each a list of tokens of which an offer must have one. */
  readonly groups: readonly (readonly number[])[]
  /** The same; they narrow what is shown and not what is counted. */
  readonly filters: readonly (readonly number[])[]
  /** The filters, said of a facet. */
  readonly holds: (facet: ReadFacet) => boolean
  readonly priceFrom: number | null
  readonly priceTo: number | null
  readonly sort: SearchSort
  readonly reading: Reading | undefined
  readonly after: Place | undefined
  readonly limit: number
}

export interface FoundRow {
  readonly offer_id: string
  readonly score: number
  readonly value: number
  readonly sold: number
  readonly benefit_fen: number
}

type GatheredRow = (FoundRow & { facet: null }) | { offer_id: null; facet: string; n: number }

export const columns = {
  relevance: ['sold', false],
  sold: ['sold', false],
  price: ['price_fen', true],
  price_down: ['price_fen', false],
  benefit: ['benefit_fen', false],
  newest: ['listed_at', false],
} as const satisfies Readonly<Record<SearchSort, readonly [column: string, isUp: boolean]>>

export const arrays = (groups: readonly (readonly number[])[]): string[] =>
  groups.map(group => `{${group.join(',')}}`)
const escaped = (word: string) => word.replace(/[\\%_]/g, '\\$&')

/** What an offer's score is made of: names, classes, ends of names, words in names. */
export function scoring(reading: Reading | undefined): (readonly string[])[] {
  const groups = reading?.groups ?? []
  const written = groups.flatMap(group => group.written).map(escaped)
  return [
    reading?.titles ?? [],
    groups.flatMap(({ classes }) => classes.flatMap(path => [path, `${path}/%`])),
    written.map(word => `%${word}`),
    written.map(word => `%${word}%`),
  ]
}

/** Gathers what is found: one page in order, and of the first page how many there are of each facet. One statement. */
export async function gather(
  tx: Reader,
  asked: Asked,
  counted: boolean,
): Promise<{ rows: FoundRow[]; facets: { facet: string; n: number }[] }> {
  const [column, isUp] = columns[asked.sort]
  const rows = await tx.query<GatheredRow>(
    'select * from offers_gathered($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)',
    [
      asked.generation,
      arrays(asked.groups),
      arrays(asked.filters),
      asked.priceFrom,
      asked.priceTo,
      ...scoring(asked.reading),
      asked.sort === 'relevance' && asked.reading !== undefined,
      ...[column, isUp, asked.after?.score ?? null, asked.after?.value ?? null, asked.after?.id ?? null],
      ...[asked.limit + 1, counted, MOST_COUNTED + 1],
    ],
    'offers-gathered',
  )
  return {
    rows: rows.filter(row => row.offer_id !== null),
    facets: rows.filter(row => row.offer_id === null),
  }
}

/** A page in the order of a column, where too many are found to gather them. */
export function inOrder(tx: Reader, asked: Asked): Promise<FoundRow[]> {
  const [column, isUp] = columns[asked.sort]
  return tx.query<FoundRow>(
    'select * from offers_in_order($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [
      asked.generation,
      arrays([...asked.groups, ...asked.filters]),
      ...[asked.priceFrom, asked.priceTo, column, isUp, asked.after?.value ?? null, asked.after?.id ?? null],
      asked.limit + 1,
    ],
    'offers-in-order',
  )
}
