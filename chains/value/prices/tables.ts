export interface MarketPriceTable {
  market: string
  item: string
  spec: string
  on_date: string
  unit: string
  low_fen: number
  mean_fen: number
  high_fen: number
  per_grams: number
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    market_price: MarketPriceTable
  }
}
