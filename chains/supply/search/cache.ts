import type { Principal } from '@silian/kernel/access/principal.ts'
import type { Database, Reader } from '@silian/kernel/database/database.ts'
import { Group } from '@silian/kernel/database/group.ts'
import type { Pavilion } from '../catalogue/contract.ts'
import { listPavilions } from '../catalogue/pavilions.ts'
import { Cards } from './cards.ts'
import type { Counted, Names } from './counts.ts'
import { facetFrom } from './facet.ts'
import { currentGeneration } from './generation.ts'
import { tokensOf } from './lookup.ts'
import { type SearchArea, type SearchClass, searchAreas, searchClasses } from './reference.ts'
import { writings } from './written.ts'

/** Counts of a whole programme: what everybody's first page shows is counted once a second, not once a visitor. */
const COUNTS_MS = 1000
/** What is older than it should be by so little is given once more while it is asked again. */
const LATE_MS = 500
/** Searches under way at once. */
const FINDS = 4
/** Names of places and classes hardly ever change. */
const NAMES_MS = 60_000
/** Kept at once; a page takes some forty kilobytes. */
const MOST = 400

interface Kept {
  readonly until: number
  readonly value: Promise<unknown>
  /** Somebody asks again already. */
  isRenewed?: true
}

/**
 * What many searches of one process ask alike. Who comes while it is asked waits for the same answer; when it has just
 * become old, one asks again and nobody waits. That goes on after the answer, so it is for a `look` alone.
 */
export class SearchCache {
  readonly #kept = new Map<string, Kept>()
  readonly cards: Cards
  /** Each takes several statements: who has begun is done before others begin, so that nobody waits once for each. */
  readonly #finds = new Group<() => Promise<unknown>, unknown>({
    most: 1,
    flights: FINDS,
    run: async ([find]) => [await find!()],
  })

  constructor(database: Database) {
    this.cards = new Cards(database)
  }

  #once<T>(key: string, ms: number, make: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(key)
    const late = kept ? performance.now() - kept.until : Number.POSITIVE_INFINITY
    if (late < 0) return kept!.value as Promise<T>
    if (late > LATE_MS) return this.#keep(key, ms, make())
    if (!kept!.isRenewed) this.#renew(kept!, key, ms, make())
    return kept!.value as Promise<T>
  }

  #keep<T>(key: string, ms: number, value: Promise<T>): Promise<T> {
    this.#kept.delete(key)
    this.#kept.set(key, { until: performance.now() + ms, value })
    if (this.#kept.size > MOST) this.#kept.delete(this.#kept.keys().next().value!)
    value.catch(() => this.#kept.delete(key))
    return value
  }

  #renew<T>(kept: Kept, key: string, ms: number, value: Promise<T>): void {
    kept.isRenewed = true
    value.then(
      () => this.#keep(key, ms, value),
      () => this.#kept.delete(key),
    )
  }

  /** The index that answers. One that was swapped is kept for a while: see `clearPast`. */
  generation(tx: Reader): Promise<number | undefined> {
    return this.#once(
      `generation ${tx.programme}`,
      COUNTS_MS,
      async () => (await currentGeneration(tx))?.generation,
    )
  }

  /** The same page is not found twice within a second, unless something was written: visitors of a shop look alike. */
  page<T>(principal: Principal, query: object, find: () => Promise<T>): Promise<T> {
    if (principal.kind !== 'public' && principal.kind !== 'customer') return find()
    const key = `page ${principal.programme} ${writings(principal.programme)} ${principal.kind} ${JSON.stringify(query)}`
    return this.#once(key, COUNTS_MS, () => this.#finds.submit(find) as Promise<T>)
  }

  /** Tokens by key. A token is never given to another key; one that is not there yet is asked for again. */
  async tokens(tx: Reader, generation: number, keys: readonly string[]): Promise<Map<string, number>> {
    const known = await this.#once<Map<string, number>>(
      `tokens ${tx.programme} ${generation}`,
      NAMES_MS,
      async () => new Map(),
    )
    const missing = keys.filter(key => !known.has(key))
    for (const [key, token] of await tokensOf(tx, generation, missing)) known.set(key, token)
    return known
  }

  /** Everything on sale by facet. */
  counted(tx: Reader, generation: number): Promise<Counted[]> {
    return this.#once(
      `counted ${tx.programme} ${generation} ${writings(tx.programme)}`,
      COUNTS_MS,
      async () =>
        countedFrom(
          await tx.query<{ facet: string; n: number }>(
            'select facet, n from offer_facets($1)',
            [generation],
            'offer-facets',
          ),
        ),
    )
  }

  /** Pavilions that somebody sees: the same for all who are not at a desk. */
  pavilions(tx: Reader, principal: Principal): Promise<Pavilion[]> {
    if (principal.kind !== 'public' && principal.kind !== 'customer') return listPavilions(tx, principal)
    return this.#once(`pavilions ${tx.programme} ${principal.kind}`, COUNTS_MS, () =>
      listPavilions(tx, principal),
    )
  }

  /** What places and classes are called. */
  async names(tx: Reader, counties: readonly string[]): Promise<Names> {
    const classes = await this.#once<Map<string, SearchClass>>('classes', NAMES_MS, () => searchClasses(tx))
    const areas = await this.#once<Map<string, SearchArea>>(
      `areas ${tx.programme}`,
      NAMES_MS,
      async () => new Map(),
    )
    const missing = counties.filter(county => !areas.has(county))
    if (missing.length > 0) for (const [step, area] of await searchAreas(tx, missing)) areas.set(step, area)
    return { area: step => areas.get(step), class: path => classes.get(path) }
  }
}

export const countedFrom = (rows: readonly { facet: string; n: number }[]): Counted[] =>
  rows.map(({ facet, n }) => ({ facet: facetFrom(facet), n }))
