import type { Principal } from '@silian/kernel/access/principal.ts'
import type { Database, Reader } from '@silian/kernel/database/database.ts'
import { Group } from '@silian/kernel/database/group.ts'
import type { Pavilion } from '../catalogue/contract.ts'
import { listPavilions } from '../catalogue/pavilions.ts'
import { type AwayNames, type Calendar, searchCalendar } from './away.ts'
import { Cards } from './cards.ts'
import type { Counted } from './counts.ts'
import { facetFrom } from './facet.ts'
import { currentGeneration, type Generation } from './generation.ts'
import { type Hits, hitsOf } from './hits.ts'
import { tokensOf } from './lookup.ts'
import { Once } from './once.ts'
import type { Asked } from './page.ts'
import type { Reading } from './reading.ts'
import { readings } from './readings.ts'
import { type SearchArea, type SearchClass, searchAreas, searchClasses } from './reference.ts'
import { Replayed } from './replayed.ts'
import { type TreeWords, treeWords } from './tree-words.ts'
import { writings } from './written.ts'

/** Which index answers and what was written into it is asked once a second; a page is as it was then. */
const PAGE_MS = 1000
/** Searches under way at once. */
const FINDS = 4
/** Names of places and classes hardly ever change. */
const NAMES_MS = 60_000
/** Found until it is written anew; what was sold meanwhile is told a little later. */
const FOUND_MS = 10_000
/** The same, of what is dearer to find. */
const HITS_MS = 30_000

/** What many searches of one process ask alike. */
export class SearchCache {
  readonly #few = new Once(1000)
  /** A page takes some forty kilobytes. */
  readonly #pages = new Once(400)
  readonly #found = new Once(1000)
  /** What of their readings was made, each of some kilobytes. */
  readonly #readings = new Once(1000)
  readonly #askedFor = new Once(2000)
  /** Each takes 140 kilobytes at most. */
  readonly #hits = new Once(500)
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

  /** The index that answers. One that was swapped is kept for a while: see `clearPast`. */
  generation(tx: Reader): Promise<Generation | undefined> {
    return this.#few.of(`generation ${tx.programme}`, PAGE_MS, () => currentGeneration(tx))
  }

  /** The same page is not made twice within a second, unless the index was written: visitors of a shop look alike. */
  page<T>(principal: Principal, index: Generation, query: object, make: () => Promise<T>): Promise<T> {
    return isAnyone(principal) ? this.#pages.of(keyOf(principal, index, query), PAGE_MS, make) : make()
  }

  /** What a query finds, found again when the index was written. */
  found<T>(principal: Principal, index: Generation, query: object, find: () => Promise<T>): Promise<T> {
    const begin = () => this.#finds.submit(find) as Promise<T>
    return isAnyone(principal) ? this.#found.of(keyOf(principal, index, query), FOUND_MS, begin) : begin()
  }

  /** Ways to understand a text, whatever else is asked of it. */
  readings(tx: Reader, index: Generation, text: string): Promise<AsyncIterable<Reading>> {
    return this.#readings.of(
      `${stateOf(tx.programme, index)} ${text}`,
      NAMES_MS,
      async () => new Replayed(() => readings(tx, index.generation, text, () => this.treeWords(tx))),
    )
  }

  /** What a reading finds, where it is asked again, with other filters or prices, and not too much to keep. */
  async hits(tx: Reader, index: Generation, asked: Asked): Promise<Hits | undefined> {
    const key = `${stateOf(tx.programme, index)} ${JSON.stringify([asked.groups, asked.reading])}`
    const before = await this.#askedFor.of(key, NAMES_MS, async () => ({ times: 0 }))
    before.times += 1
    return before.times === 1 ? undefined : this.#hits.of(key, HITS_MS, () => hitsOf(tx, asked))
  }

  /** Tokens by key. A token is never given to another key; one that is not there yet is asked for again. */
  async tokens(tx: Reader, generation: number, keys: readonly string[]): Promise<Map<string, number>> {
    const known = await this.#few.of<Map<string, number>>(
      `tokens ${tx.programme} ${generation}`,
      NAMES_MS,
      async () => new Map(),
    )
    const missing = keys.filter(key => !known.has(key))
    for (const [key, token] of await tokensOf(tx, generation, missing)) known.set(key, token)
    return known
  }

  /** Everything on sale by facet. */
  counted(tx: Reader, index: Generation): Promise<Counted[]> {
    return this.#few.of(`counted ${stateOf(tx.programme, index)}`, FOUND_MS, async () =>
      countedFrom(
        await tx.query<{ facet: string; n: number }>(
          'select facet, n from offer_facets($1)',
          [index.generation],
          'offer-facets',
        ),
      ),
    )
  }

  /** Pavilions that somebody sees: the same for all who are not at a desk. */
  pavilions(tx: Reader, principal: Principal): Promise<Pavilion[]> {
    if (!isAnyone(principal)) return listPavilions(tx, principal)
    return this.#few.of(`pavilions ${tx.programme} ${principal.kind}`, PAGE_MS, () =>
      listPavilions(tx, principal),
    )
  }

  /** What places and classes are called. */
  async names(tx: Reader, counties: readonly string[]): Promise<AwayNames> {
    const classes = await this.#few.of<Map<string, SearchClass>>('classes', NAMES_MS, () => searchClasses(tx))
    const areas = await this.#few.of<Map<string, SearchArea>>(
      `areas ${tx.programme}`,
      NAMES_MS,
      async () => new Map(),
    )
    const missing = counties.filter(county => !areas.has(county))
    if (missing.length > 0) for (const [step, area] of await searchAreas(tx, missing)) areas.set(step, area)
    return { area: step => areas.get(step), class: path => classes.get(path) }
  }

  /** What is harvested when and where, on sale or not. */
  calendar(tx: Reader): Promise<Calendar> {
    return this.#few.of(`calendar ${tx.programme}`, FOUND_MS, () =>
      searchCalendar(tx, counties => this.names(tx, counties)),
    )
  }

  /** Words of goods, on sale or not. */
  treeWords(tx: Reader): Promise<TreeWords> {
    return this.#few.of('tree words', NAMES_MS, async () => treeWords((await searchClasses(tx)).values()))
  }
}

/** Whoever is at no desk sees the same. */
const isAnyone = ({ kind }: Principal): boolean => kind === 'public' || kind === 'customer'

/** What was written by now: by whoever wrote, told once a second, and by this process. */
const stateOf = (programme: string, { generation, revision }: Generation): string =>
  `${programme} ${generation} ${revision} ${writings(programme)}`

const keyOf = ({ programme, kind }: Principal, index: Generation, query: object): string =>
  `${kind} ${stateOf(programme, index)} ${JSON.stringify(query)}`

export const countedFrom = (rows: readonly { facet: string; n: number }[]): Counted[] =>
  rows.map(({ facet, n }) => ({ facet: facetFrom(facet), n }))
