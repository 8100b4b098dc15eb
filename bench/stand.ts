import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSecrets, type Secrets } from '@silian/kernel/config/secrets.ts'
import { startEmbedded } from '@silian/kernel/database/embedded.ts'
import { type Connections, prepareDatabase, provisionEmbedded } from '@silian/kernel/database/provision.ts'
import pg from 'pg'

/** A server of our own, durable as in use, in a temporary folder. */
export interface Stand {
  /** Process id of the postmaster. */
  readonly postmaster: number
  readonly secrets: Secrets
  /** A migrated database with nothing in it. */
  database(name: string): Promise<Connections>
  end(): Promise<void>
}

/** The product's settings; only no checkpoint may fall into one run and not into the other. */
const settings = ['fsync=on', 'checkpoint_timeout=1h', 'max_wal_size=16GB']

export async function makeStand(): Promise<Stand> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'silian-bench-'))
  const secrets = await loadSecrets(dataFolder)
  const server = await startEmbedded({ dataFolder, superuserPassword: secrets.superuserPassword, settings })
  const migrations = join(import.meta.dirname, '../migrations')
  return {
    postmaster: server.pid,
    secrets,
    database: async name =>
      prepareDatabase(await provisionEmbedded(server.superuserUrl, secrets, name), secrets, migrations),
    end: async () => {
      await server.stop()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

/** Runs statements as the owner, past row security: to set the stage and to count rows. */
export async function asOwner<T>(
  { owner }: Connections,
  work: (query: (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: owner })
  await client.connect()
  try {
    return await work(async (text, values = []) => (await client.query(text, values)).rows)
  } finally {
    await client.end()
  }
}
