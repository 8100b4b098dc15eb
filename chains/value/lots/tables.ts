export interface LotTable {
  programme_id: string
  id: string
  code: string
  product_id: string
  cooperative_id: string
  harvested_on: string
  quantity: number
  own_quantity: number
  households: number
  created_at: Date
  place_id: string | null
  moved_leaf: Buffer | null
}

export interface LotSourceTable {
  programme_id: string
  lot_id: string
  link_id: string
  household_id: string
  quantity: number
  price_fen: number
  price_per: number
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    lot: LotTable
    lot_source: LotSourceTable
  }
}
