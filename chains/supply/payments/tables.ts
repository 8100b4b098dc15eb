export interface PaymentTable {
  programme_id: string
  id: string
  code: string
  buyer_id: string
  amount_fen: number
  state: 'open' | 'paid' | 'expired'
  created_at: Date
  expires_at: Date
  paid_at: Date | null
}

export interface PaymentAllocationTable {
  programme_id: string
  payment_id: string
  order_id: string
  amount_fen: number
}

export interface BankCreditTable {
  programme_id: string
  fact_id: string
  /** Whose number the reference is. */
  bank_id: string | null
  reference: string
  code: string
  amount_fen: number
  booked_at: Date
  received_at: Date
  state: 'unmatched' | 'matched' | 'suspense'
  reason: string | null
  payment_id: string | null
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    payment: PaymentTable
    payment_allocation: PaymentAllocationTable
    bank_credit: BankCreditTable
  }
}
