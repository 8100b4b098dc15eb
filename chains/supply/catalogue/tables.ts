import type { Mark } from '../../value/products/contract.ts'
import type { OfferPrice, Pavilion } from './contract.ts'

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
  net_grams: number | null
  lead_days: number
  season_from: number | null
  season_to: number | null
  shelf_life_days: number | null
  cold_chain: boolean
  least_pieces: number
  most_pieces: number | null
  code: string | null
  created_at: Date
}

export interface OfferPriceTable {
  programme_id: string
  offer_id: string
  version: number
  buyer_group: OfferPrice['group']
  from_pieces: number
  price_fen: number
}

export interface PavilionTable {
  programme_id: string
  id: string
  version: number
  valid_to: string | null
  key: string
  name_zh: string
  name_en: string
  state: 'open' | 'closed'
  place: number
  seen_by: Pavilion['seenBy']
  recognised_only: boolean
  marks: Mark[] | null
  words_zh: string | null
  words_en: string | null
  banner_zh: string | null
  banner_en: string | null
  source: string
  areas: string
  produce: string
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    offer: OfferTable
    offer_price: OfferPriceTable
    pavilion: PavilionTable
  }
}
