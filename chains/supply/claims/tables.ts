import type { claimKinds, claimStates } from './contract.ts'

export interface ClaimTable {
  programme_id: string
  id: string
  order_id: string
  seller_id: string
  /** A unit's organisation, or a customer. */
  buyer_id: string
  kind: (typeof claimKinds)[number]
  state: (typeof claimStates)[number]
  amount_fen: number
  reason: string
  opened_by: string
  opened_at: Date
  due_at: Date | null
  answer: string | null
  objection: string | null
  decision: string | null
  return_carrier: string | null
  return_waybill: string | null
  closed_at: Date | null
}

export interface ClaimLineTable {
  programme_id: string
  claim_id: string
  order_id: string
  line_no: number
  pieces: number
  amount_fen: number
}

export interface ReviewTable {
  programme_id: string
  id: string
  order_id: string
  product_id: string
  buyer_kind: 'unit' | 'citizen'
  by_masked: string | null
  score: number
  said: string
  at: Date
  hidden_at: Date | null
  hidden_by: string | null
  hidden_reason: string | null
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    claim: ClaimTable
    claim_line: ClaimLineTable
    review: ReviewTable
  }
}
