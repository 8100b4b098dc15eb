import type { Reader } from '../database/database.ts'
import type { RefusalParams } from '../result/result.ts'

export interface ReportedFault {
  /** As a spreadsheet counts, the heading being 1. */
  readonly row: number
  /** The column's name in the import; empty for the row as a whole. */
  readonly column: string
  readonly code: string
  readonly params: RefusalParams
  readonly excerpt: string | null
}

/** The faults of a run in the order of the file, after a row and column already shown. */
export const importFaults = (
  tx: Reader,
  run: string,
  { afterRow = 0, afterColumn = '', limit = 200 } = {},
): Promise<ReportedFault[]> =>
  tx.query<ReportedFault>(
    `select row_number as row, "column", code, params, excerpt from import_fault
     where programme_id = $1 and run_id = $2 and (row_number, "column") > ($3, $4)
     order by row_number, "column" limit $5`,
    [tx.programme, run, afterRow, afterColumn, limit],
  )

/** How often each code was given, the most frequent first. */
export const faultCounts = (tx: Reader, run: string): Promise<{ code: string; n: number }[]> =>
  tx.query(
    `select code, count(*) as n from import_fault where programme_id = $1 and run_id = $2
     group by code order by n desc, code`,
    [tx.programme, run],
  )
