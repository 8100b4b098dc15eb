import type { Generated } from 'kysely'
import type { RefusalParams } from '../result/result.ts'

export interface ImportRunTable {
  programme_id: string
  id: string
  kind: string
  file_sha256: Buffer
  state: 'running' | 'done'
  rows_done: Generated<number>
  rows_added: Generated<number>
  rows_unchanged: Generated<number>
  rows_bad: Generated<number>
  started_by: string
  started_at: Date
  finished_at: Date | null
  refused: string | null
}

export interface ImportFaultTable {
  programme_id: string
  run_id: string
  row_number: number
  column: string
  code: string
  params: Generated<RefusalParams>
  excerpt: string | null
}

export interface AreaFormerNameTable {
  code: string
  name_zh: string
}

declare module '../database/tables.ts' {
  interface Tables {
    import_run: ImportRunTable
    import_fault: ImportFaultTable
    area_former_name: AreaFormerNameTable
  }
}
