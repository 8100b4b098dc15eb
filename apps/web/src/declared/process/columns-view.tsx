import type { Values } from '@silian/kernel/declared/columns.ts'
import type { ColumnShape } from '@silian/kernel/declared/contract.ts'
import { Shown } from '../columns/value.tsx'
import type { Context } from '../columns/value-text.ts'

interface ColumnsViewProps {
  readonly columns: readonly ColumnShape[]
  readonly values: Values
  readonly context: Context
}

/** What was filled in, read only. Columns that hold nothing are left out. */
export function ColumnsView({ columns, values, context }: ColumnsViewProps) {
  const filled = columns.filter(({ name }) => {
    const value = values[name]
    return (
      value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
    )
  })
  if (filled.length === 0) return null
  return (
    <dl className="row-fields">
      {filled.map(column => (
        <div key={column.name} data-column={column.name}>
          <dt title={context.words.help(column.name, context.within)}>
            {context.words.column(column.name, context.within)}
          </dt>
          <dd>
            <Shown column={column} value={values[column.name]} context={context} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
