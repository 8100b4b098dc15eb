import type { Principal } from '@silian/kernel/access/principal.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { dateOf, monthOf, startOf } from '@silian/kernel/time/shanghai.ts'
import type { Pavilion, PavilionMonth } from './contract.ts'
import { groupOfUnit } from './rules.ts'

type Viewer = Pavilion['seenBy'][number]
const everybody: readonly Viewer[] = ['public', 'unit', 'union', 'citizen']

/** As whom somebody looks at pavilions: a buyer as their unit, a citizen as one; desks of the office and of sellers see all. */
export async function viewersOf(tx: Reader, { kind, roles }: Principal): Promise<readonly Viewer[]> {
  if (kind === 'public') return ['public']
  if (kind === 'customer') return ['public', 'citizen']
  const buyer = roles.find(({ role }) => role === 'buyer' || role === 'citizen')
  if (!buyer || roles.some(({ role }) => role !== 'buyer' && role !== 'citizen')) return everybody
  if (buyer.role === 'citizen') return ['public', 'citizen']
  const [unit] = await tx.query<{ type: string }>(
    'select type from organisation where programme_id = $1 and id = $2',
    [tx.programme, buyer.organisationId],
    'pavilion-viewer',
  )
  return ['public', groupOfUnit(unit?.type ?? '')]
}

/** Whether the goods `p` enter the pavilion `v`: what it takes of counties, classes and marks. `recognised` says so of them. */
export const enters = (recognised: string, county: string): string =>
  `(not v.recognised_only or ${recognised})
   and (v.areas = '' or exists (select from unnest(string_to_array(v.areas, ' ')) of_area where starts_with(${county}, of_area)))
   and (v.produce = '' or exists (select from unnest(string_to_array(v.produce, ' ')) of_class where p.class = of_class or starts_with(p.class, of_class || '/')))
   and (coalesce(cardinality(v.marks), 0) = 0 or v.marks && p.marks)`

/** Those that are open and that somebody sees, in their order. */
export async function listPavilions(tx: Reader, principal: Principal): Promise<Pavilion[]> {
  const rows = await tx.db
    .selectFrom('pavilion')
    .selectAll()
    .where('programme_id', '=', tx.programme)
    .where('state', '=', 'open')
    .where('valid_to', 'is', null)
    .orderBy('place')
    .orderBy('key')
    .execute()
  const viewers = await viewersOf(tx, principal)
  return rows
    .filter(row => row.seen_by.some(viewer => viewers.includes(viewer)))
    .map(row => ({
      key: row.key,
      version: row.version,
      nameZh: row.name_zh,
      nameEn: row.name_en,
      bannerZh: row.banner_zh ?? '',
      bannerEn: row.banner_en ?? '',
      wordsZh: row.words_zh ?? '',
      wordsEn: row.words_en ?? '',
      recognisedOnly: row.recognised_only,
      seenBy: row.seen_by,
      areaPrefixes: listed(row.areas),
      classes: listed(row.produce),
      marks: row.marks ?? [],
      source: row.source,
    }))
}

const listed = (text: string): string[] => (text === '' ? [] : text.split(' '))

/**
 * Orders of a month whose goods a pavilion shows: by county and recognition as they were ordered, by class and mark of
 * today. Refuses `pavilion.not_found` for one that the caller does not see.
 */
export async function pavilionMonth(
  tx: Reader,
  principal: Principal,
  key: string,
  month: string = monthOf(tx.at),
): Promise<Result<PavilionMonth, 'pavilion.not_found'>> {
  const seen = await listPavilions(tx, principal)
  if (!seen.some(pavilion => pavilion.key === key)) return refuse('pavilion.not_found')
  const from = startOf(`${month}-01`)
  const to = startOf(`${nextMonth(month)}-01`)
  const [row] = await tx.query<Omit<PavilionMonth, 'month'>>(
    `select count(distinct r.id) as orders, coalesce(sum(l.amount_fen), 0)::bigint as fen,
       count(distinct r.id) filter (where r.completed_at is not null) as "completedOrders",
       coalesce(sum(l.amount_fen) filter (where r.completed_at is not null), 0)::bigint as "completedFen"
     from "order" r join order_line l on l.programme_id = r.programme_id and l.order_id = r.id
     join product p on p.programme_id = l.programme_id and p.id = l.product_id
     join pavilion v on v.programme_id = r.programme_id and v.key = $2
     where r.programme_id = $1 and r.placed_at >= $3 and r.placed_at < $4
       and r.state not in ('refused', 'cancelled', 'expired', 'awaiting_payment')
       and ${enters('l.recognised', 'l.county_code')}`,
    [tx.programme, key, from, to],
    'pavilion-month',
  )
  return ok({ month, ...row! })
}

/** `2025-12` → `2026-01`. */
const nextMonth = (month: string): string =>
  dateOf(new Date(startOf(`${month}-28`).getTime() + 5 * 86_400_000)).slice(0, 7)
