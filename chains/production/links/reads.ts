import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { FIRST_ID, pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import { maskName } from '@silian/kernel/personal/masks.ts'
import type { Kit } from '../../kit.ts'
import { type Link, type LinkFormula, linkFormula, type Proposal } from './contract.ts'

export interface ActiveLink {
  readonly id: string
  readonly cooperativeId: string
  readonly householdId: string
  readonly formula: LinkFormula
}

interface Filter {
  readonly on: string
  readonly ids?: readonly string[]
  readonly cooperativeIds?: readonly string[]
  readonly mechanism?: LinkFormula['mechanism']
}

export interface LinkRow {
  readonly id: string
  readonly promisor: string
  readonly promisee: string
  readonly formula: unknown
}

/** Links in force on a date, by id, by co-operative or by mechanism; ordered by id, so that splits are repeatable. */
export async function activeLinks(
  tx: Reader,
  { on, ids, cooperativeIds, mechanism }: Filter,
): Promise<ActiveLink[]> {
  if (ids?.length === 0) return []
  const rows = await tx.query<LinkRow>(
    `select id, promisor, promisee, formula from undertaking
     where programme_id = $1 and kind = any($2::text[]) and state = 'open' and $3::date between starts_on and ends_on
       and ($4::uuid[] is null or id = any($4::uuid[])) and ($5::text[] is null or promisor = any($5::text[]))
     order by id`,
    [tx.programme, kindsOf(mechanism), on, ids ?? null, cooperativeIds ?? null],
    'links-active',
  )
  return rows.map(activeLinkFrom)
}

export const activeLinkFrom = (row: LinkRow): ActiveLink => ({
  id: row.id,
  cooperativeId: row.promisor,
  householdId: row.promisee,
  formula: linkFormula.parse(row.formula),
})

/** The links of one mechanism of a co-operative as a JSON list for `activeLinkFrom`; `$1` is the programme, `$2` the date. */
export const activeLinksJson = (cooperativeId: string, mechanism: LinkFormula['mechanism']): string =>
  `coalesce((select json_agg(json_build_object('id', u.id, 'promisor', u.promisor, 'promisee', u.promisee,
        'formula', u.formula) order by u.id)
    from undertaking u where u.programme_id = $1 and u.kind = '${kindsOf(mechanism)}' and u.state = 'open'
      and $2::date between u.starts_on and u.ends_on and u.promisor = ${cooperativeId}::text), '[]')`

const kindsOf = (mechanism?: LinkFormula['mechanism']): string[] =>
  (mechanism ? [mechanism] : (['order_purchase', 'share_dividend'] as const)).map(name => `link.${name}`)

/** Whether a co-operative owes anything to any household today: without that nothing of it is recognised (5.2). */
export async function hasActiveLink(tx: Reader, cooperativeId: string, on: string): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from undertaking where programme_id = $1 and kind = any($2::text[]) and promisor = $3 and state = 'open'
       and $4::date between starts_on and ends_on limit 1`,
    [tx.programme, kindsOf(), cooperativeId, on],
  )
  return rows.length > 0
}

interface Row extends LinkRow {
  readonly cooperative_name: string
  readonly household_code: string
  readonly starts_on: string
  readonly ends_on: string
  readonly state: string
  readonly done: number
}

/** Seen by the co-operative that promised and by the household's area. */
const parties = { programme: 'u.programme_id', organisations: ['u.promisor_id'], areaPath: 'h.area_path' }

export async function listLinks(
  tx: Reader,
  reach: Reach,
  query: { after?: string | undefined; limit: number; household?: string | undefined },
): Promise<Page<Link>> {
  const { sql, values } = reachPredicate(reach, parties, 4)
  const rows = await tx.query<Row>(
    `select u.*, o.name_zh as cooperative_name, h.code as household_code, coalesce(d.done, 0)::bigint as done
     from undertaking u
     join organisation o on o.programme_id = u.programme_id and o.id = u.promisor_id
     join household h on h.programme_id = u.programme_id and h.id = u.promisee_id
     left join lateral (select sum(p.amount) as done from ledger_posting p where p.programme_id = u.programme_id and p.undertaking_id = u.id) d on true
     where u.kind = any(array['${kindsOf().join("', '")}']) and u.id > $1 and ($2::text is null or u.promisee = $2) and ${sql} order by u.id limit $3`,
    [query.after ?? FIRST_ID, query.household ?? null, query.limit + 1, ...values],
  )
  return pageFrom(
    rows,
    query.limit,
    row => row.id,
    row => ({
      id: row.id,
      cooperativeId: row.promisor,
      cooperativeName: row.cooperative_name,
      householdId: row.promisee,
      householdCode: row.household_code,
      startsOn: row.starts_on,
      endsOn: row.ends_on,
      state: row.state,
      formula: linkFormula.parse(row.formula),
      doneFen: row.done,
    }),
  )
}

interface ProposalRow {
  readonly id: string
  readonly cooperative_id: string
  readonly cooperative_name: string
  readonly household_id: string
  readonly household_code: string
  readonly head: Buffer | null
  readonly village_name: string
  readonly product_name: string | null
  readonly starts_on: string
  readonly ends_on: string
  readonly formula: unknown
  readonly state: Proposal['state']
  readonly proposed_at: Date
  readonly way: Proposal['way']
  readonly answered_at: Date | null
}

const proposalParties = {
  programme: 'l.programme_id',
  organisations: ['l.cooperative_id'],
  areaPath: 'l.area_path',
}

/** Links that were offered to households, oldest first, with what these said to them. */
export async function listProposals(
  tx: Reader,
  kit: Kit,
  reach: Reach,
  query: { after?: string | undefined; limit: number; state?: Proposal['state'] | undefined },
): Promise<Page<Proposal>> {
  const { sql, values } = reachPredicate(reach, proposalParties, 4)
  const rows = await tx.query<ProposalRow>(
    `select l.id, l.cooperative_id, o.name_zh as cooperative_name, l.household_id, h.code as household_code, m.name as head,
       a.name_zh as village_name, p.name_zh as product_name, l.starts_on, l.ends_on, l.formula, l.state, l.proposed_at, l.way,
       l.answered_at
     from link_proposal l
     join organisation o on o.programme_id = l.programme_id and o.id = l.cooperative_id
     join household h on h.programme_id = l.programme_id and h.id = l.household_id
     join area a on a.code = h.village_code
     left join household_member m on m.programme_id = l.programme_id and m.household_id = l.household_id and m.no = 1
     left join product p on p.programme_id = l.programme_id and p.id = (l.formula ->> 'productId')::uuid
     where l.id > $1 and ($2::text is null or l.state = $2) and ${sql} order by l.id limit $3`,
    [query.after ?? FIRST_ID, query.state ?? null, query.limit + 1, ...values],
  )
  const names = await kit.vault.openMany(
    tx,
    rows.map(row => ({ subject: row.household_id, field: 'household_member.name', sealed: row.head })),
  )
  const heads = new Map(rows.map((row, i) => [row.id, names[i]]))
  return pageFrom(
    rows,
    query.limit,
    row => row.id,
    row => proposalOf(row, heads.get(row.id) ?? null),
  )
}

const proposalOf = (row: ProposalRow, head: string | null): Proposal => ({
  id: row.id,
  cooperativeId: row.cooperative_id,
  cooperativeName: row.cooperative_name,
  householdId: row.household_id,
  householdCode: row.household_code,
  headName: head ? maskName(head) : '—',
  villageName: row.village_name,
  startsOn: row.starts_on,
  endsOn: row.ends_on,
  formula: linkFormula.parse(row.formula),
  productName: row.product_name,
  state: row.state,
  proposedAt: row.proposed_at.toISOString(),
  way: row.way,
  answeredAt: row.answered_at?.toISOString() ?? null,
})
