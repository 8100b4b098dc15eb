import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import type { z } from 'zod'
import type { canteens, Rule } from './contract.ts'

export async function listRules(tx: Reader): Promise<Rule[]> {
  const rows = await tx.db
    .selectFrom('quota_rule')
    .selectAll()
    .where('programme_id', '=', tx.programme)
    .orderBy('year')
    .orderBy('area_code')
    .execute()
  return rows.map(row => ({
    id: row.id,
    year: row.year,
    areaCode: row.area_code,
    base: row.base,
    ratioBp: row.ratio_bp,
    productAreas: row.product_areas,
    channels: row.channels,
    recognisedOnly: row.recognised_only,
    notBelowLastYear: row.not_below_last,
    ...(row.declare_by && { declareBy: row.declare_by }),
    source: row.source,
  }))
}

interface CanteenRow {
  readonly id: string
  readonly name_zh: string
  readonly name_en: string
  readonly area_code: string
  readonly contractor_id: string | null
  readonly units: string[]
}

/** A canteen is seen by each unit it serves and by the offices of its area. */
export async function listCanteens(tx: Reader, reach: Reach): Promise<z.infer<typeof canteens>> {
  const { sql, values } = reachPredicate(reach, {
    programme: 'u.programme_id',
    organisations: ['u.unit_id'],
    areaCode: 'c.area_code',
  })
  const rows = await tx.query<CanteenRow>(
    `select c.*, array(select unit_id::text from canteen_unit w where w.programme_id = c.programme_id and w.canteen_id = c.id
        order by w.representative desc, w.unit_id) as units
     from canteen c where exists (select 1 from canteen_unit u where u.programme_id = c.programme_id and u.canteen_id = c.id and ${sql})
     order by c.id limit 500`,
    values,
  )
  return rows.map(row => ({
    id: row.id,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    areaCode: row.area_code,
    contractorId: row.contractor_id,
    unitIds: row.units,
  }))
}

/** Declarations whose canteen is run by one of the reach's organisations: they may order for its unit (P8, P10). */
export async function contractedDeclarations(tx: Reader, reach: Reach): Promise<string[]> {
  if (reach.everything || reach.organisationIds.length === 0) return []
  const rows = await tx.query<{ id: string }>(
    `select d.id from canteen c join declaration d on d.programme_id = c.programme_id and d.canteen_id = c.id
     where c.programme_id = $1 and c.contractor_id = any($2::uuid[]) and d.kind = 'outsourced'`,
    [reach.programme, reach.organisationIds],
    'canteen-contracted',
  )
  return rows.map(row => row.id)
}
