import type { Book } from './book.ts'
import type { Note } from './consistency.ts'

/** What citizens paid is what was asked of them; what went back is what its parts add up to, and never more than was paid. */
export function compareMoney(note: Note, book: Book): void {
  for (const { fact, payment, fen, outcome } of book.taken)
    if (outcome === 'matched') note(fact.id, 'payment.fen', book.payments.get(payment)?.fen ?? 0, fen)
  for (const [id, order] of book.orders) {
    const paid = book.stepOf(id, 'paid')
    if (order.citizen && paid) {
      note(paid.fact.id, 'walletFen', order.walletFen, paid.walletFen)
      const came = (paid.payments ?? []).map(payment => partOf(book, payment, id))
      note(paid.fact.id, 'parts', (paid.fen ?? 0) - order.walletFen, sum(came))
    }
  }
  for (const { fact, fen, parts } of book.refunds)
    note(fact.id, 'parts', fen, sum(parts.map(part => part.fen)))
  const ordered = new Map(
    book.refunds.flatMap(({ parts }) => parts.map(part => [part.id, part.fen] as const)),
  )
  for (const [refund, { fact, fen }] of book.refundsDone) note(fact.id, 'fen', ordered.get(refund) ?? 0, fen)
}

const partOf = (book: Book, payment: string, order: string): number =>
  book.payments.get(payment)?.orders.find(part => part.order === order)?.fen ?? 0

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0)
