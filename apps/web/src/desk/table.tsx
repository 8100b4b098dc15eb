import { Table, type TableColumnsType } from 'antd'
import type { Key } from 'react'
import { ScrollArea } from '../ui/scroll-area.tsx'

interface DeskTableProps<T> {
  /** What the table holds, for those who hear it. */
  readonly label: string
  readonly columns: TableColumnsType<T>
  readonly rows: readonly T[]
  readonly rowKey: (row: T) => Key
}

/** A table of a desk; it scrolls sideways by itself where the screen is narrow, and prints whole. */
export function DeskTable<T extends object>({ label, columns, rows, rowKey }: DeskTableProps<T>) {
  return (
    <ScrollArea className="desk-table" label={label}>
      <Table<T> columns={columns} dataSource={rows} rowKey={rowKey} pagination={false} size="middle" />
    </ScrollArea>
  )
}
