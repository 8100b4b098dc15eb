import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { FIRST_ID, pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import { maskName } from '@silian/kernel/personal/masks.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { gradesOf } from '@silian/kernel/signing/grades.ts'
import type { Kit } from '../../kit.ts'
import { owedTo } from '../settlement/accounts.ts'
import { confirmationOf } from './confirmation.ts'
import type { Batch, Dispute, HouseholdStatement, PayoutItem } from './contract.ts'

const NEWEST = 'infinity|ffffffff-ffff-ffff-ffff-ffffffffffff'
const iso = (at: Date | null): string | null => at?.toISOString() ?? null

interface BatchRow {
  readonly id: string
  readonly county_code: string
  readonly county_name: string
  readonly state: Batch['state']
  readonly total_fen: number
  readonly households: number
  readonly open: number
  readonly created_at: Date
  readonly paid_at: Date | null
}

/** Newest first. An item waits for days and is confirmed for years: those that wait are counted, and have an index. */
export async function listBatches(
  tx: Reader,
  reach: Reach,
  query: { after?: string | undefined; limit: number },
): Promise<Page<Batch>> {
  const { sql, values } = reachPredicate(reach, { programme: 'b.programme_id', areaPath: 'b.area_path' }, 3)
  const rows = await tx.query<BatchRow>(
    `select b.*, a.name_zh as county_name, (select count(*) from payout_item i
       where i.programme_id = b.programme_id and i.batch_id = b.id and i.confirmed_at is null)::int as open
     from payout_batch b join area a on a.code = b.county_code
     where (b.created_at, b.id) < (split_part($1, '|', 1)::timestamptz, split_part($1, '|', 2)::uuid) and ${sql}
     order by b.created_at desc, b.id desc limit $2`,
    [query.after ?? NEWEST, query.limit + 1, ...values],
  )
  return pageFrom(
    rows,
    query.limit,
    row => `${row.created_at.toISOString()}|${row.id}`,
    row => ({
      id: row.id,
      countyCode: row.county_code,
      countyName: row.county_name,
      state: row.state,
      totalFen: row.total_fen,
      households: row.households,
      confirmed: row.households - row.open,
      createdAt: row.created_at.toISOString(),
      paidAt: iso(row.paid_at),
    }),
  )
}

interface ItemRow {
  readonly id: string
  readonly batch_id: string
  readonly household_id: string
  readonly code: string
  readonly head: Buffer | null
  readonly village_name: string
  readonly amount_fen: number
  readonly paid_at: Date | null
  readonly confirmed_at: Date | null
}

export async function listItems(
  tx: Reader,
  kit: Kit,
  reach: Reach,
  query: { after?: string | undefined; limit: number; open?: 'true' | 'false' | undefined },
): Promise<Page<PayoutItem>> {
  const { sql, values } = reachPredicate(reach, { programme: 'i.programme_id', areaPath: 'i.area_path' }, 4)
  const rows = await tx.query<ItemRow>(
    `select i.*, h.code, m.name as head, a.name_zh as village_name from payout_item i
     join household h on h.programme_id = i.programme_id and h.id = i.household_id
     join area a on a.code = h.village_code
     left join household_member m on m.programme_id = i.programme_id and m.household_id = i.household_id and m.no = 1
     where i.id > $1 and ($2::boolean is null or (i.paid_at is not null and i.confirmed_at is null) = $2) and ${sql} order by i.id limit $3`,
    [query.after ?? FIRST_ID, query.open ? query.open === 'true' : null, query.limit + 1, ...values],
  )
  const names = await kit.vault.openMany(
    tx,
    rows.map(row => ({ subject: row.household_id, field: 'household_member.name', sealed: row.head })),
  )
  const grades = await confirmationsOf(tx, rows)
  const shown = new Map(rows.map((row, i) => [row.id, names[i]]))
  return pageFrom(
    rows,
    query.limit,
    row => row.id,
    row => {
      const name = shown.get(row.id)
      return {
        id: row.id,
        batchId: row.batch_id,
        householdId: row.household_id,
        householdCode: row.code,
        headName: name ? maskName(name) : '—',
        villageName: row.village_name,
        amountFen: row.amount_fen,
        paidAt: iso(row.paid_at),
        confirmedAt: iso(row.confirmed_at),
        confirmation: grades.get(row.id) ?? null,
      }
    },
  )
}

/** By item; what was confirmed before facts were told by their item is not found. */
async function confirmationsOf(tx: Reader, rows: readonly ItemRow[]) {
  const confirmed = rows.filter(row => row.confirmed_at)
  const grades = await gradesOf(
    tx,
    confirmed.map(row => confirmationOf(row.id)),
  )
  return new Map(
    confirmed.flatMap(row => {
      const factId = confirmationOf(row.id)
      const grade = grades.get(factId)
      return grade ? [[row.id, { factId, grade }] as const] : []
    }),
  )
}

interface DisputeRow {
  readonly fact_id: string
  readonly batch_id: string
  readonly county_name: string | null
  readonly reference: string
  readonly fen: number
  readonly total_fen: number | null
  readonly noted_at: Date
}

/** Words of the bank about payouts that fit none of ours, newest first. */
export async function listDisputes(
  tx: Reader,
  reach: Reach,
  query: { after?: string | undefined; limit: number },
): Promise<Page<Dispute>> {
  const { sql, values } = reachPredicate(reach, { programme: 'd.programme_id' }, 3)
  const rows = await tx.query<DisputeRow>(
    `select d.fact_id, d.batch_id, d.reference, d.fen, d.noted_at, b.total_fen, a.name_zh as county_name from payout_dispute d
     left join payout_batch b on b.programme_id = d.programme_id and b.id = d.batch_id
     left join area a on a.code = b.county_code
     where (d.noted_at, d.fact_id) < (split_part($1, '|', 1)::timestamptz, split_part($1, '|', 2)::uuid) and ${sql}
     order by d.noted_at desc, d.fact_id desc limit $2`,
    [query.after ?? NEWEST, query.limit + 1, ...values],
  )
  return pageFrom(
    rows,
    query.limit,
    row => `${row.noted_at.toISOString()}|${row.fact_id}`,
    row => ({
      id: row.fact_id,
      batchId: row.batch_id,
      countyName: row.county_name,
      reference: row.reference,
      fen: row.fen,
      batchFen: row.total_fen,
      notedAt: row.noted_at.toISOString(),
    }),
  )
}

interface StatementRow {
  readonly at: Date
  readonly kind: string
  readonly amount: number
  readonly mechanism: string | null
  readonly subject: string
}

interface Head {
  readonly code: string
  readonly head: Buffer | null
  readonly village_name: string
}

async function headOf(tx: Reader, reach: Reach, id: string): Promise<Head | undefined> {
  const { sql, values } = reachPredicate(reach, { programme: 'h.programme_id', areaPath: 'h.area_path' }, 2)
  const [row] = await tx.query<Head>(
    `select h.code, m.name as head, a.name_zh as village_name from household h
     join area a on a.code = h.village_code
     left join household_member m on m.programme_id = h.programme_id and m.household_id = h.id and m.no = 1
     where h.id = $1 and ${sql}`,
    [id, ...values],
  )
  return row
}

/** 农户账单: every fen credited to a household and paid out to it. */
export async function householdStatement(
  tx: Reader,
  kit: Kit,
  reach: Reach,
  id: string,
): Promise<Result<HouseholdStatement, 'household.not_found'>> {
  const household = await headOf(tx, reach, id)
  if (!household) return refuse('household.not_found')
  const name = await kit.vault.open(tx, id, 'household_member.name', household.head)
  const rows = await tx.query<StatementRow>(
    `select e.at, e.kind, p.amount, replace(u.kind, 'link.', '') as mechanism, e.subject from ledger_posting p
     join ledger_entry e on e.programme_id = p.programme_id and e.id = p.entry_id
     left join undertaking u on u.programme_id = p.programme_id and u.id = p.undertaking_id
     where p.programme_id = $1 and p.account = $2 order by e.at desc, p.entry_id, p.no limit 1000`,
    [tx.programme, owedTo.household(id)],
  )
  const [sums] = await tx.query<{ paid: number; confirmed: number }>(
    `select coalesce(sum(amount_fen) filter (where paid_at is not null), 0)::bigint as paid,
       coalesce(sum(amount_fen) filter (where confirmed_at is not null), 0)::bigint as confirmed
     from payout_item where programme_id = $1 and household_id = $2`,
    [tx.programme, id],
  )
  const [account] = await tx.query<{ balance: number }>(
    'select balance from ledger_account where programme_id = $1 and account = $2',
    [tx.programme, owedTo.household(id)],
  )
  return ok({
    householdId: id,
    householdCode: household.code,
    headName: name ? maskName(name) : '—',
    villageName: household.village_name,
    owedFen: account?.balance ?? 0,
    paidFen: sums!.paid,
    confirmedFen: sums!.confirmed,
    rows: rows.map(row => ({
      at: row.at.toISOString(),
      kind: row.amount > 0 ? ('credited' as const) : ('paid_out' as const),
      mechanism: row.mechanism,
      subject: row.subject ?? '',
      fen: row.amount,
    })),
  })
}
