import type { Writer } from '../database/database.ts'
import type { Columns, Fault, RowOf } from './columns.ts'

export interface NumberedRow<R> {
  /** As a spreadsheet counts, the heading being 1. */
  readonly number: number
  readonly row: R
}

export interface Written {
  /** Rows that were new or changed something; the others, but for the faults, had been there before. */
  readonly added: number
  readonly faults?: readonly { readonly number: number; readonly fault: Omit<Fault, 'excerpt'> }[]
}

/** What is imported: its columns, its rules and how a chunk of it is written. */
export interface ImportKind<C extends Columns> {
  readonly name: string
  readonly columns: C
  /** What else settles the outcome, such as a second file: a run is resumed only with the same. */
  readonly fingerprint?: string
  /** A rule over the whole row; pure. */
  readonly check?: (row: RowOf<C>) => Omit<Fault, 'excerpt'> | undefined
  /** In one transaction. Must find doubles by their natural key, since any row may come again. */
  readonly write: (tx: Writer, rows: readonly NumberedRow<RowOf<C>>[]) => Promise<Written>
}
