import type { Kit } from '@silian/chains/kit.ts'
import type { Reach } from '@silian/kernel/access/permit.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import type { OutValue, TableFormat } from '@silian/kernel/sheets/table.ts'
import type { z } from 'zod'

/** `word`: a code, told by its word; `buyer`: a unit's name, of a citizen none. Amounts are whole, as they are kept. */
export type ListFormat = TableFormat | 'word' | 'yes' | 'buyer'

interface Column<R> {
  readonly format: ListFormat
  readonly of: (row: R) => OutValue
}

interface Asked<Q> {
  readonly tx: Reader
  readonly kit: Kit
  readonly reach: Reach
  readonly query: Q
}

/** A list of a page as a table: who may take it out, by which filters, and what stands in its columns. */
export interface List<Q, R> {
  readonly name: string
  /** The action of the list itself: nobody takes out what they may not read. */
  readonly action: string
  readonly query: z.ZodObject
  read(asked: Asked<Q>): Promise<Page<R>>
  readonly columns: Readonly<Record<string, Column<R>>>
}

/** A list whose types have served their purpose. */
export type AnyList = List<Record<string, unknown>, unknown>

export const defineList = <S extends z.ZodObject, R>(
  list: List<z.output<S>, R> & { readonly query: S },
): AnyList => list as unknown as AnyList

export const column = <R>(format: ListFormat, of: (row: R) => OutValue): Column<R> => ({ format, of })
