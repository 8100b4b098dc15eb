import type { Generated } from 'kysely'
import type { OrderState } from './rules.ts'

export interface OrderTable {
  programme_id: string
  id: string
  number: string
  state: OrderState
  buyer_kind: Generated<'unit' | 'citizen'>
  /** A unit's organisation, or a customer. */
  buyer_id: string
  seller_id: string
  /** Of a unit's. */
  declaration_id: string | null
  total_fen: number
  note: string
  ship_by: string
  placed_by: string
  placed_at: Date
  pay_by: Generated<Date | null>
  address_id: Generated<string | null>
  /** By whom it is counted while it waits for its payment: the customer, or what the guests of a phone share. */
  held_by: Generated<string | null>
  refunded_fen: Generated<number>
  approved_at: Date | null
  shipped_at: Date | null
  carrier: string | null
  waybill: string | null
  accepted_at: Date | null
  invoice_number: string | null
  paid_at: Date | null
  evaluated_at: Date | null
  score: number | null
  evaluation: string | null
  completed_at: Date | null
  last_leaf: Buffer | null
  /** What was not supplied, or came back: less is due by so much. */
  off_fen: Generated<number>
  delivered_at: Generated<Date | null>
}

export interface OrderLineTable {
  programme_id: string
  order_id: string
  no: number
  offer_id: string
  offer_version: number
  product_id: string
  lot_id: string
  pieces: number
  quantity: number
  price_fen: number
  amount_fen: number
  county_code: string
  recognised: boolean
}

/** Pieces taken off a line: not supplied, or come back. Several rows of one `id` are one act. */
export interface OrderOffTable {
  programme_id: string
  id: string
  order_id: string
  line_no: number
  pieces: number
  quantity: number
  amount_fen: number
  cause: 'short' | 'return' | 'quality' | 'missing'
  taken_at: Date
}

export interface TenderTable {
  programme_id: string
  order_id: string
  no: number
  kind: 'budget' | 'payment' | 'wallet' | 'voucher'
  account: string
  amount_fen: number
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    order: OrderTable
    order_line: OrderLineTable
    order_off: OrderOffTable
    tender: TenderTable
  }
}
