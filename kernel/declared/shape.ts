import { type Column, type Columns, isRequired } from './columns.ts'
import type { ColumnShape } from './contract.ts'

/** A declaration's columns as the pages are told of them, in its order. */
export const columnShapes = (columns: Columns): ColumnShape[] =>
  Object.entries(columns).flatMap(([name, column]) => (column.inner ? [] : [shapeOf(name, column)]))

const shapeOf = (name: string, column: Column): ColumnShape => ({
  name,
  kind: column.kind,
  required: isRequired(column),
  personal: column.personal ?? null,
  filter: column.filter ?? false,
  sort: column.sort ?? false,
  search: column.search ?? false,
  listed: column.listed ?? false,
  frozen: column.frozen ?? false,
  proposed: column.proposed ?? false,
  computed: (column.computed || column.byProcess) ?? false,
  max: column.kind === 'text' || column.kind === 'number' ? (column.max ?? null) : mostOf(column),
  min: column.kind === 'number' ? (column.min ?? null) : null,
  format: column.kind === 'text' ? (column.format ?? null) : null,
  unit: column.kind === 'number' ? (column.unit ?? null) : null,
  of: wordsOf(column),
  level: column.kind === 'area' ? (column.level ?? null) : null,
})

const mostOf = (column: Column): number | null => (column.kind === 'files' ? column.most : null)

function wordsOf(column: Column): string[] {
  if (column.kind === 'choice' || column.kind === 'choices') return [...column.of]
  if (column.kind === 'row') return [column.of]
  if (column.kind === 'text') return column.reference ? [column.reference.table] : []
  return column.kind === 'organisation' ? [...(column.types ?? [])] : []
}
