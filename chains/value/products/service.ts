import { findArea } from '@silian/kernel/access/areas.ts'
import { findOrganisation } from '@silian/kernel/access/organisations.ts'
import { covers, type Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import type { Kit } from '../../kit.ts'
import { hasActiveLink } from '../../production/links/reads.ts'
import type { NewProduct, Product } from './contract.ts'

export type ProductRefusal =
  | 'organisation.not_found'
  | 'area.not_found'
  | 'product.key_taken'
  | 'product.not_found'
  | 'product.recognition_period'
  | 'product.no_link'

/** Puts a co-operative's product on record; it is sold as assistance only once it is recognised. */
export async function createProduct(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  input: NewProduct,
): Promise<Result<{ id: string }, ProductRefusal>> {
  const cooperative = await findOrganisation(tx, input.cooperativeId)
  if (!cooperative || !covers(reach, { organisationIds: [cooperative.id] }))
    return refuse('organisation.not_found')
  const county = await findArea(tx, input.countyCode)
  if (county?.level !== 'county') return refuse('area.not_found', { code: input.countyCode })
  const id = input.id ?? newId(tx.at.getTime())
  const rows = await tx.db
    .insertInto('product')
    .values({
      programme_id: tx.programme,
      id,
      key: input.key,
      name_zh: input.nameZh,
      name_en: input.nameEn,
      class: input.class,
      county_code: input.countyCode,
      area_path: county.path,
      cooperative_id: input.cooperativeId,
      unit: input.unit,
      story_zh: input.storyZh,
      story_en: input.storyEn,
      source: input.source,
      created_at: tx.at,
    })
    .onConflict(c => c.doNothing())
    .returning('id')
    .execute()
  if (rows.length === 0) return refuse('product.key_taken', { key: input.key })
  await kit.recorder.record(tx, {
    type: 'product.created',
    subject: id,
    holder: input.cooperativeId,
    pub: {
      product: id,
      key: input.key,
      name: input.nameZh,
      class: input.class,
      county: input.countyCode,
      cooperative: input.cooperativeId,
      unit: input.unit,
    },
  })
  return ok({ id })
}

/** The county recognises a product for a time (2.4): quality, a fair price and a working benefit link. */
export async function recogniseProduct(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  id: string,
  period: { from: string; to: string },
): Promise<Result<{ id: string }, ProductRefusal>> {
  if (period.to <= period.from) return refuse('product.recognition_period')
  const product = await tx.db
    .selectFrom('product')
    .selectAll()
    .where('programme_id', '=', tx.programme)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!product || !covers(reach, { areaPath: product.area_path })) return refuse('product.not_found')
  if (!(await hasActiveLink(tx, product.cooperative_id, dateOf(tx.at)))) return refuse('product.no_link')
  await tx.db
    .updateTable('product')
    .set({ recognised_from: period.from, recognised_to: period.to })
    .where('programme_id', '=', tx.programme)
    .where('id', '=', id)
    .execute()
  await kit.recorder.record(tx, {
    type: 'product.recognised',
    subject: id,
    holder: `area:${product.county_code}`,
    pub: { product: id, county: product.county_code, from: period.from, to: period.to },
  })
  return ok({ id })
}

interface Row {
  readonly id: string
  readonly key: string
  readonly name_zh: string
  readonly name_en: string
  readonly class: string
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

const select = `select p.id, p.key, p.name_zh, p.name_en, p.class, p.county_code, p.cooperative_id, p.unit, p.story_zh,
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

const productOf = (row: Row): Product => ({
  id: row.id,
  key: row.key,
  nameZh: row.name_zh,
  nameEn: row.name_en,
  class: row.class,
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
