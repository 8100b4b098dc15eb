import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

export interface Migration {
  /** File name without ending; names sort by their UTC timestamp. */
  readonly name: string
  readonly sql: string
}

/** The migrations of a folder, oldest first. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter(file => file.endsWith('.sql')).sort()
  const misnamed = files.find(file => !/^\d{8}T\d{4}-[a-z0-9-]+\.sql$/.test(file))
  if (misnamed) throw new Error(`migration ${misnamed} is not named as 20260131T1200-what-it-does.sql`)
  return Promise.all(
    files.map(async file => ({ name: file.slice(0, -4), sql: await readFile(join(folder, file), 'utf8') })),
  )
}

/** Any number nobody else uses; two servers that start at once migrate one after the other. */
const LOCK = 7_203_517_001

/**
 * Applies what is missing as the owner, each migration in its own transaction, and returns the names applied.
 * An applied migration whose file changed since is an error: history is not edited.
 */
export async function migrate(ownerUrl: string, migrations: readonly Migration[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'silian-migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query(
      'create table if not exists migration (name text primary key, sha256 bytea not null, applied_at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ name: string; sha256: Buffer }>(
      'select name, sha256 from migration',
    )
    const done = new Map(rows.map(row => [row.name, row.sha256]))
    const applied: string[] = []
    for (const migration of migrations)
      if (await apply(client, migration, done.get(migration.name))) applied.push(migration.name)
    return applied
  } finally {
    await client.end()
  }
}

async function apply(
  client: pg.Client,
  { name, sql }: Migration,
  before: Buffer | undefined,
): Promise<boolean> {
  const sha256 = createHash('sha256').update(sql).digest()
  if (before?.equals(sha256)) return false
  if (before) throw new Error(`migration ${name} was changed after it had been applied`)
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query('insert into migration (name, sha256) values ($1, $2)', [name, sha256])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`migration ${name} failed: ${(error as Error).message}`, { cause: error })
  }
  return true
}
