import type { Language } from '../declared/words.ts'
import { XLSX } from '../files/content-type.ts'
import type { FileAnswer } from '../http/file-answer.ts'
import { writeCsv } from './csv-write.ts'
import { legendSheet } from './legend.ts'
import { type Table, tableSheet } from './table.ts'
import { writeWorkbook } from './write.ts'

export interface AnswerOptions extends Table {
  readonly as: 'xlsx' | 'csv'
  readonly language: Language
  /** More sheets of a workbook: a CSV has room for one. */
  readonly beside?: readonly Table[]
}

/**
 * Any list as a file, for a route whose `stream` is set: its rows are asked for while it is sent, and none are kept.
 * A workbook's last sheet says what the columns mean.
 */
export function sheetAnswer({ as, language, beside = [], ...table }: AnswerOptions): FileAnswer {
  const name = `${table.name}.${as}`
  if (as === 'csv') return { type: 'text/csv; charset=utf-8', name, content: writeCsv(table) }
  const tables = [table, ...beside]
  return {
    type: XLSX,
    name,
    content: writeWorkbook([...tables.map(tableSheet), legendSheet(language, tables)]),
  }
}
