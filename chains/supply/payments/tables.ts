import type { Generated, Selectable } from 'kysely'
import type { ProviderName } from './providers/provider.ts'
import type { RefundSource } from './refund-contract.ts'

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
  provider: Generated<'bank' | 'wallet' | ProviderName>
  pay_url: Generated<string | null>
  provider_ref: Generated<string | null>
}
export type PaymentRow = Selectable<PaymentTable>

export interface ProviderReceiptTable {
  programme_id: string
  provider: ProviderName
  reference: string
  payment_id: string
  amount_fen: number
  paid_at: Date
  received_at: Date
  state: 'matched' | 'suspense' | 'returning'
  reason: string | null
  fact_id: string
}

export interface OrderReturnTable {
  programme_id: string
  id: string
  order_id: string
  reason: string
  amount_fen: number
  returned_at: Date
}

export interface RefundTable {
  programme_id: string
  id: string
  return_id: string | null
  order_id: string | null
  payment_id: string | null
  source: RefundSource
  tender_no: number
  amount_fen: number
  state: 'ordered' | 'asked' | 'done' | 'failed'
  ordered_at: Date
  asked_at: Date | null
  done_at: Date | null
  reference: string | null
  failure: string | null
  /** Ours to the provider, where it is not the refund's own id. */
  provider_no: Generated<string | null>
  /** All of ours that it was ever asked under, beside its own id. */
  provider_nos: Generated<string[]>
  /** When the provider did it, as it tells. */
  booked_at: Generated<Date | null>
  /** The provider could not, so the bank has paid it. */
  by_bank: Generated<boolean>
}

export type RefundRow = Selectable<RefundTable>

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
    provider_receipt: ProviderReceiptTable
    order_return: OrderReturnTable
    refund: RefundTable
  }
}
