export interface PayoutBatchTable {
  programme_id: string
  id: string
  county_code: string
  area_path: string
  state: 'sent' | 'paid'
  total_fen: number
  households: number
  created_at: Date
  paid_at: Date | null
  bank_reference: string | null
}

export interface PayoutItemTable {
  programme_id: string
  id: string
  batch_id: string
  household_id: string
  area_path: string
  amount_fen: number
  paid_at: Date | null
  confirmed_at: Date | null
  confirmed_by: string | null
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    payout_batch: PayoutBatchTable
    payout_item: PayoutItemTable
  }
}
