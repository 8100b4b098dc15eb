import { join } from 'node:path'
import type { Config } from '@silian/kernel/config/config.ts'
import type { Secrets } from '@silian/kernel/config/secrets.ts'
import { type Embedded, startEmbedded } from '@silian/kernel/database/embedded.ts'
import {
  type Connections,
  connectionsFor,
  prepareDatabase,
  provisionEmbedded,
} from '@silian/kernel/database/provision.ts'
import pg from 'pg'

export const migrationsFolder = join(import.meta.dirname, '../../migrations')

export interface OpenDatabase {
  readonly connections: Connections
  readonly embedded: Embedded | undefined
  /** Gives the data back: the next start may take it. */
  release(): Promise<void>
}

/** Another server runs on these data. */
export class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning'
}

/** Any two numbers nobody else uses: one guards the setting-up, the other the running server. */
const SETUP = 7_203_517_010
const RUNNING = 7_203_517_011

/** The database with its roles and migrations, started first if it is ours. For commands beside a running server. */
export async function openDatabase(
  config: Config,
  secrets: Secrets,
): Promise<{ connections: Connections; embedded: Embedded | undefined }> {
  const embedded = config.databaseUrl ? undefined : await startOurs(config, secrets)
  const adminUrl = embedded?.superuserUrl ?? config.databaseUrl!
  const setup = await connect(adminUrl)
  try {
    await setup.query('select pg_advisory_lock($1)', [SETUP])
    const ownerUrl = embedded ? await provisionEmbedded(embedded.superuserUrl, secrets) : config.databaseUrl!
    return { connections: await prepareDatabase(ownerUrl, secrets, migrationsFolder), embedded }
  } finally {
    await setup.end()
  }
}

export const startOurs = (config: Config, secrets: Secrets, port?: number): Promise<Embedded> =>
  startEmbedded({
    dataFolder: config.dataFolder,
    superuserPassword: secrets.superuserPassword,
    uid: config.postgresUid,
    ...(port ? { port } : {}),
  })

/**
 * Marks these data as served by this process; `onLost` is called when the database goes away under it. The lock is the
 * database's own and ends with the process, however it ends. `among`: any number that say so may serve at once.
 */
export async function claim(
  connections: Connections,
  onLost: () => void,
  { among = false } = {},
): Promise<() => Promise<void>> {
  const client = await connect(connections.batch)
  let released = false
  client.on('error', () => undefined)
  client.on('end', () => released || onLost())
  for (let attempt = 0; ; attempt++) {
    const lock = among ? 'pg_try_advisory_lock_shared' : 'pg_try_advisory_lock'
    const { rows } = await client.query<{ mine: boolean }>(`select ${lock}($1) as mine`, [RUNNING])
    if (rows[0]!.mine) break
    if (attempt === 20) {
      released = true
      await client.end()
      throw new AlreadyRunning()
    }
    // a server that was just killed keeps its lock until the database has noticed
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  return async () => {
    released = true
    await client.end().catch(() => undefined)
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

export { connectionsFor }
