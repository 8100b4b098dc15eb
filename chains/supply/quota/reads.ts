import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import type { z } from 'zod'
import type { canteens, Declaration, Rule } from './contract.ts'

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

interface Row {
  readonly id: string
  readonly unit_id: string
  readonly unit_name: string
  readonly canteen_id: string | null
  readonly year: number
  readonly kind: Declaration['kind']
  readonly base_fen: number
  readonly reserved_fen: number
  readonly ratio_bp: number
  readonly state: Declaration['state']
  readonly in_approval: number
  readonly ordered: number
  readonly completed: number
  readonly left_fen: number
}

/** Declarations with the four figures of each quota, one page in one statement (R5: a pending approval already counts). */
export async function listDeclarations(
  tx: Reader,
  reach: Reach,
  query: { after?: string | undefined; limit: number; year?: number | undefined },
): Promise<Page<Declaration>> {
  const { sql, values } = reachPredicate(
    reach,
    { programme: 'd.programme_id', organisations: ['d.unit_id'], areaPath: 'd.area_path' },
    4,
  )
  const rows = await tx.query<Row>(
    `select d.*, u.name_zh as unit_name, r.ratio_bp,
       coalesce(q.balance, 0) as completed, coalesce(b.balance - b.held, 0) as left_fen,
       coalesce(w.in_approval, 0)::bigint as in_approval, coalesce(w.ordered, 0)::bigint as ordered
     from declaration d
     join organisation u on u.programme_id = d.programme_id and u.id = d.unit_id
     join quota_rule r on r.programme_id = d.programme_id and r.id = d.rule_id
     left join ledger_account q on q.programme_id = d.programme_id and q.account = 'quota/declaration/' || d.id
     left join ledger_account b on b.programme_id = d.programme_id and b.account = 'budget/declaration/' || d.id
     left join lateral (select sum(o.total_fen) filter (where o.state = 'in_approval') as in_approval,
         sum(o.total_fen) filter (where o.state in ('approved', 'shipped', 'accepted')) as ordered
       from "order" o where o.programme_id = d.programme_id and o.declaration_id = d.id) w on true
     where d.id > $1 and ($2::int is null or d.year = $2) and ${sql} order by d.id limit $3`,
    [query.after ?? '00000000-0000-0000-0000-000000000000', query.year ?? null, query.limit + 1, ...values],
  )
  return pageFrom(
    rows,
    query.limit,
    row => row.id,
    row => ({
      id: row.id,
      unitId: row.unit_id,
      unitName: row.unit_name,
      canteenId: row.canteen_id,
      year: row.year,
      kind: row.kind,
      baseFen: row.base_fen,
      reservedFen: row.reserved_fen,
      ratioBp: row.ratio_bp,
      state: row.state,
      inApprovalFen: row.in_approval,
      orderedFen: row.ordered,
      completedFen: row.completed,
      leftFen: row.left_fen,
    }),
  )
}
