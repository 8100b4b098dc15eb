export interface SettlementTable {
  programme_id: string
  order_id: string
  fact_id: string
  seller_id: string
  total_fen: number
  cooperative_fen: number
  households_fen: number
  households: number
  settled_at: Date
}

export interface SettlementPartTable {
  programme_id: string
  order_id: string
  household_id: string
  link_id: string
  mechanism: 'order_purchase' | 'share_dividend'
  fen: number
  payout_id: string | null
  /** Who has it now, where its household was merged before it was paid. */
  passed_to: string | null
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    settlement: SettlementTable
    settlement_part: SettlementPartTable
  }
}
