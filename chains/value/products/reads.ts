import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import type { Certificate, Mark, Media, Product, ProductDetail } from './contract.ts'

interface Row {
  readonly id: string
  readonly key: string
  readonly name_zh: string
  readonly name_en: string
  readonly class: string
  readonly variety: string
  readonly grade: string
  readonly marks: Mark[]
  readonly county_code: string
  readonly county_name: string
  readonly cooperative_id: string
  readonly cooperative_name: string
  readonly unit: 'g' | 'piece'
  readonly story_zh: string
  readonly story_en: string
  readonly source: string
  readonly recognised_from: string | null
  readonly recognised_to: string | null
}

const select = `select p.id, p.key, p.name_zh, p.name_en, p.class, p.variety, p.grade, p.marks, p.county_code, p.cooperative_id, p.unit, p.story_zh,
    p.story_en, p.source, p.recognised_from, p.recognised_to, a.name_zh as county_name, o.name_zh as cooperative_name from product p
  join area a on a.code = p.county_code
  join organisation o on o.programme_id = p.programme_id and o.id = p.cooperative_id`

const parties = { programme: 'p.programme_id', organisations: ['p.cooperative_id'], areaPath: 'p.area_path' }

export async function listProducts(
  tx: Reader,
  reach: Reach,
  query: { after?: string | undefined; limit: number; county?: string | undefined },
): Promise<Page<Product>> {
  const { sql, values } = reachPredicate(reach, parties, 4)
  const rows = await tx.query<Row>(
    `${select} where p.key > $1 and ($2::text is null or p.county_code = $2) and ${sql} order by p.key limit $3`,
    [query.after ?? '', query.county ?? null, query.limit + 1, ...values],
  )
  return pageFrom(rows, query.limit, row => row.key, productOf)
}

export async function findProduct(tx: Reader, id: string): Promise<Product | undefined> {
  const [row] = await tx.query<Row>(
    `${select} where p.programme_id = $1 and p.id = $2`,
    [tx.programme, id],
    'product-find',
  )
  return row && productOf(row)
}

/** One that lies within the caller's reach. */
export async function readOwnProduct(
  tx: Reader,
  reach: Reach,
  id: string,
): Promise<ProductDetail | undefined> {
  const { sql, values } = reachPredicate(reach, parties, 3)
  const [own] = await tx.query(`select 1 from product p where p.programme_id = $1 and p.id = $2 and ${sql}`, [
    ...[tx.programme, id],
    ...values,
  ])
  return own && readProductDetail(tx, id)
}

/** A product `p` of a county `a`, with its papers and its pictures, as JSON for `detailFrom`. `$1` is the programme. */
export const productDetailJson = `json_build_object('id', p.id, 'key', p.key, 'name_zh', p.name_zh, 'name_en', p.name_en,
    'class', p.class, 'variety', p.variety, 'grade', p.grade, 'marks', p.marks, 'county_code', p.county_code,
    'county_name', a.name_zh, 'cooperative_id', p.cooperative_id, 'unit', p.unit, 'story_zh', p.story_zh,
    'story_en', p.story_en, 'source', p.source, 'recognised_from', p.recognised_from, 'recognised_to', p.recognised_to,
    'cooperative_name', (select s.name_zh from organisation s where s.programme_id = $1 and s.id = p.cooperative_id),
    'certificates', coalesce((select json_agg(json_build_object('kind', c.kind, 'number', c.number, 'issuer', c.issuer,
        'validTo', c.valid_to, 'source', c.source) order by c.kind, c.number)
      from product_certificate c where c.programme_id = $1 and c.product_id = p.id), '[]'),
    'media', coalesce((select json_agg(json_build_object('id', m.id, 'altZh', m.alt_zh, 'altEn', m.alt_en,
        'width', m.width, 'height', m.height) order by m.place, m.id)
      from product_media m where m.programme_id = $1 and m.product_id = p.id and m.removed_at is null), '[]'))`

export interface DetailJson extends Row {
  readonly certificates: Certificate[]
  readonly media: Media[]
}

export async function readProductDetail(tx: Reader, id: string): Promise<ProductDetail | undefined> {
  const [row] = await tx.query<{ detail: DetailJson }>(
    `select ${productDetailJson} as detail from product p join area a on a.code = p.county_code
     where p.programme_id = $1 and p.id = $2`,
    [tx.programme, id],
    'product-detail',
  )
  return row && detailFrom(row.detail)
}

export const detailFrom = ({ certificates, media, ...row }: DetailJson): ProductDetail => ({
  ...productOf(row),
  certificates,
  media,
})

const productOf = (row: Row): Product => ({
  id: row.id,
  key: row.key,
  nameZh: row.name_zh,
  nameEn: row.name_en,
  class: row.class,
  variety: row.variety,
  grade: row.grade,
  marks: row.marks,
  countyCode: row.county_code,
  countyName: row.county_name,
  cooperativeId: row.cooperative_id,
  cooperativeName: row.cooperative_name,
  unit: row.unit,
  storyZh: row.story_zh,
  storyEn: row.story_en,
  source: row.source,
  recognised:
    row.recognised_from && row.recognised_to ? { from: row.recognised_from, to: row.recognised_to } : null,
})
