import { createHash } from 'node:crypto'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { addDays, dateOf } from '@silian/kernel/time/shanghai.ts'
import type { BuyerGroup } from '../catalogue/contract.ts'
import { type LinePrice, type Priced, priceOf } from '../catalogue/rules.ts'
import type { orderStates } from './contract.ts'

export type OrderState = (typeof orderStates)[number]

/** The side of an order that makes a move. */
export type Side = 'buyer' | 'seller'

/** The goods' way as data: each move, from where, to where, by whom. Payment and evaluation run beside it. */
export const moves = {
  approve: { from: ['in_approval'], to: 'approved', by: 'buyer' },
  refuse: { from: ['in_approval'], to: 'refused', by: 'buyer' },
  cancel: { from: ['in_approval', 'approved'], to: 'cancelled', by: 'buyer' },
  ship_part: { from: ['approved', 'partly_shipped'], to: 'partly_shipped', by: 'seller' },
  ship: { from: ['approved', 'partly_shipped'], to: 'shipped', by: 'seller' },
  accept: { from: ['shipped'], to: 'accepted', by: 'buyer' },
} as const satisfies Record<string, { from: readonly OrderState[]; to: OrderState; by: Side }>

export type Move = keyof typeof moves

export interface OrderFacts {
  readonly state: OrderState
  readonly paidAt: Date | null
  readonly acceptedAt: Date | null
  readonly evaluatedAt: Date | null
}

/** Whether a move is open now; a paid order is not cancelled but returned. */
export function checkMove(
  order: OrderFacts,
  move: Move,
): Result<OrderState, 'order.wrong_state' | 'order.paid'> {
  const { from, to } = moves[move]
  if (!(from as readonly OrderState[]).includes(order.state))
    return refuse('order.wrong_state', { state: order.state })
  if (move === 'cancel' && order.paidAt) return refuse('order.paid')
  return ok(to)
}

/** Where the goods of a unit's order may be while it is paid. */
export const payableStates: readonly OrderState[] = ['approved', 'partly_shipped', 'shipped', 'accepted']

/** Approved orders can be paid at any time before or after delivery (先货后款, 先款后货). */
export const isPayable = (order: OrderFacts): boolean => !order.paidAt && payableStates.includes(order.state)

/** Goods that have been accepted can be evaluated once. */
export const isEvaluable = (order: OrderFacts): boolean => order.state === 'accepted' && !order.evaluatedAt

/** COMPLETED: accepted, paid and evaluated, in any order; nothing else counts (P22). */
export const isComplete = (order: OrderFacts): boolean =>
  !!(order.acceptedAt && order.paidAt && order.evaluatedAt)

export interface PricedLine extends LinePrice {
  /** Units of the lot, grams or pieces. */
  readonly quantity: number
}

/** Refuses `order.too_large` where money or goods of a line are more than can be counted exactly. */
export function priceLine(
  offer: Priced & { readonly perPiece: number },
  group: BuyerGroup,
  pieces: number,
): Result<PricedLine, 'order.too_large'> {
  const quantity = offer.perPiece * pieces
  const isCountable = Number.isSafeInteger(quantity) && Number.isSafeInteger(offer.priceFen * pieces)
  return isCountable ? ok({ ...priceOf(offer, group, pieces), quantity }) : refuse('order.too_large')
}

/** The last day to ship, in natural days from the order (P6). */
export const shipBy = (placedAt: Date, days: number): string => addDays(dateOf(placedAt), days)

/** Days an order may wait for its approval before its goods and budget are set free. */
export const APPROVAL_DAYS = 15

/** When what an order asks for is free again unless it was approved. */
export const approveBy = (placedAt: Date): Date => new Date(placedAt.getTime() + APPROVAL_DAYS * 86_400_000)

/** Minutes that a citizen's goods are kept for the payment. */
export const PAY_MINUTES = 30

export const payBy = (placedAt: Date): Date => new Date(placedAt.getTime() + PAY_MINUTES * 60_000)

/** Orders that one customer, or the guests of one phone, may have waiting for their payment at once. */
const MOST_UNPAID = 10

/** What all of these may come to where no phone was proven: ¥5,000. */
const MOST_UNPROVEN_FEN = 500_000

interface Holder {
  readonly isProven: boolean
  /** What waits is of all guests of a phone, whoever they are: nothing of it is told. */
  readonly isOfPhone: boolean
  readonly unpaid: number
  readonly unpaidFen: number
}

/**
 * Whether goods of so many more orders may be held. Refuses `order.too_many_unpaid` {most, unpaid}, of a phone's guests
 * `order.too_many_of_phone` {most}, and `order.too_much_unproven` {mostFen}.
 */
export function mayHold(
  { isProven, isOfPhone, unpaid, unpaidFen }: Holder,
  more: { readonly orders: number; readonly fen: number },
): Result<null, 'order.too_many_unpaid' | 'order.too_many_of_phone' | 'order.too_much_unproven'> {
  if (unpaid + more.orders > MOST_UNPAID)
    return isOfPhone
      ? refuse('order.too_many_of_phone', { most: MOST_UNPAID })
      : refuse('order.too_many_unpaid', { most: MOST_UNPAID, unpaid })
  if (!isProven && unpaidFen + more.fen > MOST_UNPROVEN_FEN)
    return refuse('order.too_much_unproven', { mostFen: MOST_UNPROVEN_FEN })
  return ok(null)
}

/** Pieces of one lot that the guests of a phone may have waiting however little is left. */
const FREE_PIECES = 10
/** Beyond those, the part of what is left that they may have: a quarter. */
const PARTS = 4

interface Taking {
  /** Of one lot, in its unit: asked for, waiting for the payment of the same guests already, and left to everybody. */
  readonly wanted: number
  readonly held: number
  readonly left: number
  readonly perPiece: number
}

/** Whether guests of a phone may have so much of one lot waiting. Refuses `order.too_much_of_offer` {most} pieces. */
export function mayTake({ wanted, held, left, perPiece }: Taking): Result<null, 'order.too_much_of_offer'> {
  const most = Math.max(FREE_PIECES * perPiece, Math.floor(left / PARTS))
  return held + wanted > most
    ? refuse('order.too_much_of_offer', { most: Math.floor(most / perPiece) })
    : ok(null)
}

/** `20260105-7K3FQ9VM`: the day, and eight letters of the id that are hard to misread on the phone. */
export const orderNumber = (id: string, placedAt: Date): string =>
  `${dateOf(placedAt).replaceAll('-', '')}-${readable(`order ${id}`, 8)}`

/** The code a payer writes into a transfer: ten letters, told apart from order numbers by its first. */
export const paymentCode = (id: string): string => `P${readable(`payment ${id}`, 9)}`

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

function readable(seed: string, letters: number): string {
  const bytes = createHash('sha256').update(seed).digest()
  return Array.from({ length: letters }, (_, i) => ALPHABET[bytes[i]! & 31]).join('')
}
