import type { Reader } from '@silian/kernel/database/database.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { householdsPart } from '../../production/links/rules.ts'
import { saleTermsOf } from '../../value/lots/terms.ts'
import type { Mark } from '../../value/products/contract.ts'

/** All of an offer on sale that searching goes by. */
export interface OfferSource {
  readonly id: string
  readonly nameZh: string
  readonly nameEn: string
  readonly specZh: string
  readonly variety: string
  readonly grade: string
  readonly sellerName: string
  readonly countyCode: string
  readonly class: string
  readonly marks: readonly Mark[]
  readonly certificates: readonly string[]
  readonly cold: boolean
  readonly recognised: boolean
  readonly priceFen: number
  readonly householdFen: number
  readonly households: number
  /** Milliseconds. */
  readonly listedAt: number
}

type Row = Omit<OfferSource, 'householdFen' | 'households'> & {
  readonly lotId: string
  readonly sellerId: string
  readonly perPiece: number
}

/** Those of the offers that are on sale; a fixed number of statements for any number of them. */
export async function readSources(tx: Reader, ids: readonly string[]): Promise<OfferSource[]> {
  const on = dateOf(tx.at)
  const rows = await tx.query<Row>(
    `select o.id, p.name_zh as "nameZh", p.name_en as "nameEn", o.spec_zh as "specZh", p.variety, p.grade,
       s.name_zh as "sellerName", p.county_code as "countyCode", p.class, p.marks, o.cold_chain as cold,
       coalesce((select array_agg(distinct c.kind order by c.kind) from product_certificate c
         where c.programme_id = $1 and c.product_id = o.product_id and coalesce(c.valid_to >= $3, true)), '{}') as certificates,
       coalesce($3::date between p.recognised_from and p.recognised_to, false) as recognised,
       o.price_fen as "priceFen", (extract(epoch from o.created_at) * 1000)::bigint as "listedAt", o.lot_id as "lotId",
       o.seller_id as "sellerId", o.per_piece as "perPiece"
     from offer o join product p on p.programme_id = o.programme_id and p.id = o.product_id
     join organisation s on s.programme_id = o.programme_id and s.id = o.seller_id
     where o.programme_id = $1 and o.id = any($2::uuid[]) and o.state = 'listed'`,
    [tx.programme, ids, on],
    'offer-sources',
  )
  const terms = await saleTermsOf(tx, {
    lots: rows.map(row => ({ lotId: row.lotId, cooperativeId: row.sellerId })),
    on,
  })
  return rows.map(row => {
    const { ownQuantity, sources, dividends, households } = terms(row.lotId, row.sellerId)
    const householdFen = householdsPart({ ...row, ownQuantity }, sources, dividends)
    return { ...row, households, householdFen }
  })
}
