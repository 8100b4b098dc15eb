import type { RetentionClass } from './classes.ts'
import type { Receipt } from './contract.ts'

export interface ErasureTable {
  programme_id: string
  id: string
  register: string
  row_id: string
  area_path: string | null
  case_id: string | null
  state: 'asked' | 'waiting' | 'restricted' | 'done'
  asked_at: Date
  asked_by: string
  carried_at: Date | null
  done_at: Date | null
  receipt: Receipt
}

export interface RetainedTable {
  programme_id: string
  erasure_id: string
  class: RetentionClass
  /** A column of the row; `column/id` of one that had been merged into it. */
  field: string
  sealed: Buffer
  until: string
}

declare module '../database/tables.ts' {
  interface Tables {
    erasure: ErasureTable
    retained: RetainedTable
  }
}
