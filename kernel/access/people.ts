import type { Reader } from '../database/database.ts'
import { pageFrom } from '../http/paging.ts'
import type { Page } from '../http/shapes.ts'
import { maskName } from '../personal/masks.ts'
import type { Vault } from '../personal/vault.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { normalUsername } from './accounts.ts'
import type { Held, Person, PersonDetail } from './administration-contract.ts'
import { MEMBER_NAME } from './members.ts'
import type { Role } from './roles.ts'

interface Row {
  readonly id: string
  readonly account_id: string
  readonly username: string
  readonly display_name: Buffer
  readonly state: Person['state']
  readonly created_at: Date
  readonly roles: HeldRow[]
}

/** As PostgreSQL writes it into JSON: instants with their zone. */
interface HeldRow {
  readonly id: string
  readonly role: Role
  readonly organisation_id: string | null
  readonly name_zh: string | null
  readonly name_en: string | null
  readonly area_code: string | null
  readonly valid_from: string
  readonly valid_to: string | null
}

/** `$1` programme, `$2` the moment. */
const select = `
  select m.id, m.account_id, u.username, m.display_name, m.created_at,
    case when m.closed_at is not null then 'closed' when u.locked_at is not null then 'locked'
      when u.one_time_until is not null then 'invited' else 'active' end as state,
    coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'role', s.role, 'organisation_id', s.organisation_id,
        'name_zh', o.name_zh, 'name_en', o.name_en, 'area_code', s.area_code, 'valid_from', s.valid_from,
        'valid_to', s.valid_to) order by s.valid_from desc, s.id desc)
      from membership s left join organisation o on o.programme_id = $1 and o.id = s.organisation_id
      where s.programme_id = $1 and s.member_id = m.id), '[]') as roles
  from member m join auth."user" u on u.id = m.account_id`

export interface PeopleQuery {
  readonly q?: string | undefined
  readonly role?: Role | undefined
  readonly organisation?: string | undefined
  readonly state?: Person['state'] | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Members by user name, names masked. Two statements: the page, and the keys of its names. */
export async function listPeople(tx: Reader, vault: Vault, query: PeopleQuery): Promise<Page<Person>> {
  const rows = await tx.query<Row>(
    `select * from (${select} where m.programme_id = $1 and u.username > $3
        and ($4::text is null or starts_with(u.username, $4))
        and (($5::text is null and $6::uuid is null) or exists (select from membership s
          where s.programme_id = $1 and s.member_id = m.id and s.valid_from <= $2 and (s.valid_to is null or s.valid_to > $2)
            and ($5::text is null or s.role = $5) and ($6::uuid is null or s.organisation_id = $6)))) p
      where $7::text is null or p.state = $7 order by p.username limit $8`,
    [
      tx.programme,
      tx.at,
      query.after ?? '',
      query.q ? normalUsername(query.q) : null,
      query.role ?? null,
      query.organisation ?? null,
      query.state ?? null,
      query.limit + 1,
    ],
  )
  const names = await namesOf(tx, vault, rows)
  return pageFrom(
    rows,
    query.limit,
    row => row.username,
    row => personOf(tx.at, row, names.get(row.id)),
  )
}

async function namesOf(tx: Reader, vault: Vault, rows: readonly Row[]): Promise<Map<string, string | null>> {
  const opened = await vault.openMany(
    tx,
    rows.map(row => ({ subject: row.id, field: MEMBER_NAME, sealed: row.display_name })),
  )
  return new Map(rows.map((row, i) => [row.id, opened[i]!]))
}

const personOf = (at: Date, row: Row, name: string | null | undefined): Person => ({
  id: row.id,
  username: row.username,
  name: name ? maskName(name) : null,
  state: row.state,
  createdAt: row.created_at.toISOString(),
  roles: row.roles.map(heldOf).filter(held => isHeld(held, at)),
})

const heldOf = (row: HeldRow): Held => ({
  id: row.id,
  role: row.role,
  organisation:
    (row.organisation_id && {
      id: row.organisation_id,
      nameZh: row.name_zh ?? '',
      nameEn: row.name_en ?? '',
    }) ||
    null,
  areaCode: row.area_code,
  from: new Date(row.valid_from).toISOString(),
  to: row.valid_to && new Date(row.valid_to).toISOString(),
})

const isHeld = ({ from, to }: Held, at: Date): boolean =>
  new Date(from) <= at && (to === null || new Date(to) > at)

/** One member with every role there ever was. Refuses `person.not_found`. */
export async function readPerson(
  tx: Reader,
  vault: Vault,
  id: string,
): Promise<Result<PersonDetail, 'person.not_found'>> {
  const [row] = await tx.query<Row & { shared: boolean; administrator: boolean }>(
    `select p.*, exists (select from account_programmes(p.account_id) a where a.programme_id <> $1) as shared,
       exists (select from auth.duty d where d.account_id = p.account_id) as administrator
     from (${select} where m.programme_id = $1 and m.id = $3 and $2::timestamptz is not null) p`,
    [tx.programme, tx.at, id],
  )
  if (!row) return refuse('person.not_found')
  const names = await namesOf(tx, vault, [row])
  return ok({
    ...personOf(tx.at, row, names.get(id)),
    otherRoles: row.roles.map(heldOf).filter(held => !isHeld(held, tx.at)),
    self: row.account_id === tx.actor,
    shared: row.shared,
    administrator: row.administrator,
  })
}
