import { z } from 'zod'
import { amount, instant, type Kind, kind, opened } from './kind.ts'

const part = z.object({ household: z.string(), link: z.string(), fen: amount })
const item = z.object({ household: z.string(), fen: amount, parts: z.array(z.string()) })

/** Payments, and 保障链: settlements, payouts, cited figures. */
export const assuranceKinds: Readonly<Record<string, Kind>> = {
  'payment.opened': kind(
    z.object({
      payment: z.string(),
      code: z.string(),
      fen: amount,
      expiresAt: instant,
      orders: z.array(z.object({ order: z.string(), fen: amount })),
    }),
    (book, { payment, ...pub }, fact) => book.tell(book.payments, payment, { ...pub, fact }, 'payment'),
  ),
  'bank.credited': kind(
    z.object({ reference: z.string(), code: z.string(), fen: amount, bookedAt: instant }),
    (book, pub, fact) => {
      book.tell(book.credits, fact.leaf, { ...pub, fact }, 'credit')
    },
  ),
  'payment.suspended': kind(
    z.object({ payment: z.string(), fen: amount, reason: z.string() }),
    (book, pub, fact) => {
      for (const ref of fact.refs) book.tell(book.suspensions, ref, { ...pub, fact }, 'suspension')
    },
  ),
  'order.settled': kind(
    z.object({
      order: z.string(),
      seller: z.string(),
      fen: amount,
      cooperativeFen: amount,
      householdsFen: amount,
    }),
    (book, { order, ...pub }, fact, open) => {
      const parts = opened(open, 'part', part)
      book.tell(book.settlements, order, { ...pub, fact, parts }, 'settlement')
    },
    { needsOpenings: true },
  ),
  'payout.sent': kind(
    z.object({ batch: z.string(), county: z.string(), fen: amount }),
    (book, { batch, ...pub }, fact, open) =>
      book.tell(book.payouts, batch, { ...pub, fact, items: opened(open, 'item', item) }, 'payout'),
    { needsOpenings: true },
  ),
  'bank.paid_out': kind(
    z.object({ reference: z.string(), batch: z.string(), fen: amount }),
    (book, pub, fact) => {
      book.paidOut.push({ ...pub, fact })
    },
  ),
  'payout.confirmed': kind(
    z.object({ batch: z.string(), item: z.string(), fen: amount }),
    (book, { item: id, ...pub }, fact, open) =>
      book.tell(book.confirmations, id, { ...pub, fact, household: open.get('household') }, 'confirmation'),
  ),
  'figure.cited': kind(
    z.object({
      key: z.string(),
      row: z.string(),
      quoteZh: z.string(),
      labelEn: z.string(),
      value: z.string(),
      unit: z.string(),
      asOf: z.string(),
    }),
    (book, { key, ...pub }, fact) => book.tell(book.cited, key, { ...pub, fact }, 'cited figure'),
  ),
}
