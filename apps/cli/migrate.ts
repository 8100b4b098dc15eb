import type { Config } from '@silian/kernel/config/config.ts'
import { beside } from './beside.ts'

/** `silian migrate`: roles and migrations only, for operators who upgrade the database before the servers. */
export async function migrateOnly(config: Config): Promise<number> {
  return beside(config, async () => 0)
}
