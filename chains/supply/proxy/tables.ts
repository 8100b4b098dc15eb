import type { Generated } from 'kysely'

export interface ProxyOrderTable {
  programme_id: string
  order_id: string
  point_id: string
  customer_id: string
  placed_by: string
  placed_at: Date
  visited_at: Generated<Date | null>
  visited_by: Generated<string | null>
  signature: Generated<'drawn' | 'paper' | null>
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    proxy_order: ProxyOrderTable
  }
}
