import type { Values } from '@silian/kernel/declared/columns.ts'
import type { ColumnShape } from '@silian/kernel/declared/contract.ts'
import { type Names, useValueText } from '../columns/value-text.ts'
import { useWords } from '../words.ts'
import { useRegisters } from './shapes.ts'

const named = ['text', 'organisation', 'row', 'year']

/** The columns by which people call a row: the first two listed ones that name something. */
export function titleColumns(columns: readonly ColumnShape[]): ColumnShape[] {
  const listed = columns.filter(
    ({ listed, kind, format }) => listed && named.includes(kind) && format !== 'long',
  )
  return (listed.length > 0 ? listed : columns).slice(0, 2)
}

/** What a row is called where only one line is left for it. */
export function useRowTitle(register: string): (values: Values, names: Names) => string {
  const textOf = useValueText()
  const words = useWords(register)
  const columns = useRegisters().data?.find(({ name }) => name === register)?.columns ?? []
  return (values, names) =>
    titleColumns(columns)
      .map(column => textOf(column, values[column.name], { words, names }))
      .join(' · ')
}
