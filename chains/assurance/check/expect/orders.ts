import { account } from '../accounts.ts'
import type { Book, Placed } from '../book.ts'
import { AnyOf, type Expectation, type Row } from '../compare.ts'
import { allotments, isGivenUp, paymentState, stateOf } from '../derive.ts'
import type { Fact } from '../entry.ts'
import { pieceFen } from '../prices.ts'
import { moneyBack } from './refunds.ts'
import { map } from './registers.ts'

/** Orders with their lines and tenders, and the money that came for them. */
export function orders(book: Book): Expectation[] {
  return [
    { table: 'order', key: ['id'], rows: map(book.orders, (id, order) => orderRow(book, id, order)) },
    { table: 'order_line', key: ['order_id', 'no'], rows: lines(book) },
    { table: 'tender', key: ['order_id', 'no'], rows: tenders(book) },
    { table: 'order_off', key: ['order_id', 'id', 'line_no'], rows: offs(book) },
    ...payments(book),
    ...moneyBack(book),
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
    buyer_kind: order.citizen ? 'citizen' : 'unit',
    buyer_id: order.citizen ? order.customer : order.buyer,
    seller_id: order.seller,
    declaration_id: order.citizen ? null : order.declaration,
    pay_by: order.citizen ? order.approveBy : null,
    refunded_fen: sum(book.refunds.filter(back => back.order === id).map(back => back.fen)),
    total_fen: order.fen,
    ship_by: order.shipBy,
    placed_at: order.fact.at,
    approved_at: at('approved') ?? (order.citizen ? at('paid') : null),
    shipped_at: at('shipped') ?? short?.fact.at ?? null,
    carrier: sentLast ? sentLast.said.get('carrier') : null,
    waybill: sentLast ? sentLast.said.get('waybill') : null,
    off_fen: sum(offs.map(off => off.fen)),
    delivered_at: at('delivered'),
    accepted_at: at('accepted'),
    invoice_number: accepted && !order.citizen ? accepted.said.get('invoice') : null,
    paid_at: at('paid'),
    evaluated_at: at('evaluated'),
    score: evaluated?.score ?? null,
    evaluation: evaluated ? evaluated.said.get('text') : null,
    completed_at: at('completed'),
    last_leaf: Buffer.from(lastOf(book, id, order).leaf, 'base64'),
  }
}

/** The last of its trail; an expiry of a unit's ends the order without leaving its leaf. */
const lastOf = (book: Book, id: string, order: Placed): Fact =>
  book.stepOf(id, 'expired') && !order.citizen ? order.fact : (book.trails.get(id)?.last ?? order.fact)

const tenders = (book: Book): Row[] =>
  [...book.orders].flatMap(([order_id, order]) =>
    tendersOf(order).map(([kind, account_of, amount_fen], i) => ({
      ...{ order_id, no: i + 1, kind, account: account_of, amount_fen },
    })),
  )

function tendersOf(order: Placed): (readonly [string, string | undefined, number])[] {
  if (!order.citizen) return [['budget', account.budget(order.declaration), order.fen]]
  const whose = order.customer === undefined ? undefined : account.wallet(order.customer)
  const parts = [
    ['wallet', whose, order.walletFen],
    ['payment', '', order.fen - order.walletFen],
  ] as const
  return parts.filter(([, , fen]) => fen > 0)
}

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
        buyer_id: payment.provider ? payment.payer : buyer,
        provider: payment.provider ?? 'bank',
        amount_fen: payment.fen,
        // its payer chose another way, its time was over, or its orders were paid by another
        state:
          (payment.provider || isGivenUp(book, id)) && state !== 'paid'
            ? new AnyOf('open', 'expired')
            : state,
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
