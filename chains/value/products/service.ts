import { findArea } from '@silian/kernel/access/areas.ts'
import { findOrganisation } from '@silian/kernel/access/organisations.ts'
import { covers, type Reach } from '@silian/kernel/access/permit.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import type { Kit } from '../../kit.ts'
import { hasActiveLink } from '../../production/links/reads.ts'
import { isProduceClass } from './classes.ts'
import type { NewProduct } from './contract.ts'

export type ProductRefusal =
  | 'organisation.not_found'
  | 'area.not_found'
  | 'product.class_unknown'
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
  if (cooperative?.validTo !== null || !covers(reach, { organisationIds: [cooperative.id] }))
    return refuse('organisation.not_found')
  const county = await findArea(tx, input.countyCode)
  if (county?.level !== 'county') return refuse('area.not_found', { code: input.countyCode })
  if (!(await isProduceClass(tx, input.class))) return refuse('product.class_unknown', { class: input.class })
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
      variety: input.variety ?? '',
      grade: input.grade ?? '',
      marks: input.marks ?? [],
      county_code: input.countyCode,
      area_path: county.path,
      cooperative_id: input.cooperativeId,
      unit: input.unit,
      story_zh: input.storyZh ?? '',
      story_en: input.storyEn ?? '',
      source: input.source,
      created_at: tx.at,
    })
    .onConflict(c => c.doNothing())
    .returning('id')
    .execute()
  if (rows.length === 0) return refuse('product.key_taken', { key: input.key })
  await keepCertificates(tx, id, input.certificates ?? [])
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

async function keepCertificates(
  tx: Writer,
  productId: string,
  certificates: NonNullable<NewProduct['certificates']>,
): Promise<void> {
  if (certificates.length === 0) return
  await tx.db
    .insertInto('product_certificate')
    .values(
      certificates.map(({ validTo, ...certificate }) => ({
        ...{ programme_id: tx.programme, id: newId(), product_id: productId, created_at: tx.at },
        ...certificate,
        valid_to: validTo ?? null,
      })),
    )
    .onConflict(c => c.doNothing())
    .execute()
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
