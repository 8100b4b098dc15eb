import type { Reader } from '@silian/kernel/database/database.ts'
import type { SearchSort } from './contract.ts'
import type { Counted } from './counts.ts'
import { facetFrom, type ReadFacet } from './facet.ts'
import { type Asked, arrays, columns, type FoundRow, scoring } from './page.ts'

/** More are gathered and counted where they are. */
const MOST_HITS = 2000

interface HitRow {
  readonly facet: string | null
  readonly ids: string
  readonly prices: string
  readonly sold: string
  readonly benefits: string
  readonly listed: string
  readonly scores: string
}

/** Everything that a reading finds, one statement; undefined of more than `MOST_HITS`. */
export async function hitsOf(tx: Reader, { generation, groups, reading }: Asked): Promise<Hits | undefined> {
  const rows = await tx.query<HitRow>(
    'select * from offers_hit($1, $2, $3, $4, $5, $6, $7)',
    [generation, arrays(groups), ...scoring(reading), MOST_HITS],
    'offers-hit',
  )
  return rows.some(({ facet }) => facet === null) ? undefined : new Hits(rows)
}

/** `{1,2}`; numbers are read as JSON, which is much quicker than one by one. */
const listed = (array: string): string[] => array.slice(1, -1).split(',')
const numbers = (array: string): number[] => JSON.parse(`[${array.slice(1, -1)}]`)

type Column = 'sold' | 'price_fen' | 'benefit_fen' | 'listed_at'

/** In columns: some seventy bytes an offer. A place in them is one by id. */
export class Hits {
  readonly #facets: readonly ReadFacet[]
  readonly #facetOf: Uint16Array
  readonly #ids: string
  readonly #columns: Readonly<Record<Column, Float64Array>>
  readonly #scores: Uint8Array
  readonly #orders = new Map<SearchSort, Uint16Array>()

  constructor(rows: readonly HitRow[]) {
    this.#facets = rows.map(({ facet }) => facetFrom(facet!))
    const idsOf = rows.map(row => listed(row.ids))
    const ids = idsOf.flat()
    const facetOf = idsOf.flatMap((own, facet) => own.map(() => facet))
    const byId = ids.map((_, i) => i).sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1))
    const column = (of: (row: HitRow) => string): Float64Array => {
      const values = rows.flatMap(row => numbers(of(row)))
      return Float64Array.from(byId, i => values[i]!)
    }
    this.#ids = byId.map(i => ids[i]).join('')
    this.#facetOf = Uint16Array.from(byId, i => facetOf[i]!)
    this.#columns = {
      sold: column(row => row.sold),
      price_fen: column(row => row.prices),
      benefit_fen: column(row => row.benefits),
      listed_at: column(row => row.listed),
    }
    this.#scores = Uint8Array.from(column(row => row.scores))
  }

  /** What lies between the prices, by facet. */
  counted(asked: Asked): Counted[] {
    const counts = new Uint16Array(this.#facets.length)
    this.#facetOf.forEach((facet, hit) => {
      if (this.#costs(hit, asked)) counts[facet]! += 1
    })
    return this.#facets.flatMap((facet, i) => (counts[i]! > 0 ? [{ facet, n: counts[i]! }] : []))
  }

  /** One more than the page holds, where there are more. */
  page(asked: Asked): FoundRow[] {
    const { after, limit } = asked
    const isShown = this.#facets.map(facet => asked.holds(facet))
    const rows: FoundRow[] = []
    for (const hit of this.#orderOf(asked.sort)) {
      if (!isShown[this.#facetOf[hit]!] || !this.#costs(hit, asked)) continue
      const row = this.#row(hit, asked.sort)
      if (after && !isAfter(row, after, columns[asked.sort][1])) continue
      rows.push(row)
      if (rows.length > limit) break
    }
    return rows
  }

  #costs(hit: number, { priceFrom, priceTo }: Asked): boolean {
    const price = this.#columns.price_fen[hit]!
    return (priceFrom === null || price >= priceFrom) && (priceTo === null || price <= priceTo)
  }

  #row(hit: number, sort: SearchSort): FoundRow {
    return {
      offer_id: this.#ids.slice(hit * ID, hit * ID + ID),
      score: sort === 'relevance' ? this.#scores[hit]! : 0,
      value: this.#columns[columns[sort][0]][hit]!,
      sold: this.#columns.sold[hit]!,
      benefit_fen: this.#columns.benefit_fen[hit]!,
    }
  }

  /** As `offers_gathered` orders. */
  #orderOf(sort: SearchSort): Uint16Array {
    const known = this.#orders.get(sort)
    if (known) return known
    const [column, isUp] = columns[sort]
    const values = this.#columns[column]
    const scoreOf = (hit: number) => (sort === 'relevance' ? this.#scores[hit]! : 0)
    const order = Uint16Array.from(this.#facetOf, (_, hit) => hit).sort(
      (a, b) => scoreOf(b) - scoreOf(a) || (values[a]! - values[b]! || a - b) * (isUp ? 1 : -1),
    )
    this.#orders.set(sort, order)
    return order
  }
}

/** Signs of an id. */
const ID = 36

function isAfter(
  { score, value, offer_id: id }: FoundRow,
  after: NonNullable<Asked['after']>,
  isUp: boolean,
): boolean {
  if (score !== after.score) return score < after.score
  const [up, isSame] = value === after.value ? [id > after.id, id === after.id] : [value > after.value, false]
  return !isSame && up === isUp
}
