import type { Book } from '../book.ts'
import { AnyOf, type Expectation } from '../compare.ts'

/** What came by providers, and what went back to those who paid. */
export const moneyBack = (book: Book): Expectation[] => [
  {
    table: 'provider_receipt',
    key: ['provider', 'reference'],
    rows: book.taken.flatMap(({ provider, reference, payment, fen, outcome, reason, fact }) =>
      reference === undefined
        ? []
        : [
            {
              ...{ provider, reference, payment_id: payment, amount_fen: fen, received_at: fact.at },
              // a person may have sent back what fitted nothing
              state: outcome === 'suspense' ? new AnyOf('suspense', 'returning') : outcome,
              ...{ reason: reason ?? null, fact_id: fact.id },
            },
          ],
    ),
  },
  {
    table: 'order_return',
    key: ['id'],
    rows: book.refunds.flatMap(({ refund, order, reason, fen, fact }) =>
      order === undefined
        ? []
        : [{ id: refund, order_id: order, reason, amount_fen: fen, returned_at: fact.at }],
    ),
  },
  {
    table: 'refund',
    key: ['id'],
    rows: book.refunds.flatMap(back =>
      back.parts.map(part => {
        const done = book.refundsDone.get(part.id)
        const isDone = done !== undefined || part.source === 'wallet'
        return {
          ...{ id: part.id, return_id: back.order === undefined ? null : back.refund },
          ...{ order_id: back.order ?? null, source: part.source, tender_no: part.no },
          ...{ amount_fen: part.fen, ordered_at: back.fact.at },
          ...(back.payment === undefined ? {} : { payment_id: back.payment }),
          state: isDone ? 'done' : new AnyOf('ordered', 'asked', 'failed'),
          done_at: done?.fact.at ?? (isDone ? back.fact.at : null),
          reference: done?.reference ?? null,
        }
      }),
    ),
  },
]
