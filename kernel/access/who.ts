import type { Pool } from 'pg'
import { byteaArray, textArray } from '../database/array.ts'
import type { Reader } from '../database/database.ts'
import type { Vault } from '../personal/vault.ts'
import { dateOf } from '../time/shanghai.ts'
import { ACCOUNT_NAME } from './accounts.ts'
import { hashSecret } from './clients.ts'
import type { Me } from './contract.ts'
import type { OrganisationType } from './organisation-types.ts'
import { type HeldRole, type Principal, publicPrincipal } from './principal.ts'
import type { Role } from './roles.ts'

interface PrincipalRow {
  user_id: string
  member_id: string | null
  role: Role | null
  organisation_id: string | null
  merged_ids: string[]
  area_path: string | null
}

/** Session token → account → member → roles valid at the moment, in one statement and round trip. */
export async function personOf(pool: Pool, token: string, programme: string, at: Date): Promise<Principal> {
  const { rows } = await pool.query<PrincipalRow>({
    name: 'principal-person',
    text: `select s.user_id, r.member_id, r.role, r.organisation_id, r.area_path,
                  merged_into($2, r.organisation_id) as merged_ids
             from auth.session s left join lateral account_roles($2, s.user_id, $3, $4) r on true
            where s.token = $1 and s.expires_at > $3`,
    values: [token, programme, at, dateOf(at)],
  })
  const [first] = rows
  if (!first) return publicPrincipal(programme)
  return {
    kind: 'person',
    id: first.user_id,
    ...(first.member_id ? { memberId: first.member_id } : {}),
    programme,
    roles: rows.flatMap(heldRole),
  }
}

const heldRole = ({ role, organisation_id, merged_ids, area_path }: PrincipalRow): HeldRole[] =>
  role === null ? [] : [held(role, organisation_id, merged_ids, area_path)]

const held = (
  role: Role,
  organisationId: string | null,
  mergedIds: readonly string[],
  areaPath: string | null,
): HeldRole => ({ role, organisationId, areaPath, ...(mergedIds.length > 0 ? { mergedIds } : {}) })

interface ClientRow {
  place: number
  id: string
  kind: 'client' | 'device'
  role: Role
  scopes: string[]
  organisation_id: string | null
  merged_ids: string[]
  area_path: string | null
}

export interface MachineAsked {
  readonly secret: string
  readonly at: Date
}

/** The machines whose keys these are, in one statement; undefined for one that is unknown, revoked or another programme's. */
export async function machinesOf(
  pool: Pool,
  programme: string,
  asked: readonly MachineAsked[],
): Promise<(Principal | undefined)[]> {
  const { rows } = await pool.query<ClientRow>({
    name: 'principal-machines',
    text: `select k.place::int, c.id, c.kind, c.role, c.scopes, c.organisation_id, c.area_path,
             merged_into($1, c.organisation_id) as merged_ids
           from unnest($2::bytea[], $3::text[]) with ordinality k(hash, day, place)
           cross join lateral client_of($1, k.hash, k.day::date) c`,
    values: [
      programme,
      byteaArray(asked.map(({ secret }) => hashSecret(secret))),
      textArray(asked.map(({ at }) => dateOf(at))),
    ],
  })
  const found = new Map(rows.map(row => [row.place, row]))
  return asked.map((_, i) => machineFrom(found.get(i + 1), programme))
}

function machineFrom(row: ClientRow | undefined, programme: string): Principal | undefined {
  if (!row) return undefined
  const { id, kind, role, scopes, organisation_id: organisation, merged_ids, area_path } = row
  // a machine of an organisation that has ended holds no role
  const roles = organisation ? [held(role, organisation, merged_ids, area_path)] : []
  return { kind, id, programme, scopes, roles }
}

interface MeRow {
  programme_id: string
  name_zh: string
  name_en: string
  demo: boolean
  member_id: string
  role: Role | null
  organisation_id: string | null
  organisation_type: OrganisationType
  organisation_name_zh: string
  organisation_name_en: string
  area_code: string | null
  area_path: string | null
}

/** `tx` reads in the programme `platform`. */
export async function meOf(tx: Reader, vault: Vault, token: string): Promise<Me> {
  const [user] = await tx.query<{ id: string; username: string; name: string }>(
    `select u.id, u.username, u.name from auth.session s join auth."user" u on u.id = s.user_id
      where s.token = $1 and s.expires_at > $2`,
    [token, tx.at],
  )
  if (!user) return { account: null, programmes: [] }
  const name = await vault.open(tx, user.id, ACCOUNT_NAME, Buffer.from(user.name, 'base64url'))
  const rows = await tx.query<MeRow>(
    `select p.id as programme_id, p.name_zh, p.name_en, p.demo, r.*
       from account_programmes($1) a join programme p on p.id = a.programme_id
       cross join lateral account_roles(p.id, $1, $2, $3) r order by p.id`,
    [user.id, tx.at, dateOf(tx.at)],
  )
  const programmes = Map.groupBy(rows, row => row.programme_id)
  return {
    account: { id: user.id, username: user.username, name },
    programmes: [...programmes.values()].map(programmeOf),
  }
}

function programmeOf(rows: readonly MeRow[]): Me['programmes'][number] {
  const { programme_id: id, name_zh: nameZh, name_en: nameEn, demo, member_id: memberId } = rows[0]!
  return { id, nameZh, nameEn, demo, memberId, roles: rows.flatMap(roleOf) }
}

function roleOf(row: MeRow): Me['programmes'][number]['roles'] {
  if (row.role === null) return []
  const organisation = row.organisation_id && {
    id: row.organisation_id,
    type: row.organisation_type,
    nameZh: row.organisation_name_zh,
    nameEn: row.organisation_name_en,
  }
  return [
    { role: row.role, organisation: organisation || null, areaCode: row.area_code, areaPath: row.area_path },
  ]
}
