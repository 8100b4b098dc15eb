export interface OfferTable {
  programme_id: string
  id: string
  version: number
  state: 'listed' | 'withdrawn'
  product_id: string
  seller_id: string
  lot_id: string
  spec_zh: string
  spec_en: string
  per_piece: number
  price_fen: number
  ship_days: number
  created_at: Date
}

export interface PavilionTable {
  programme_id: string
  key: string
  name_zh: string
  name_en: string
  recognised_only: boolean
  area_prefixes: string[]
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    offer: OfferTable
    pavilion: PavilionTable
  }
}
