import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { FIRST_ID, pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import { dateOf, yearOf } from '@silian/kernel/time/shanghai.ts'
import type { Declaration, MissingUnit, YearSummary } from './contract.ts'
import { yearGone } from './rules.ts'

interface Row {
  readonly id: string
  readonly unit_id: string
  readonly unit_name: string
  readonly canteen_id: string | null
  readonly canteen_name: string | null
  readonly sharing: string[]
  readonly contractor_name: string | null
  readonly year: number
  readonly kind: Declaration['kind']
  readonly base_fen: number
  readonly reserved_fen: number
  readonly ratio_bp: number
  readonly state: Declaration['state']
  readonly declared_at: Date
  readonly decided_at: Date | null
  readonly decision_note: string | null
  readonly last_year: number | null
  readonly expected: number
  readonly in_approval: number
  readonly ordered: number
  readonly completed: number
  readonly left_fen: number
}

interface Query {
  readonly after?: string | undefined
  readonly limit: number
  readonly year?: number | undefined
  readonly state?: Declaration['state'] | undefined
  readonly behind?: 'true' | undefined
}

/** A unit and whoever runs its outsourced canteen see its declarations; offices those of their area. */
const parties = {
  programme: 'd.programme_id',
  organisations: ['d.unit_id', 'k.id'],
  areaPath: 'd.area_path',
}

/**
 * Declarations with the four figures of each quota and its pace, one page in one statement (R5: a pending approval
 * already counts).
 */
export async function listDeclarations(tx: Reader, reach: Reach, query: Query): Promise<Page<Declaration>> {
  const { sql, values } = reachPredicate(reach, parties, 9)
  const { year, gone, days } = yearGone(dateOf(tx.at))
  const rows = await tx.query<Row>(
    `select * from (
       select d.*, u.name_zh as unit_name, r.ratio_bp, c.name_zh as canteen_name, k.name_zh as contractor_name,
         array(select w.name_zh from canteen_unit s join organisation w on w.programme_id = s.programme_id and w.id = s.unit_id
           where s.programme_id = d.programme_id and s.canteen_id = d.canteen_id and s.unit_id <> d.unit_id order by 1) as sharing,
         (select sum(l.reserved_fen)::bigint from declaration l join organisation o on o.programme_id = l.programme_id and o.id = l.unit_id
           where l.programme_id = d.programme_id and l.year = d.year - 1 and l.state = 'confirmed'
             and (o.id = d.unit_id or o.successor_id = d.unit_id)) as last_year,
         case when d.state <> 'confirmed' or d.year > $4 then 0 when d.year < $4 then d.reserved_fen
           else d.reserved_fen * $5::bigint / $6::bigint end as expected,
         coalesce(q.balance, 0) as completed, coalesce(b.balance - b.held, 0) as left_fen,
         coalesce(w.in_approval, 0)::bigint as in_approval, coalesce(w.ordered, 0)::bigint as ordered
       from declaration d
       join organisation u on u.programme_id = d.programme_id and u.id = d.unit_id
       join quota_rule r on r.programme_id = d.programme_id and r.id = d.rule_id
       left join canteen c on c.programme_id = d.programme_id and c.id = d.canteen_id and d.kind in ('own', 'outsourced')
       left join organisation k on k.programme_id = c.programme_id and k.id = case when d.kind = 'outsourced' then c.contractor_id end
       left join ledger_account q on q.programme_id = d.programme_id and q.account = 'quota/declaration/' || d.id
       left join ledger_account b on b.programme_id = d.programme_id and b.account = 'budget/declaration/' || d.id
       left join lateral (select sum(o.total_fen) filter (where o.state = 'in_approval') as in_approval,
           sum(o.total_fen) filter (where o.state in ('approved', 'shipped', 'accepted')) as ordered
         from "order" o where o.programme_id = d.programme_id and o.declaration_id = d.id) w on true
       where d.id > $1 and ($2::int is null or d.year = $2) and ($7::text is null or d.state = $7) and ${sql}) one
     where ($8::text is null or completed < expected) order by id limit $3`,
    [
      ...[query.after ?? FIRST_ID, query.year ?? null, query.limit + 1],
      ...[year, gone, days, query.state ?? null, query.behind ?? null, ...values],
    ],
  )
  return pageFrom(rows, query.limit, row => row.id, declarationOf)
}

const declarationOf = (row: Row): Declaration => ({
  id: row.id,
  unitId: row.unit_id,
  unitName: row.unit_name,
  canteenId: row.canteen_id,
  canteenName: row.canteen_name,
  sharing: row.sharing,
  contractorName: row.contractor_name,
  year: row.year,
  kind: row.kind,
  baseFen: row.base_fen,
  reservedFen: row.reserved_fen,
  ratioBp: row.ratio_bp,
  state: row.state,
  declaredAt: row.declared_at.toISOString(),
  decidedAt: row.decided_at?.toISOString() ?? null,
  note: row.decision_note ?? '',
  lastYearFen: row.last_year,
  expectedFen: row.expected,
  behind: row.completed < row.expected,
  inApprovalFen: row.in_approval,
  orderedFen: row.ordered,
  completedFen: row.completed,
  leftFen: row.left_fen,
})

/** Budget units in force that have to declare, with their declaration of the year that stands, if any. */
const units = `from organisation u
  left join declaration d on d.programme_id = u.programme_id and d.unit_id = u.id and d.year = $1 and d.state <> 'returned'
  where u.type = 'budget_unit' and (u.valid_to is null or u.valid_to > $2)`
const unitParties = { programme: 'u.programme_id', areaCode: 'u.area_code' }

/** Units within reach that have not declared a year, or whose declaration was returned and not made again. */
export async function listMissing(
  tx: Reader,
  reach: Reach,
  query: { after?: string | undefined; limit: number; year?: number | undefined },
): Promise<Page<MissingUnit>> {
  const { sql, values } = reachPredicate(reach, unitParties, 5)
  const rows = await tx.query<{ id: string; name_zh: string; area_name: string; returned: boolean }>(
    `select u.id, u.name_zh, (select a.name_zh from area a where a.code = u.area_code) as area_name,
       exists (select 1 from declaration r where r.programme_id = u.programme_id and r.unit_id = u.id and r.year = $1) as returned
     ${units} and d.id is null and u.id > $3 and ${sql} order by u.id limit $4`,
    [query.year ?? yearOf(tx.at), dateOf(tx.at), query.after ?? FIRST_ID, query.limit + 1, ...values],
  )
  return pageFrom(
    rows,
    query.limit,
    row => row.id,
    row => ({ unitId: row.id, unitName: row.name_zh, areaName: row.area_name, returned: row.returned }),
  )
}

/** How the year stands over all units within reach: the office's check of totals (P8). */
export async function summariseYear(
  tx: Reader,
  reach: Reach,
  { year = yearOf(tx.at) }: { year?: number | undefined },
): Promise<YearSummary> {
  const { sql, values } = reachPredicate(reach, unitParties, 3)
  const [row] = await tx.query<Omit<YearSummary, 'year' | 'missing'>>(
    `select count(*)::int as units, count(*) filter (where d.state = 'declared')::int as declared,
       count(*) filter (where d.state = 'confirmed')::int as confirmed, count(*) filter (where d.base_fen = 0)::int as zero,
       coalesce(sum(d.base_fen), 0)::bigint as "baseFen", coalesce(sum(d.reserved_fen), 0)::bigint as "reservedFen",
       coalesce(sum((select q.balance from ledger_account q where q.programme_id = d.programme_id
         and q.account = 'quota/declaration/' || d.id)), 0)::bigint as "completedFen",
       (select max(r.declare_by) from quota_rule r where r.programme_id = min(u.programme_id) and r.year = $1) as "declareBy"
     ${units} and ${sql}`,
    [year, dateOf(tx.at), ...values],
  )
  return { ...row!, year, missing: row!.units - row!.declared - row!.confirmed }
}
