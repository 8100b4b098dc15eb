import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { loadSecrets, type Secrets } from '../config/secrets.ts'
import { Database } from '../database/database.ts'
import { type Connections, connectionsFor, withLogin } from '../database/provision.ts'

export interface TestDatabase {
  readonly app: Database
  readonly batch: Database
  readonly connections: Connections
  readonly secrets: Secrets
  /** A statement as the owner, past row security: to look at everything, and to set the stage. One with a name is planned once. */
  owner<Row extends object>(text: string, values?: unknown[], name?: string): Promise<Row[]>
  close(): Promise<void>
}

/** A database of its own, copied from the migrated one, with both working roles open on it. */
export async function testDatabase(): Promise<TestDatabase> {
  const { adminUrl, template, dataFolder } = inject('postgres')
  const secrets = await loadSecrets(dataFolder)
  const name = `t_${randomBytes(6).toString('hex')}`
  // file by file: page by page through the log takes five times as long
  await admin(adminUrl, `create database ${name} template ${template} strategy file_copy owner silian_owner`)
  const connections = connectionsFor(
    withLogin(adminUrl, 'silian_owner', secrets.ownerPassword, name),
    secrets,
  )
  const app = new Database('app', connections.app, 20)
  const batch = new Database('batch', connections.batch, 10)
  const owner = new pg.Pool({ connectionString: connections.owner, max: 2 })
  // the database is dropped under its idle connections
  owner.on('error', () => undefined)
  return {
    app,
    batch,
    connections,
    secrets,
    owner: async (text, values = [], name) =>
      (await owner.query({ text, values, ...(name === undefined ? {} : { name }) })).rows,
    close: async () => {
      await Promise.all([app.close(), batch.close(), owner.end()])
      await admin(adminUrl, `drop database ${name} with (force)`)
    },
  }
}

async function admin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
