import { account } from '../accounts.ts'
import type { Book, Placed } from '../book.ts'
import type { Expectation, Row } from '../compare.ts'
import { allotments, paymentState, stateOf } from '../derive.ts'
import type { Fact } from '../entry.ts'
import { pieceFen } from '../prices.ts'
import { map } from './registers.ts'

/** Orders with their lines and tenders, and the money that came for them. */
export function orders(book: Book): Expectation[] {
  return [
    { table: 'order', key: ['id'], rows: map(book.orders, (id, order) => orderRow(book, id, order)) },
    { table: 'order_line', key: ['order_id', 'no'], rows: lines(book) },
    {
      table: 'tender',
      key: ['order_id', 'no'],
      rows: map(book.orders, (order_id, order) => ({
        order_id,
        no: 1,
        kind: 'budget',
        account: account.budget(order.declaration),
        amount_fen: order.fen,
      })),
    },
    { table: 'order_off', key: ['order_id', 'id', 'line_no'], rows: offs(book) },
    ...payments(book),
  ]
}

function orderRow(book: Book, id: string, order: Placed): Row {
  const at = (name: Parameters<Book['stepOf']>[1]) => book.stepOf(id, name)?.fact.at ?? null
  const offs = book.offs.get(id) ?? []
  const sentLast = book.stepOf(id, 'shipped') ?? book.sent.get(id)?.at(-1)
  const short = offs.find(off => off.state === 'shipped' && off.cause === 'short')
  const accepted = book.stepOf(id, 'accepted')
  const evaluated = book.stepOf(id, 'evaluated')
  return {
    id,
    number: order.number,
    state: stateOf(book, id),
    buyer_id: order.buyer,
    seller_id: order.seller,
    declaration_id: order.declaration,
    total_fen: order.fen,
    ship_by: order.shipBy,
    placed_at: order.fact.at,
    approved_at: at('approved'),
    shipped_at: at('shipped') ?? short?.fact.at ?? null,
    carrier: sentLast ? sentLast.said.get('carrier') : null,
    waybill: sentLast ? sentLast.said.get('waybill') : null,
    off_fen: sum(offs.map(off => off.fen)),
    delivered_at: at('delivered'),
    accepted_at: at('accepted'),
    invoice_number: accepted ? accepted.said.get('invoice') : null,
    paid_at: at('paid'),
    evaluated_at: at('evaluated'),
    score: evaluated?.score ?? null,
    evaluation: evaluated ? evaluated.said.get('text') : null,
    completed_at: at('completed'),
    last_leaf: Buffer.from(lastOf(book, id, order).leaf, 'base64'),
  }
}

/** The last of its trail; an expiry ends the order without leaving its leaf. */
const lastOf = (book: Book, id: string, order: Placed): Fact =>
  book.stepOf(id, 'expired') ? order.fact : (book.trails.get(id)?.last ?? order.fact)

const lines = (book: Book): Row[] =>
  [...book.orders].flatMap(([order_id, order]) =>
    order.lines.map(line => ({
      order_id,
      no: line.no,
      offer_id: line.offer,
      offer_version: line.offerVersion,
      product_id: line.product,
      lot_id: line.lot,
      pieces: line.pieces,
      quantity: line.quantity,
      price_fen: pieceFen(book, line),
      amount_fen: line.fen,
      county_code: line.county,
      recognised: line.recognised,
    })),
  )

const offs = (book: Book): Row[] =>
  [...book.offs].flatMap(([order_id, told]) =>
    told.flatMap(({ off, cause, fact, lines }) =>
      lines.map(line => ({
        ...{ order_id, id: off, line_no: line.no, pieces: line.pieces, quantity: line.quantity },
        ...{ amount_fen: line.fen, cause, taken_at: fact.at },
      })),
    ),
  )

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0)

const payments = (book: Book): Expectation[] => [
  {
    table: 'payment',
    key: ['id'],
    rows: map(book.payments, (id, payment) => {
      const { state, paidAt } = paymentState(book, id)
      const buyer = book.orders.get(payment.orders[0]?.order ?? '')?.buyer
      return {
        id,
        code: payment.code,
        buyer_id: buyer,
        amount_fen: payment.fen,
        state,
        created_at: payment.fact.at,
        expires_at: payment.expiresAt,
        paid_at: paidAt,
      }
    }),
  },
  {
    table: 'payment_allocation',
    key: ['payment_id', 'order_id'],
    rows: [...book.payments].flatMap(([payment_id, payment]) =>
      payment.orders.map(({ order, fen }) => ({ payment_id, order_id: order, amount_fen: fen })),
    ),
  },
  {
    table: 'bank_credit',
    key: ['fact_id'],
    rows: allotments(book).map(({ credit, state, payment, reason }) => ({
      fact_id: credit.fact.id,
      bank_id: book.keys.get(credit.fact.actor)?.holder,
      reference: credit.reference,
      code: credit.code,
      amount_fen: credit.fen,
      booked_at: credit.bookedAt,
      state,
      reason,
      payment_id: payment,
    })),
  },
]
