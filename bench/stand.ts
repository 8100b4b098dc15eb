import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { loadSecrets, type Secrets } from '@silian/kernel/config/secrets.ts'
import { startEmbedded } from '@silian/kernel/database/embedded.ts'
import {
  type Connections,
  prepareDatabase,
  provisionEmbedded,
  withLogin,
} from '@silian/kernel/database/provision.ts'
import pg from 'pg'

export interface StandOptions {
  /** A folder that stays, with what an earlier run generated in it. Without: a temporary one. */
  readonly keep?: string | undefined
  /** As in use. Default true; reading does not need it, and generating is quicker without. */
  readonly durable?: boolean
}

/** A server of our own. */
export interface Stand {
  /** Process id of the postmaster. */
  readonly postmaster: number
  readonly secrets: Secrets
  /** A migrated database with nothing in it. */
  database(name: string): Promise<Connections>
  /** Past every check, to fill a database. */
  superuser(name: string): Pick<Connections, 'owner'>
  /** What was not filled to the end is of no use. */
  drop(name: string): Promise<unknown>
  end(): Promise<void>
}

/** The product's settings; only no checkpoint may fall into one run and not into the other. */
const settings = ['checkpoint_timeout=1h', 'max_wal_size=16GB']

export async function makeStand({ keep, durable = true }: StandOptions = {}): Promise<Stand> {
  if (keep !== undefined) await mkdir(keep, { recursive: true })
  const dataFolder = keep === undefined ? await mkdtemp(join(tmpdir(), 'silian-bench-')) : resolve(keep)
  const secrets = await loadSecrets(dataFolder)
  const server = await startEmbedded({
    dataFolder,
    superuserPassword: secrets.superuserPassword,
    settings: [...settings, ...(durable ? ['fsync=on'] : ['fsync=off', 'full_page_writes=off'])],
  })
  const migrations = join(import.meta.dirname, '../migrations')
  return {
    postmaster: server.pid,
    secrets,
    database: async name =>
      prepareDatabase(await provisionEmbedded(server.superuserUrl, secrets, name), secrets, migrations),
    superuser: name => ({
      owner: withLogin(server.superuserUrl, 'postgres', secrets.superuserPassword, name),
    }),
    drop: name =>
      asOwner({ owner: server.superuserUrl }, query =>
        query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`),
      ),
    end: async () => {
      await server.stop()
      if (keep === undefined) await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

/** Runs statements as the owner, past row security: to set the stage and to count rows. */
export async function asOwner<T>(
  { owner }: Pick<Connections, 'owner'>,
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
