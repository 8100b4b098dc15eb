import type { Principal } from '@silian/kernel/access/principal.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Offer, Pavilion } from '../catalogue/contract.ts'
import { awayFor } from './away.ts'
import { countedFrom, type SearchCache } from './cache.ts'
import type { Cards } from './cards.ts'
import type { AwayGoods, ShopFacets, ShopItem, ShopPage, ShopQuery } from './contract.ts'
import { type Counted, countFacets } from './counts.ts'
import { filtersOf, isIn, pavilionKeys } from './filters.ts'
import type { Generation } from './generation.ts'
import { rangesIn } from './highlight.ts'
import { type Asked, type FoundRow, gather, inOrder, MOST_COUNTED, placeFrom, placeText } from './page.ts'
import type { Reading } from './reading.ts'

/** A list shorter than this is gathered and put in order; a longer one is read in the order of an index. */
const FEW = 2000

interface Found {
  readonly rows: readonly FoundRow[]
  /** Undefined on later pages. */
  readonly counted?: readonly Counted[]
  readonly more: boolean
  readonly reading?: Reading
  readonly place: number
}

type FoundPage = Found & { readonly facets: ShopFacets | undefined; readonly away: readonly AwayGoods[] }

const nothing = { rows: [], counted: [], more: false, place: 0, facets: undefined, away: [] }

/**
 * What is on sale and fits the query, in its order; without words everything is listed. The number of statements does
 * not depend on how much there is. Refuses `pavilion.not_found` for one that the caller does not see.
 */
export async function findOffers(
  tx: Reader,
  principal: Principal,
  query: ShopQuery,
  cache: SearchCache,
): Promise<Result<ShopPage, 'pavilion.not_found'>> {
  const pavilions = await cache.pavilions(tx, principal)
  const pavilion = pavilions.find(({ key }) => key === query.pavilion)
  if (query.pavilion !== undefined && !pavilion) return refuse('pavilion.not_found')
  const index = await cache.generation(tx)
  if (!index) return ok(await pageOf(tx, cache.cards, 0, nothing, query))
  const find = () => findIn(tx, index, { pavilions, pavilion }, query, cache)
  // what was found by another rule is not found again
  const asked = { ...query, rules: pavilions.map(({ key, version }) => `${key} ${version}`) }
  return ok(
    await cache.page(principal, index, asked, async () =>
      pageOf(tx, cache.cards, index.revision, await cache.found(principal, index, asked, find), query),
    ),
  )
}

interface Seen {
  readonly pavilions: readonly Pavilion[]
  /** The one that is asked for. */
  readonly pavilion: Pavilion | undefined
}

async function findIn(
  tx: Reader,
  index: Generation,
  { pavilions, pavilion }: Seen,
  query: ShopQuery,
  cache: SearchCache,
): Promise<FoundPage> {
  const { generation } = index
  const all = await cache.counted(tx, index)
  const counties = [...new Set(all.map(({ facet }) => facet.county))]
  const rules = pavilion ? pavilionKeys(pavilion, counties) : []
  const filters = filtersOf(query)
  const keys = filters.map(filter => filter.keys)
  const tokens = await cache.tokens(tx, generation, [...rules, ...keys].flat())
  const groupsOf = (all: readonly (readonly string[])[]) =>
    all.map(each => each.map(key => tokens.get(key) ?? NEVER))
  const asked: Asked = {
    generation,
    groups: groupsOf(rules),
    filters: groupsOf(keys),
    holds: facet => filters.every(({ holds }) => holds(facet)),
    priceFrom: query.priceFrom ?? null,
    priceTo: query.priceTo ?? null,
    ...{ sort: query.sort, reading: undefined, after: placeFrom(query.after), limit: query.limit },
  }
  const listed = pavilion ? all.filter(({ facet }) => isIn(pavilion, facet)) : all
  const found =
    query.q !== undefined
      ? await search(tx, index, asked, query.q, cache)
      : asked.priceFrom !== null || asked.priceTo !== null
        ? await gathered(tx, asked)
        : await list(tx, asked, listed)
  const facets =
    found.counted &&
    ({
      ...countFacets(found.counted, query, pavilions, await cache.names(tx, counties)),
      more: found.more,
    } satisfies ShopFacets)
  return { ...found, facets, away: await awayOf(tx, query, found, cache) }
}

/** Asked where nothing, or nothing but what is like it, is found. */
const awayOf = async (tx: Reader, { q, after }: ShopQuery, { rows, reading }: Found, cache: SearchCache) =>
  q === undefined || after !== undefined || (rows.length > 0 && !reading?.isLoose)
    ? []
    : awayFor(q, await cache.calendar(tx))

/** No offer has it. */
const NEVER = -1

/** The whole catalogue, or what filters leave of it: how much that is, is known before. */
async function list(tx: Reader, asked: Asked, counted: readonly Counted[]): Promise<Found> {
  const total = counted.reduce((n, { facet, n: more }) => (asked.holds(facet) ? n + more : n), 0)
  const narrowed = { ...asked, groups: [...asked.groups, ...asked.filters], filters: [] }
  const rows = total > FEW ? await inOrder(tx, narrowed) : (await gather(tx, narrowed, false)).rows
  return { rows, more: false, place: 0, ...(asked.after ? {} : { counted }) }
}

/** The first way to understand the query that finds something; a later page goes on with the way of the first. */
async function search(
  tx: Reader,
  index: Generation,
  asked: Asked,
  text: string,
  cache: SearchCache,
): Promise<Found> {
  let place = -1
  for await (const reading of await cache.readings(tx, index, text)) {
    place += 1
    if (reading.groups.length === 0 || (asked.after && asked.after.reading !== place)) continue
    const groups = [...asked.groups, ...reading.groups.map(({ tokens }) => tokens)]
    const found = await understood(tx, index, { ...asked, groups, reading }, cache)
    if (asked.after || found.counted?.length) return { ...found, reading, place }
  }
  return nothing
}

/** What a reading finds: little is kept, and whatever else is asked of it is read from that. */
async function understood(tx: Reader, index: Generation, asked: Asked, cache: SearchCache): Promise<Found> {
  const hits = await cache.hits(tx, index, asked)
  if (!hits) return gathered(tx, asked)
  const counted = asked.after ? {} : { counted: hits.counted(asked) }
  return { rows: hits.page(asked), more: false, place: 0, ...counted }
}

/** Gathers and counts; what is too much for that is narrowed first, or read in the order of an index. */
async function gathered(tx: Reader, asked: Asked): Promise<Found> {
  const { rows, facets } = await gather(tx, asked, true)
  const more = facets.reduce((sum, { n }) => sum + n, 0) > MOST_COUNTED
  if (more && asked.filters.length > 0)
    return gathered(tx, { ...asked, groups: [...asked.groups, ...asked.filters], filters: [] })
  return {
    rows: more ? await inOrder(tx, asked) : rows,
    ...{ more, place: 0 },
    ...(asked.after ? {} : { counted: countedFrom(facets) }),
  }
}

async function pageOf(
  tx: Reader,
  cards: Cards,
  revision: number,
  { rows, reading, place, facets, away }: FoundPage,
  query: ShopQuery,
): Promise<ShopPage> {
  const shown = rows.slice(0, query.limit)
  const ids = shown.map(({ offer_id }) => offer_id)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  return {
    items: itemsOf(shown, await cards.of(tx.programme, revision, ids), reading),
    facets: facets ?? null,
    next: last ? placeText({ ...last, id: last.offer_id, reading: place }) : null,
    corrected: reading?.corrected ?? null,
    loose: reading?.isLoose ?? false,
    away: [...away],
  }
}

/** Without what was withdrawn since it was found. */
const itemsOf = (
  found: readonly FoundRow[],
  cards: readonly (Offer | undefined)[],
  reading: Reading | undefined,
): ShopItem[] =>
  found.flatMap(({ sold, benefit_fen: householdFen }, i) => {
    const offer = cards[i]
    if (!offer) return []
    const soldOut = offer.available < offer.leastPieces
    return [{ ...offer, sold, householdFen, soldOut, marked: rangesIn(offer.nameZh, reading) }]
  })
