import type { Generated } from 'kysely'
import type { RefusalParams } from '../result/result.ts'

export interface ImportRunTable {
  programme_id: string
  id: string
  kind: string
  file_sha256: Buffer
  state: 'waiting' | 'running' | 'done'
  rows_done: Generated<number>
  rows_added: Generated<number>
  rows_changed: Generated<number>
  rows_unchanged: Generated<number>
  rows_bad: Generated<number>
  started_by: string
  started_at: Date
  finished_at: Date | null
  refused: string | null
  refused_params: Generated<RefusalParams>
  dry_run: Generated<boolean>
  file_id: string | null
  answer_file_id: string | null
  reach: object | null
  percent: Generated<number>
}

export interface ImportFaultTable {
  programme_id: string
  run_id: string
  sheet: Generated<string>
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
