import { makeWorkerUtils } from 'graphile-worker'
import pg from 'pg'
import type { Secrets } from '../config/secrets.ts'
import { migrate, readMigrations } from './migrate.ts'

/** Connection strings by role. The running server gets `app` and `batch` only. */
export interface Connections {
  readonly owner: string
  readonly app: string
  readonly batch: string
}

/** Roles with the passwords we keep; no role bypasses row security, and only the owner owns tables. */
async function ensureRole(client: pg.Client, name: string, password: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name])
    const verb = rowCount ? 'alter' : 'create'
    try {
      await client.query(`${verb} role ${name} login password ${pg.escapeLiteral(password)}`)
      return
    } catch (error) {
      if (!meanwhile.has((error as { code?: string }).code ?? '') || attempt === 20) throw error
    }
  }
}

/**
 * Roles belong to the whole cluster, and no lock reaches over its databases: whoever prepares another one at the same
 * moment may have made (42710, 23505) or be changing (XX000, "tuple concurrently updated") the same role.
 */
const meanwhile = new Set(['42710', '23505', 'XX000'])

/** On the embedded server: the owner's role and the database it owns. Returns the owner's connection string. */
export async function provisionEmbedded(
  superuserUrl: string,
  secrets: Secrets,
  database = 'silian',
): Promise<string> {
  await withClient(superuserUrl, async client => {
    await ensureRole(client, 'silian_owner', secrets.ownerPassword)
    await client.query('alter role silian_owner createrole')
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
    if (!rowCount) await client.query(`create database ${pg.escapeIdentifier(database)} owner silian_owner`)
  })
  return withLogin(superuserUrl, 'silian_owner', secrets.ownerPassword, database)
}

/** Makes the two working roles, applies the migrations and the queue's own; ends without a connection left open. */
export async function prepareDatabase(
  ownerUrl: string,
  secrets: Secrets,
  migrationsFolder: string,
): Promise<Connections> {
  const connections = connectionsFor(ownerUrl, secrets)
  await withClient(ownerUrl, async client => {
    await ensureRole(client, 'silian_app', secrets.appPassword)
    await ensureRole(client, 'silian_batch', secrets.batchPassword)
    // the queue is batch's own: it makes its schema, and may make no other afterwards
    const database = pg.escapeIdentifier(client.database ?? '')
    await client.query('select pg_advisory_lock(7203517002)')
    await client.query(`grant create on database ${database} to silian_batch`)
    const queue = await makeWorkerUtils({ connectionString: connections.batch })
    await queue.migrate().finally(() => queue.release())
    await client.query(`revoke create on database ${database} from silian_batch`)
    await client.query('select pg_advisory_unlock(7203517002)')
  })
  await migrate(ownerUrl, await readMigrations(migrationsFolder))
  return connections
}

export const connectionsFor = (ownerUrl: string, secrets: Secrets): Connections => ({
  owner: ownerUrl,
  app: withLogin(ownerUrl, 'silian_app', secrets.appPassword),
  batch: withLogin(ownerUrl, 'silian_batch', secrets.batchPassword),
})

export function withLogin(url: string, user: string, password: string, database?: string): string {
  const changed = new URL(url)
  changed.username = user
  changed.password = encodeURIComponent(password)
  if (database) changed.pathname = `/${database}`
  return changed.toString()
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
