import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configFrom } from '@silian/kernel/config/config.ts'
import { readEnv } from '@silian/kernel/config/env.ts'
import { createLogger } from '@silian/kernel/http/logger.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { type RunningServer, startServer } from '@silian/server/server.ts'
import { vi } from 'vitest'
import { worldTime } from '../small-world.ts'
import { type Credentials, credentials, type Http, httpTo } from './asker.ts'
import { Secrets } from './secrets.ts'
import { type Stage, setStage } from './stage.ts'
import { quiet } from './state.ts'

/** The real server over two programmes, with a person of every role signed in. */
export interface Ground {
  readonly db: TestDatabase
  readonly stage: Stage
  readonly server: RunningServer
  readonly http: Http
  readonly signedIn: Credentials
  readonly secrets: Secrets
  /** Every line that the server has written to its log. */
  readonly logged: readonly string[]
  close(): Promise<void>
}

export async function layGround(): Promise<Ground> {
  // the world's day: what was agreed on it is in force, whenever the test runs
  vi.useFakeTimers({ toFake: ['Date'], now: worldTime, shouldAdvanceTime: true })
  const db = await testDatabase()
  const dataFolder = await mkdtemp(join(tmpdir(), 'silian-refusals-'))
  const stage = await setStage(db, dataFolder)
  const logged: string[] = []
  const server = await startServer({
    config: configFrom(readEnv({ PORT: '0', SILIAN_DATA: dataFolder })),
    secrets: db.secrets,
    connections: db.connections,
    logger: createLogger('trace', { write: line => void logged.push(line) }),
  })
  const ground = {
    ...{ db, stage, server, logged },
    http: httpTo(server.url),
    signedIn: await credentials(server.url, stage),
    secrets: await Secrets.of(db, stage),
    close: async () => {
      await clear(db, stage, server)
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
  await quiet(db)
  return ground
}

async function clear(db: TestDatabase, { kit }: Stage, server: RunningServer): Promise<void> {
  await server.stop()
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
  vi.useRealTimers()
}
