import type { Database } from '@silian/kernel/database/database.ts'
import type { Recorder } from '@silian/kernel/fact/record.ts'
import type { Vault } from '@silian/kernel/personal/vault.ts'

/** What every use case is given beside its transaction. */
export interface Kit {
  readonly app: Database
  readonly batch: Database
  readonly recorder: Recorder
  readonly vault: Vault
}
