import type { Writer } from '@silian/kernel/database/database.ts'
import { type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'

export interface RefundAsked {
  readonly orderId: string
  /** What is taken off each line. */
  readonly lines: readonly { readonly no: number; readonly pieces: number; readonly fen: number }[]
  readonly reason: 'short' | 'return' | 'quality' | 'missing'
}

/** The money of what is taken off a paid order goes back to those who paid it. */
export const refundOrder = async (
  _tx: Writer,
  _kit: Kit,
  _asked: RefundAsked,
): Promise<Result<{ id: string }, 'order.paid'>> => refuse('order.paid')
