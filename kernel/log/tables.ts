import type { Generated } from 'kysely'

export interface LogTable {
  programme_id: string
  origin: string
  size: Generated<number>
  checkpoint: string | null
  lease_owner: string | null
  lease_until: Date | null
  former_origins: Generated<string[]>
  witnessed_size: number | null
  halted_at: Date | null
  halted_why: string | null
  halted_by: string | null
  halted_checkpoint: string | null
  created_at: Date
}

export interface LogEntryTable {
  programme_id: string
  log_index: number
  fact_id: string
  type: string
  leaf_hash: Buffer
  sequenced_at: Date
}

export interface LogTileTable {
  programme_id: string
  level: number
  tile_index: number
  hashes: Buffer
}

export interface LogHeadTable {
  programme_id: string
  size: number
  checkpoint: string
  signed_at: Date
}

export interface LogCosignatureTable {
  programme_id: string
  size: number
  witness: string
  key_id: string
  line: string
  cosigned_at: Date
}

declare module '../database/tables.ts' {
  interface Tables {
    log: LogTable
    log_entry: LogEntryTable
    log_tile: LogTileTable
    log_head: LogHeadTable
    log_cosignature: LogCosignatureTable
  }
}
