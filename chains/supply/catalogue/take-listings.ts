import { covers, type Reach } from '@silian/kernel/access/permit.ts'
import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { type Fault, fault } from '@silian/kernel/declared/values.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { type Intake, judged, type TakenIn } from '@silian/kernel/register/intake.ts'
import type { RegisterKit } from '@silian/kernel/register/kit.ts'
import type { RowInput } from '@silian/kernel/register/save.ts'
import { settingOf } from '@silian/kernel/settings/settings.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { isActiveSupplier } from '../../production/suppliers/service.ts'
import { onlyActiveSuppliers } from '../../settings.ts'
import type { OfferPrice } from './contract.ts'
import { listing } from './listing.ts'
import { checkTerms } from './rules.ts'
import { lockOffers, noTerms, type Terms } from './service.ts'
import { insertOffers, type OfferVersion, updateOffers } from './write-offers.ts'

/** A line of the sheet, judged by itself; what was not given is undefined. */
interface Line {
  readonly given: Readonly<Record<string, unknown>>
  readonly prices: readonly OfferPrice[] | undefined
  readonly faults: Fault[]
  readonly isBad: boolean
  version?: OfferVersion
  before?: OfferVersion
}

interface Goods {
  readonly id: string
  readonly key: string
  readonly unit: 'g' | 'piece'
  readonly seller: string
}

/**
 * Puts a sheet's offers on the shelf, or changes those that its codes name. The same again changes nothing; of goods
 * that are another's is said that they are not there. Faults: `listing.no_product`, `.no_lot`, `.not_active`,
 * `.other_goods` where the code is of an offer of other goods, or of other pieces, and those of an offer's prices.
 */
async function takeListings(
  tx: Writer,
  kit: RegisterKit,
  reach: Reach,
  rows: readonly RowInput[],
): Promise<TakenIn[]> {
  const lines = rows.map(row => lineOf(row, dateOf(tx.at)))
  const goods = await goodsOf(tx, reach, lines)
  const lots = await lotsOf(tx, [...goods.values()], lines)
  const active = await activeOf(tx, [...goods.values()])
  const known = await offersOf(tx, [...goods.values()], lines)
  for (const line of lines.filter(({ given }) => given.product)) {
    const found = goods.get(line.given.product as string)
    if (!found) line.faults.push(fault('product', 'listing.no_product'))
    else if (!active.has(found.seller)) line.faults.push(fault('product', 'listing.not_active'))
    else
      draw(
        line,
        found,
        lots.get(`${found.id} ${line.given.lot}`),
        known.get(`${found.seller} ${line.given.code}`),
        tx.at,
      )
  }
  const sound = lines.filter(({ faults, version }) => faults.length === 0 && version)
  const fresh = sound.filter(({ before }) => !before).map(({ version }) => version!)
  const changed = sound.filter(({ version, before }) => before && !isSame(version!, before))
  if (fresh.length > 0) {
    const made = await insertOffers(tx, kit, fresh)
    // another's transaction may have taken a code since we looked
    for (const line of sound)
      if (!line.before && !made.has(line.version!.row.id)) line.faults.push(fault('code', 'listing.taken'))
  }
  if (changed.length > 0) await updateOffers(tx, kit, changed.map(next))
  return lines.map(line => outcomeOf(line, changed))
}

const next = ({ version }: Line): OfferVersion => ({
  ...version!,
  row: { ...version!.row, version: version!.row.version + 1 },
})

function outcomeOf(line: Line, changed: readonly Line[]): TakenIn {
  if (line.isBad || line.faults.length > 0) return { kind: 'refused', faults: line.faults }
  if (!line.before) return { kind: 'added' }
  return { kind: changed.includes(line) ? 'changed' : 'unchanged' }
}

function lineOf(input: RowInput, today: string): Line {
  const { given, givenParts, faults } = judged(listing, input, today)
  const prices = givenParts.tier?.map(({ group, pieces, lowered }) => ({
    ...{ group: group as OfferPrice['group'], fromPieces: Number(pieces), priceFen: Number(lowered) },
  }))
  return { given, prices, faults, isBad: input.isBad ?? false }
}

/** The version that a line asks for, over the one that stands. */
function draw(
  line: Line,
  goods: Goods,
  lot: string | undefined,
  before: OfferVersion | undefined,
  at: Date,
): void {
  const { given, faults } = line
  const isOther = (perPiece: number) => !Number.isNaN(perPiece) && before?.row.per_piece !== perPiece
  if (lot === undefined && given.lot !== undefined) faults.push(fault('lot', 'listing.no_lot'))
  const grams = Number(given.netGrams)
  const perPiece = Number(given.perPiece ?? (goods.unit === 'g' ? grams : 1))
  if (before && (before.row.product_id !== goods.id || isOther(perPiece)))
    faults.push(fault('code', 'listing.other_goods'))
  if (line.isBad || faults.length > 0) return
  const row = {
    ...{ id: before?.row.id ?? newId(at.getTime()), version: before?.row.version ?? 1 },
    state: (given.state ?? before?.row.state ?? 'listed') as 'listed' | 'withdrawn',
    ...{ product_id: goods.id, seller_id: goods.seller, lot_id: lot!, per_piece: perPiece },
    spec_zh: String(given.specZh),
    spec_en: String(given.specEn ?? before?.row.spec_en ?? given.specZh),
    price_fen: Number(given.price),
    ship_days: Number(given.shipDays ?? before?.row.ship_days ?? 7),
    ...termsOf(given, before?.row ?? noTerms),
  }
  const prices = line.prices ?? before?.prices ?? []
  const sound = checkTerms(row, prices)
  if (sound.ok) {
    line.version = { row, prices }
    if (before) line.before = before
    return
  }
  const wrong = prices.findLastIndex(
    ({ group, fromPieces }) => group === sound.params.group && fromPieces === sound.params.from,
  )
  const column = wrong < 0 ? 'mostPieces' : line.prices ? `tier.${wrong + 1}.lowered` : 'price'
  faults.push(fault(column, sound.code.replace('offer.', 'listing.'), sound.params))
}

/** What a sheet has no column for stays; a cell that is empty clears. */
function termsOf(given: Line['given'], before: Terms): Terms {
  const said = <T>(name: string, then: T, empty: T): T =>
    given[name] === undefined ? then : ((given[name] ?? empty) as T)
  return {
    code: String(given.code),
    net_grams: Number(given.netGrams),
    lead_days: said('leadDays', before.lead_days, 0),
    season_from: said('seasonFrom', before.season_from, null),
    season_to: said('seasonTo', before.season_to, null),
    shelf_life_days: said('shelfLife', before.shelf_life_days, null),
    cold_chain: said('coldChain', before.cold_chain, false),
    least_pieces: said('leastPieces', before.least_pieces, 1),
    most_pieces: said('mostPieces', before.most_pieces, null),
  }
}

const isSame = (a: OfferVersion, b: OfferVersion): boolean => text(a) === text(b)
const text = ({ row, prices }: OfferVersion): string =>
  JSON.stringify([
    Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)),
    prices.map(({ group, fromPieces, priceFen }) => `${group} ${fromPieces} ${priceFen}`).sort(),
  ])

async function goodsOf(
  tx: Reader,
  reach: Reach,
  lines: readonly Line[],
): Promise<ReadonlyMap<string, Goods>> {
  const rows = await tx.query<Goods>(
    'select id, key, unit, cooperative_id as seller from product where programme_id = $1 and key = any($2)',
    [tx.programme, textsOf(lines, 'product')],
    'listing-products',
  )
  const own = rows.filter(({ seller }) => covers(reach, { organisationIds: [seller] }))
  return new Map(own.map(row => [row.key, row]))
}

/** Product and code of a lot → its id. */
async function lotsOf(
  tx: Reader,
  goods: readonly Goods[],
  lines: readonly Line[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ id: string; code: string; product_id: string }>(
    'select id, code, product_id from lot where programme_id = $1 and product_id = any($2::uuid[]) and code = any($3)',
    [tx.programme, goods.map(({ id }) => id), textsOf(lines, 'lot')],
    'listing-lots',
  )
  return new Map(rows.map(({ id, code, product_id }) => [`${product_id} ${code}`, id]))
}

/** Seller and code → the offer that stands. */
async function offersOf(
  tx: Writer,
  goods: readonly Goods[],
  lines: readonly Line[],
): Promise<ReadonlyMap<string, OfferVersion>> {
  const sellers = [...new Set(goods.map(({ seller }) => seller))]
  const codes = textsOf(lines, 'code')
  const found = await lockOffers(tx, 'o.seller_id = any($2::uuid[]) and o.code = any($3)', sellers, codes)
  return new Map(found.map(offer => [`${offer.row.seller_id} ${offer.row.code}`, offer]))
}

async function activeOf(tx: Reader, goods: readonly Goods[]): Promise<ReadonlySet<string>> {
  const sellers = new Set(goods.map(({ seller }) => seller))
  if (!(await settingOf(tx, onlyActiveSuppliers))) return sellers
  for (const seller of sellers) if (!(await isActiveSupplier(tx, seller))) sellers.delete(seller)
  return sellers
}

const textsOf = (lines: readonly Line[], column: string): string[] => [
  ...new Set(lines.flatMap(({ given }) => (typeof given[column] === 'string' ? [given[column]] : []))),
]

export const listings: Intake = { register: listing, takeIn: takeListings }
