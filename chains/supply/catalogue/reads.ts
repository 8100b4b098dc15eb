import type { Reach } from '@silian/kernel/access/permit.ts'
import type { Principal } from '@silian/kernel/access/principal.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import { uuidArray } from '@silian/kernel/database/array.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { FIRST_ID, pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { householdsPart } from '../../production/links/rules.ts'
import { saleTermsFrom, saleTermsJson, type TermsJson } from '../../value/lots/terms.ts'
import { type ClassReference, newestOfClassJson } from '../../value/prices/class-reference.ts'
import { type DetailJson, detailFrom, productDetailJson } from '../../value/products/reads.ts'
import type { MarketPrice, Offer, OfferDetail, OwnOffer } from './contract.ts'
import { enters, viewersOf } from './pavilions.ts'
import { type OfferRow, offerOf, ownColumns, selectOffers, soldGrams } from './rows.ts'
import { fenPerKilogram } from './rules.ts'

interface Filter {
  readonly after?: string | undefined
  readonly limit: number
  readonly pavilion?: string | undefined
  readonly county?: string | undefined
  readonly class?: string | undefined
}

/** What is on sale, one page in one statement; a pavilion's rule is applied where the rows are read. */
export async function listOffers(tx: Reader, principal: Principal, filter: Filter): Promise<Page<Offer>> {
  const viewers = filter.pavilion === undefined ? [] : await viewersOf(tx, principal)
  const rows = await tx.query<OfferRow>(
    `${selectOffers(`select ${ownColumns} from offer o
     join product p on p.programme_id = o.programme_id and p.id = o.product_id
     left join pavilion v on v.programme_id = o.programme_id and v.key = $7 and v.state = 'open' and v.valid_to is null
       and v.seen_by && $8::text[]
     where o.programme_id = $1 and o.state = 'listed' and o.id > $3
       and ($4::text is null or p.county_code = $4)
       and ($5::text is null or p.class = $5 or (p.class collate "C" >= $5 || '/' and p.class collate "C" < $5 || '0'))
       and ($7::text is null or (v.key is not null and
         ${enters('coalesce($2::date between p.recognised_from and p.recognised_to, false)', 'p.county_code')}))
     order by o.id limit $6`)} order by o.id`,
    [
      tx.programme,
      dateOf(tx.at),
      filter.after ?? FIRST_ID,
      filter.county ?? null,
      filter.class ?? null,
      filter.limit + 1,
      filter.pavilion ?? null,
      viewers,
    ],
  )
  return pageFrom(rows, filter.limit, row => row.id, offerOf)
}

/** A seller's offers, withdrawn ones too. */
export async function listOwnOffers(
  tx: Reader,
  reach: Reach,
  query: { after?: string | undefined; limit: number; state?: Offer['state'] | undefined },
): Promise<Page<OwnOffer>> {
  const { sql, values } = reachPredicate(
    reach,
    { programme: 'o.programme_id', organisations: ['o.seller_id'] },
    6,
  )
  const rows = await tx.query<OfferRow>(
    `${selectOffers(`select ${ownColumns} from offer o where o.programme_id = $1 and o.id > $3 and ($4::text is null or o.state = $4) and ${sql}
     order by o.id limit $5`)} order by o.id`,
    [tx.programme, dateOf(tx.at), query.after ?? FIRST_ID, query.state ?? null, query.limit + 1, ...values],
  )
  return pageFrom(
    rows,
    query.limit,
    row => row.id,
    row => ({ ...offerOf(row), lotId: row.lot_id, lotCode: row.lot_code, code: row.code }),
  )
}

/** Households behind fewer than five are not counted out loud (DESIGN 3). */
const SMALLEST_CELL = 5

interface DetailRow extends OfferRow {
  readonly product: DetailJson
  readonly terms: TermsJson
  readonly quoted: ClassReference | null
}

const selectDetail = selectOffers(
  `select ${ownColumns} from offer o where o.programme_id = $1 and o.id = any((select $3::uuid[])::uuid[])`,
  [
    `${productDetailJson} as product`,
    `${saleTermsJson('o.seller_id')} as terms`,
    `${newestOfClassJson('p.class', '$2::date')} as quoted`,
  ],
)

/**
 * Offers with their products' stories, what a piece of each brings to households at today's links, and what the market
 * says, in the places of their ids: product pages that are asked for at the same moment are one statement.
 */
export async function readOffers(
  tx: Reader,
  ids: readonly string[],
): Promise<Result<OfferDetail, 'offer.not_found'>[]> {
  const rows = await tx.query<DetailRow>(
    selectDetail,
    [tx.programme, dateOf(tx.at), uuidArray([...new Set(ids)])],
    'offers-read',
  )
  const found = new Map(rows.map(row => [row.id, detailOf(row)]))
  return ids.map(id => {
    const offer = found.get(id)
    return offer ? ok(offer) : refuse('offer.not_found')
  })
}

function detailOf(row: DetailRow): OfferDetail {
  const { ownQuantity, sources, dividends, households } = saleTermsFrom(row.terms)
  const piece = { priceFen: row.price_fen, perPiece: row.per_piece, ownQuantity }
  return {
    ...offerOf(row),
    product: detailFrom(row.product),
    lotCode: row.lot_code,
    harvestedOn: row.harvested_on,
    households: households < SMALLEST_CELL ? null : households,
    householdFen: householdsPart(piece, sources, dividends),
    market: besideMarket(row),
  }
}

function besideMarket(row: DetailRow): MarketPrice | null {
  const offerFen = fenPerKilogram(row.price_fen, soldGrams(row))
  if (offerFen === null || !row.quoted) return null
  const { market, item, on, fen, per } = row.quoted
  return { market, item, on, marketFen: fenPerKilogram(fen, per)!, offerFen }
}
