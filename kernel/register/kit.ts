import type { Database } from '../database/database.ts'
import type { Recorder } from '../fact/record.ts'
import type { Vault } from '../personal/vault.ts'

/** What a register's services need beside their transaction. */
export interface RegisterKit {
  readonly recorder: Recorder
  readonly vault: Vault
}

export interface RegisterRouteKit extends RegisterKit {
  readonly app: Database
}
