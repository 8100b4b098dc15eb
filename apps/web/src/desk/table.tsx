import { Table, type TableColumnsType } from 'antd'
import type { HTMLAttributes, Key } from 'react'
import { ScrollArea } from '../ui/scroll-area.tsx'

interface DeskTableProps<T> {
  /** What the table holds, for those who hear it. */
  readonly label: string
  readonly columns: TableColumnsType<T>
  readonly rows: readonly T[]
  readonly rowKey: (row: T) => Key
}

/** A table of a desk: on a phone each row is a card that names its cells, and it prints whole. */
export function DeskTable<T extends object>({ label, columns, rows, rowKey }: DeskTableProps<T>) {
  return (
    <ScrollArea className="desk-table" label={label}>
      <Table<T>
        columns={columns.map(named)}
        dataSource={rows}
        rowKey={rowKey}
        pagination={false}
        size="middle"
      />
    </ScrollArea>
  )
}

/** The column's title stands in its cells, too: a card has no head. */
function named<T>(column: TableColumnsType<T>[number]): TableColumnsType<T>[number] {
  if (typeof column.title !== 'string' || column.title === '') return column
  const name = { 'data-label': column.title } as HTMLAttributes<T>
  return {
    ...column,
    onCell: (row: T, index?: number) => ({ ...column.onCell?.(row, index), ...name }),
  }
}
