import { everythingOf } from '@silian/kernel/access/permit.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import type { Effect, Subject } from '@silian/kernel/process/define.ts'
import { ok, refuse } from '@silian/kernel/result/result.ts'
import { addDays, dateOf } from '@silian/kernel/time/shanghai.ts'
import { recogniseProduct } from './service.ts'

/** The product that a recognition is about: its co-operative applies. */
export async function findSubject(tx: Reader, id: string): Promise<Subject | undefined> {
  const [row] = await tx.query<{ cooperative_id: string; area_path: string; name_zh: string }>(
    'select cooperative_id, area_path, name_zh from product where programme_id = $1 and id = $2',
    [tx.programme, id],
    'product-subject',
  )
  return row && { organisationId: row.cooperative_id, areaPath: row.area_path, title: row.name_zh }
}

/** The product is recognised for the term of the listing: the catalogue and its figures go by that. */
export const keepRecognition: Effect = async (tx, kit, { about, validFrom, validTo }) => {
  if (!about || !validFrom || !validTo) return refuse('product.not_found')
  const [kept] = await tx.query(
    'select 1 from product where programme_id = $1 and id = $2 and recognised_from = $3 and recognised_to = $4',
    [tx.programme, about, validFrom, addDays(validTo, -1)],
  )
  // back from its yearly check within the same term: nothing new is said
  if (kept) return ok(null)
  return recogniseProduct(tx, kit, everythingOf(tx.programme), about, {
    from: validFrom,
    to: addDays(validTo, -1),
  })
}

/** Ends it with the day before: what was sold until then was recognised. */
export const endRecognition: Effect = async (tx, kit, { about }) => {
  const until = addDays(dateOf(tx.at), -1)
  const [row] = await tx.query<{ from: string; county_code: string }>(
    `update product set recognised_from = least(recognised_from, $3::date), recognised_to = $3
      where programme_id = $1 and id = $2 and recognised_to > $3
      returning recognised_from as from, county_code`,
    [tx.programme, about, until],
  )
  if (!row) return ok(null)
  await kit.recorder.record(tx, {
    type: 'product.withdrawn',
    subject: about ?? '',
    holder: `area:${row.county_code}`,
    pub: { product: about ?? '', county: row.county_code, from: row.from, to: until },
  })
  return ok(null)
}
