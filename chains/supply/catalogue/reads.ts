import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { FIRST_ID, pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { splitSale } from '../../production/links/rules.ts'
import { saleTerms } from '../../value/lots/terms.ts'
import { findProduct } from '../../value/products/reads.ts'
import type { Offer, OfferDetail, OwnOffer, Pavilion } from './contract.ts'

interface Row {
  readonly id: string
  readonly version: number
  readonly state: Offer['state']
  readonly product_id: string
  readonly name_zh: string
  readonly name_en: string
  readonly spec_zh: string
  readonly spec_en: string
  readonly seller_id: string
  readonly seller_name: string
  readonly county_code: string
  readonly county_name: string
  readonly class: string
  readonly unit: Offer['unit']
  readonly per_piece: number
  readonly price_fen: number
  readonly ship_days: number
  readonly recognised: boolean
  readonly available: number
  readonly lot_id: string
  readonly lot_code: string
  readonly harvested_on: string
}

/**
 * `$1` is the programme and `$2` today, in every statement on offers `o` that are chosen before: what is left of a lot is
 * looked up for those alone.
 */
const select = (
  offers: string,
) => `select o.id, o.version, o.state, o.product_id, o.seller_id, o.lot_id, o.spec_zh, o.spec_en,
    o.per_piece, o.price_fen, o.ship_days, p.name_zh, p.name_en, p.county_code, p.class, p.unit, a.name_zh as county_name,
    s.name_zh as seller_name, l.code as lot_code, l.harvested_on,
    coalesce($2::date between p.recognised_from and p.recognised_to, false) as recognised,
    greatest(coalesce(k.balance - k.held, 0), 0) / o.per_piece as available
  from (${offers}) o
  join product p on p.programme_id = o.programme_id and p.id = o.product_id
  join area a on a.code = p.county_code
  join organisation s on s.programme_id = o.programme_id and s.id = o.seller_id
  join lot l on l.programme_id = o.programme_id and l.id = o.lot_id
  left join ledger_account k on k.programme_id = $1 and k.account = o.stock`

const own = `o.*, 'stock/lot/' || o.lot_id as stock`

interface Filter {
  readonly after?: string | undefined
  readonly limit: number
  readonly pavilion?: string | undefined
  readonly county?: string | undefined
  readonly class?: string | undefined
}

/** What is on sale, one page in one statement; a pavilion's rule is applied where the rows are read. */
export async function listOffers(tx: Reader, filter: Filter): Promise<Page<Offer>> {
  const rows = await tx.query<Row>(
    `${select(`select ${own} from offer o
     join product p on p.programme_id = o.programme_id and p.id = o.product_id
     left join pavilion v on v.programme_id = o.programme_id and v.key = $7
     where o.programme_id = $1 and o.state = 'listed' and o.id > $3
       and ($4::text is null or p.county_code = $4)
       and ($5::text is null or p.class = $5 or (p.class collate "C" >= $5 || '/' and p.class collate "C" < $5 || '0'))
       and ($7::text is null or (v.key is not null
         and (not v.recognised_only or $2::date between p.recognised_from and p.recognised_to)
         and (cardinality(v.area_prefixes) = 0 or p.county_code like any (select prefix || '%' from unnest(v.area_prefixes) prefix))))
     order by o.id limit $6`)} order by o.id`,
    [
      tx.programme,
      dateOf(tx.at),
      filter.after ?? FIRST_ID,
      filter.county ?? null,
      filter.class ?? null,
      filter.limit + 1,
      filter.pavilion ?? null,
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
  const rows = await tx.query<Row>(
    `${select(`select ${own} from offer o where o.programme_id = $1 and o.id > $3 and ($4::text is null or o.state = $4) and ${sql}
     order by o.id limit $5`)} order by o.id`,
    [tx.programme, dateOf(tx.at), query.after ?? FIRST_ID, query.state ?? null, query.limit + 1, ...values],
  )
  return pageFrom(
    rows,
    query.limit,
    row => row.id,
    row => ({ ...offerOf(row), lotId: row.lot_id, lotCode: row.lot_code }),
  )
}

/** Households behind fewer than five are not counted out loud (DESIGN 3). */
const SMALLEST_CELL = 5

/** One offer with its product's story and what a piece of it brings to households at today's links. */
export async function readOffer(tx: Reader, id: string): Promise<Result<OfferDetail, 'offer.not_found'>> {
  const [row] = await tx.query<Row>(
    select(`select ${own} from offer o where o.programme_id = $1 and o.id = $3`),
    [tx.programme, dateOf(tx.at), id],
    'offer-read',
  )
  const product = row && (await findProduct(tx, row.product_id))
  if (!row || !product) return refuse('offer.not_found')
  const { ownQuantity, sources, dividends, households } = await saleTerms(tx, {
    lotId: row.lot_id,
    cooperativeId: row.seller_id,
    on: dateOf(tx.at),
  })
  const { cooperativeFen } = splitSale(
    { amountFen: row.price_fen, quantity: row.per_piece, ownQuantity },
    sources,
    dividends,
  )
  return ok({
    ...offerOf(row),
    product,
    lotCode: row.lot_code,
    harvestedOn: row.harvested_on,
    households: households < SMALLEST_CELL ? null : households,
    householdFen: row.price_fen - cooperativeFen,
  })
}

const offerOf = (row: Row): Offer => ({
  id: row.id,
  version: row.version,
  state: row.state,
  productId: row.product_id,
  nameZh: row.name_zh,
  nameEn: row.name_en,
  specZh: row.spec_zh,
  specEn: row.spec_en,
  sellerId: row.seller_id,
  sellerName: row.seller_name,
  countyCode: row.county_code,
  countyName: row.county_name,
  class: row.class,
  unit: row.unit,
  perPiece: row.per_piece,
  priceFen: row.price_fen,
  shipDays: row.ship_days,
  recognised: row.recognised,
  available: row.available,
})

export async function listPavilions(tx: Reader): Promise<Pavilion[]> {
  const rows = await tx.db
    .selectFrom('pavilion')
    .selectAll()
    .where('programme_id', '=', tx.programme)
    .orderBy('key')
    .execute()
  return rows.map(row => ({
    key: row.key,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    recognisedOnly: row.recognised_only,
  }))
}
