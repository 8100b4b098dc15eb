import type { Mark } from '../../value/products/contract.ts'
import type { Offer, OfferPrice } from './contract.ts'
import { fenPerKilogram } from './rules.ts'

/** An offer as the statements below read it. */
export interface OfferRow {
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
  readonly variety: string
  readonly grade: string
  readonly marks: Mark[]
  readonly unit: Offer['unit']
  readonly per_piece: number
  readonly price_fen: number
  readonly ship_days: number
  readonly net_grams: number | null
  readonly lead_days: number
  readonly season_from: number | null
  readonly season_to: number | null
  readonly shelf_life_days: number | null
  readonly cold_chain: boolean
  readonly least_pieces: number
  readonly most_pieces: number | null
  readonly code: string | null
  readonly prices: OfferPrice[]
  readonly cover: string | null
  readonly recognised: boolean
  readonly available: number
  readonly lot_id: string
  readonly lot_code: string
  readonly harvested_on: string
}

/** Prices of the version of an offer `o`, as json: least number first. */
export const pricesOf = (offer: string): string =>
  `coalesce((select jsonb_agg(jsonb_build_object('group', t.buyer_group, 'fromPieces', t.from_pieces, 'priceFen', t.price_fen)
      order by t.buyer_group, t.from_pieces)
    from offer_price t where t.programme_id = $1 and t.offer_id = ${offer}.id and t.version = ${offer}.version), '[]')`

/**
 * `$1` is the programme and `$2` today, in every statement on offers `o` that are chosen before: what is left of a lot is
 * looked up for those alone, like `more`. As a subquery: joined, row security has every account of the programme read.
 */
export const selectOffers = (
  offers: string,
  more: readonly string[] = [],
): string => `select o.id, o.version, o.state, o.product_id, o.seller_id, o.lot_id, o.spec_zh, o.spec_en,
    o.per_piece, o.price_fen, o.ship_days, o.net_grams, o.lead_days, o.season_from, o.season_to, o.shelf_life_days,
    o.cold_chain, o.least_pieces, o.most_pieces, o.code, p.name_zh, p.name_en, p.county_code, p.class, p.variety, p.grade,
    p.marks, p.unit, a.name_zh as county_name, s.name_zh as seller_name, l.code as lot_code, l.harvested_on,
    coalesce($2::date between p.recognised_from and p.recognised_to, false) as recognised,
    coalesce((select greatest(k.balance - k.held, 0) from ledger_account k
      where k.programme_id = $1 and k.account = o.stock), 0) / o.per_piece as available,
    ${pricesOf('o')} as prices,
    (select m.id from product_media m where m.programme_id = $1 and m.product_id = o.product_id and m.removed_at is null
      order by m.place, m.id limit 1) as cover${more.map(column => `,\n    ${column}`).join('')}
  from (${offers}) o
  join product p on p.programme_id = o.programme_id and p.id = o.product_id
  join area a on a.code = p.county_code
  join organisation s on s.programme_id = o.programme_id and s.id = o.seller_id
  join lot l on l.programme_id = o.programme_id and l.id = o.lot_id`

/** Of the inner statement: an offer with the account of its stock. */
export const ownColumns = `o.programme_id, o.id, o.version, o.state, o.product_id, o.seller_id, o.lot_id, o.spec_zh, o.spec_en,
  o.per_piece, o.price_fen, o.ship_days, o.net_grams, o.lead_days, o.season_from, o.season_to, o.shelf_life_days,
  o.cold_chain, o.least_pieces, o.most_pieces, o.code, 'stock/lot/' || o.lot_id as stock`

/** What a piece weighs: as its label says, or else what it takes from the lot. */
export const soldGrams = ({ unit, net_grams, per_piece }: OfferRow): number | null =>
  net_grams ?? (unit === 'g' ? per_piece : null)

export const offerOf = (row: OfferRow): Offer => ({
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
  variety: row.variety,
  grade: row.grade,
  marks: row.marks,
  unit: row.unit,
  perPiece: row.per_piece,
  priceFen: row.price_fen,
  fenPerKilogram: fenPerKilogram(row.price_fen, soldGrams(row)),
  shipDays: row.ship_days,
  netGrams: row.net_grams,
  leadDays: row.lead_days,
  season: row.season_from && row.season_to ? { from: row.season_from, to: row.season_to } : null,
  shelfLifeDays: row.shelf_life_days,
  coldChain: row.cold_chain,
  leastPieces: row.least_pieces,
  mostPieces: row.most_pieces,
  prices: row.prices,
  cover: row.cover,
  recognised: row.recognised,
  available: row.available,
})
