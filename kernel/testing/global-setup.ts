import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { loadSecrets } from '../config/secrets.ts'
import { type Embedded, startEmbedded } from '../database/embedded.ts'
import { prepareDatabase, provisionEmbedded } from '../database/provision.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection of a role that may create databases, and a migrated database to copy. */
    postgres: { adminUrl: string; ownerUrl: string; template: string; dataFolder: string }
  }
}

let dataFolder: string
let server: Embedded | undefined

/** One PostgreSQL for the whole run, with one migrated database that each test file copies. */
export async function setup({ provide }: TestProject): Promise<void> {
  dataFolder = await mkdtemp(join(tmpdir(), 'silian-test-'))
  const secrets = await loadSecrets(dataFolder)
  const outside = process.env.SILIAN_TEST_DATABASE_URL
  if (!outside)
    server = await startEmbedded({ dataFolder, superuserPassword: secrets.superuserPassword, settings })
  const adminUrl = server?.superuserUrl ?? outside!
  const template = `silian_template_${process.pid}`
  const ownerUrl = await provisionEmbedded(adminUrl, secrets, template)
  await prepareDatabase(ownerUrl, secrets, join(import.meta.dirname, '../../migrations'))
  provide('postgres', { adminUrl, ownerUrl, template, dataFolder })
}

// tests of durability start their own server; here speed counts
const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300']

export async function teardown(): Promise<void> {
  await server?.stop()
  await rm(dataFolder, { recursive: true, force: true })
}
