import type { Reader, Writer } from '../database/database.ts'
import { FIRST_ID, pageFrom } from '../http/paging.ts'
import type { Page } from '../http/shapes.ts'
import { idFrom } from '../ids/ids.ts'
import { ok, type Result } from '../result/result.ts'
import { type AdminKit, type By, recordAct } from './acts.ts'
import type { Client } from './administration-contract.ts'
import { type ClientInput, type ClientRefusal, createClient, revokeClient } from './clients.ts'
import type { Role } from './roles.ts'

interface Row {
  readonly id: string
  readonly name: string
  readonly kind: Client['kind']
  readonly organisation_id: string
  readonly name_zh: string
  readonly name_en: string
  readonly role: Role
  readonly scopes: string[]
  readonly created_at: Date
  readonly revoked_at: Date | null
}

/** Machines with a key, revoked ones too. One statement. */
export async function listClients(
  tx: Reader,
  query: { after?: string | undefined; limit: number },
): Promise<Page<Client>> {
  const rows = await tx.query<Row>(
    `select c.id, c.name, c.kind, c.organisation_id, o.name_zh, o.name_en, c.role, c.scopes, c.created_at, c.revoked_at
     from api_client c join organisation o on o.programme_id = c.programme_id and o.id = c.organisation_id
     where c.programme_id = $1 and c.id > $2 order by c.id limit $3`,
    [tx.programme, query.after ?? FIRST_ID, query.limit + 1],
  )
  return pageFrom(
    rows,
    query.limit,
    row => row.id,
    row => ({
      id: row.id,
      name: row.name,
      kind: row.kind,
      organisation: { id: row.organisation_id, nameZh: row.name_zh, nameEn: row.name_en },
      role: row.role,
      scopes: row.scopes,
      createdAt: row.created_at.toISOString(),
      revokedAt: row.revoked_at?.toISOString() ?? null,
    }),
  )
}

/** Gives a machine its key. Refuses `organisation.not_found` {id}, `client.role` {role}. The key is `ShownOnce`. */
export async function admitClient(
  tx: Writer,
  kit: AdminKit,
  by: By,
  input: ClientInput & { readonly secret: string },
): Promise<Result<{ id: string }, ClientRefusal>> {
  const id = idFrom('client', tx.programme, tx.actor, by.command.key)
  const made = await createClient(tx, { ...input, id })
  if (!made.ok) return made
  const { organisationId: organisation, role, kind, scopes } = input
  await recordAct(tx, kit.recorder, by, {
    ...clientAct('client.created', id),
    pub: { client: id, kind, organisation, role, scopes: [...scopes] },
  })
  return ok({ id })
}

const clientAct = (type: string, id: string) => ({ type, subjectType: 'client', subjectId: id })

/** Refuses `client.not_found`, also when revoked already. */
export async function dismissClient(
  tx: Writer,
  kit: AdminKit,
  by: By,
  id: string,
): Promise<Result<{ id: string }, 'client.not_found'>> {
  const revoked = await revokeClient(tx, id)
  if (!revoked.ok) return revoked
  await recordAct(tx, kit.recorder, by, { ...clientAct('client.revoked', id), pub: { client: id } })
  return ok({ id })
}
