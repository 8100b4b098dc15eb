import type { Config } from '@silian/kernel/config/config.ts'
import { loadSecrets, type Secrets } from '@silian/kernel/config/secrets.ts'
import type { Connections } from '@silian/kernel/database/provision.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { openDatabase } from './database.ts'

export interface Beside {
  readonly kit: Whole
  readonly connections: Connections
  readonly secrets: Secrets
}

/** Runs a command on the database, whether a server uses it at the moment or not; what we started we stop. */
export async function beside(config: Config, work: (means: Beside) => Promise<number>): Promise<number> {
  const secrets = await loadSecrets(config.dataFolder)
  const { connections, embedded } = await openDatabase(config, secrets)
  const kit = composeKit(connections, secrets)
  try {
    return await work({ kit, connections, secrets })
  } finally {
    await Promise.all([kit.app.close(), kit.batch.close()])
    if (embedded && !embedded.adopted) await embedded.stop()
  }
}
