import type { Result } from '@silian/kernel/result/result.ts'
import type { ProviderName } from '../contract.ts'

export type { ProviderName }

/** What a provider is told of a payment. Our number of the trade is the payment's id without hyphens. */
export interface Trade {
  readonly tradeNo: string
  readonly fen: number
  readonly title: string
  readonly expiresAt: Date
  readonly notifyUrl: string
  /** Where the payer's browser comes back to. */
  readonly returnUrl: string
  readonly payerAddress: string
}

export interface RefundOrder {
  readonly tradeNo: string
  /** Ours of the refund: the same one is made once. */
  readonly refundNo: string
  readonly fen: number
  /** Of the whole trade. */
  readonly totalFen: number
  readonly reason: string
}

/** Money the provider says it has taken for us. */
export interface Received {
  readonly tradeNo: string
  /** The provider's own number of the trade. */
  readonly reference: string
  readonly fen: number
  readonly paidAt: Date
}

export type TradeState =
  | { readonly state: 'paid'; readonly received: Received }
  | { readonly state: 'waiting' | 'closed' | 'unknown' }

export type RefundState =
  | { readonly state: 'done'; readonly reference: string; readonly at?: Date | undefined }
  | { readonly state: 'pending' }
  | { readonly state: 'failed'; readonly why: string }

/** A callback as it came. */
export interface Message {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** What a callback says once its signature holds; `other` is of no concern to payments. */
export type Notice =
  | { readonly kind: 'paid'; readonly received: Received }
  | { readonly kind: 'refund'; readonly refundNo: string; readonly told: RefundState }
  | { readonly kind: 'other' }

export type NoticeRefusal = 'notice.forged' | 'notice.stale' | 'notice.malformed'

export interface StatementLine {
  readonly kind: 'payment' | 'refund'
  /** The provider's number of the trade, or ours of the refund. */
  readonly reference: string
  readonly tradeNo: string
  readonly fen: number
}

/**
 * A payment provider, spoken to by its published rules. What goes over the network throws {@link ProviderFault}, never
 * stands in a transaction, and gives up at the time that it was made with.
 */
export interface PaymentProvider {
  readonly name: ProviderName
  /** Where the payer confirms. */
  create(trade: Trade): Promise<{ payUrl: string }>
  query(tradeNo: string): Promise<TradeState>
  close(tradeNo: string): Promise<void>
  refund(order: RefundOrder): Promise<RefundState>
  queryRefund(order: Pick<RefundOrder, 'tradeNo' | 'refundNo'>): Promise<RefundState>
  /** Verifies a callback before it reads it. */
  read(message: Message, at: Date): Result<Notice, NoticeRefusal>
  /** What the provider takes for "heard". */
  readonly heard: string
  /** What it took and gave back on a day in Shanghai, each on the day that it was done. */
  statement(day: string): Promise<readonly StatementLine[]>
}

/** The provider could not be reached, did not answer in time, or answered what it never signed. */
export class ProviderFault extends Error {
  override readonly name = 'ProviderFault'
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

export const tradeNoOf = (id: string): string => id.replaceAll('-', '')

/** The id behind a number of ours; undefined for a number that is none. */
export const idOfTrade = (no: string): string | undefined =>
  /^[0-9a-f]{32}$/.test(no) ? no.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : undefined

/** 12.30 and 12.3 and 12 → 1230; undefined for what is no amount. */
export function fenOfYuan(text: string): number | undefined {
  const found = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text.trim())
  if (!found) return undefined
  const fen = Number(found[2]) * 100 + Number((found[3] ?? '').padEnd(2, '0'))
  return found[1] ? -fen : fen
}

export const yuanOfFen = (fen: number): string =>
  `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
