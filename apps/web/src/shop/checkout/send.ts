import { isPassing } from '../../api/problem.ts'
import { shopCall } from '../api.ts'
import { removeLines } from '../cart/cart.ts'
import type { CartLine } from '../cart/rules.ts'
import { afterFailure, bareNumber, bodyOf, type Draft } from './draft.ts'
import { finishDraft, keepDraft } from './use-draft.ts'

export interface Sending {
  readonly draft: Draft
  /** Of the cart; not asked for where something was already sent. */
  readonly lines: readonly CartLine[]
}

/** Where the customer goes next: to pay, or straight to the orders when nothing is left to pay. */
export type Next = { readonly pay: string } | { readonly orders: true }

/**
 * Orders and opens the payment, from wherever a try before this one stopped. What is sent is kept first, with its keys,
 * so that a line that breaks at any point costs another try and never another order.
 */
export async function sendDraft({ draft, lines }: Sending): Promise<Next> {
  // asked anew: the answer that began a session may be what the line lost
  const { customer } = await shopCall('session', { params: { programme: draft.programme } })
  if (!customer) await beginAsGuest(draft)
  const placed = draft.placed ? draft : await place(draft, lines, customer?.walletFen ?? 0)
  const due = (placed.placed ?? []).filter(({ dueFen }) => dueFen !== 0)
  if (due.length === 0) {
    await finishDraft(placed)
    return { orders: true }
  }
  const { programme, payKey, paymentId, form } = placed
  const body = { id: paymentId, orderIds: due.map(({ id }) => id), way: form.way }
  try {
    const payment = await shopCall('pay', { params: { programme }, key: payKey, body })
    await finishDraft(placed)
    return { pay: payment.id }
  } catch (error) {
    if (isPassing(error)) throw error
    // the orders stand whatever was wrong with the payment: each can be paid from its own page
    await finishDraft(placed)
    return { orders: true }
  }
}

const beginAsGuest = ({ programme, form }: Draft) =>
  shopCall('begin', { params: { programme }, body: { phone: bareNumber(form.phone) } })

async function place(draft: Draft, lines: readonly CartLine[], walletFen: number): Promise<Draft> {
  const { programme, key } = draft
  const sent: Draft = { ...draft, sent: draft.sent ?? bodyOf(draft, lines, walletFen) }
  await keepDraft(sent)
  try {
    const { orders } = await shopCall('place', { params: { programme }, key, body: sent.sent! })
    const placed: Draft = { ...sent, placed: orders }
    await keepDraft(placed)
    await removeLines(sent.sent!.lines.map(({ offerId }) => ({ programme, offerId })))
    return placed
  } catch (error) {
    await keepDraft(afterFailure(sent, error))
    throw error
  }
}
