import { z } from 'zod'
import { amount, hiddenAmount, instant, type Kind, kind, opened } from './kind.ts'

const part = z.object({ household: z.string(), link: z.string(), fen: amount })
/** The first piece of a settlement; one that one fact can hold is not numbered. */
const settled = z.object({
  order: z.string(),
  pieces: z.number().default(1),
  seller: z.string(),
  payee: z.string().optional(),
  fen: amount,
  cooperativeFen: amount.optional(),
  householdsFen: amount.optional(),
})
/** Further parts of a settlement, from the second piece on. */
const settledMore = z.object({ order: z.string(), piece: z.number().min(2) })
const item = z.object({ household: z.string(), fen: amount, parts: z.array(z.string()) })
/** What is hidden of a benefit that passed over; the parts as JSON. */
const passed = z.object({
  household: z.string(),
  to: z.string(),
  fen: amount,
  parts: z.string().transform(text => z.array(z.string()).parse(JSON.parse(text))),
})

/** Payments, and 保障链: settlements, payouts, cited figures. */
export const assuranceKinds: Readonly<Record<string, Kind>> = {
  'payment.opened': kind(
    z.object({
      payment: z.string(),
      code: z.string(),
      fen: amount,
      expiresAt: instant,
      orders: z.array(z.object({ order: z.string(), fen: amount })),
      provider: z.string().optional(),
    }),
    (book, { payment, ...pub }, fact, open) =>
      book.tell(book.payments, payment, { ...pub, payer: open.get('payer'), fact }, 'payment'),
  ),
  'wallet.given': kind(z.object({ gift: z.string(), fen: amount }), (book, { gift, fen }, fact, open) =>
    book.tell(book.gifts, gift, { fact, fen, customer: open.get('customer') }, 'gift'),
  ),
  'payment.taken': kind(
    z.object({
      ...{ payment: z.string(), provider: z.string(), reference: z.string().optional(), fen: amount },
      ...{ outcome: z.string(), reason: z.string().optional() },
    }),
    (book, pub, fact) => {
      book.taken.push({ ...pub, fact })
    },
  ),
  'refund.ordered': kind(
    z.object({
      ...{ refund: z.string(), order: z.string().optional(), payment: z.string().optional() },
      ...{ seller: z.string().optional(), reason: z.string(), fen: amount, from: z.string() },
      parts: z.array(
        z.object({
          ...{ id: z.string(), no: z.number(), source: z.string(), fen: amount },
          to: z.literal('buyer').optional(),
        }),
      ),
    }),
    (book, pub, fact) => book.refunded({ ...pub, fact }),
  ),
  'refund.done': kind(
    z.object({
      ...{ refund: z.string(), source: z.string(), fen: amount, reference: z.string() },
      by: z.literal('bank').optional(),
    }),
    (book, { refund, ...pub }, fact) => book.tell(book.refundsDone, refund, { ...pub, fact }, 'refund done'),
  ),
  'refund.recovered': kind(
    z.object({ seller: z.string(), payee: z.string(), fen: amount }),
    (book, pub, fact) => {
      book.recovered.push({ ...pub, fact })
    },
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
  'credit.allotted': kind(z.object({ payment: z.string(), fen: amount }), (book, pub, fact) => {
    for (const ref of fact.refs) book.tell(book.allotments, ref, { ...pub, fact }, 'allotment')
  }),
  'order.settled': kind(
    settledMore.or(settled),
    (book, pub, fact, open) => {
      const parts = opened(open, 'part', part)
      if ('piece' in pub) return book.morePieces(pub.order, { fact, piece: pub.piece, parts })
      const { order, pieces, ...told } = pub
      // sums that would tell of fewer than five households are hidden
      const cooperativeFen = told.cooperativeFen ?? amount.parse(open.get('cooperativeFen'))
      const householdsFen = told.householdsFen ?? amount.parse(open.get('householdsFen'))
      const first = { ...told, cooperativeFen, householdsFen, pieces, seen: 1, fact, parts }
      book.tell(book.settlements, order, first, 'settlement')
    },
    { needsOpenings: true },
  ),
  'benefit.passed': kind(
    z.object({}),
    (book, _pub, fact, open) => {
      const told = { ...passed.parse(Object.fromEntries(open)), fact }
      book.tell(book.benefitsPassed, told.household, told, 'benefits of')
    },
    { needsOpenings: true },
  ),
  'payable.passed': kind(
    z.object({ organisation: z.string(), to: z.string() }),
    (book, { organisation, to }, fact, open) => {
      const fen = amount.parse(open.get('fen'))
      book.tell(book.payablesPassed, organisation, { fact, to, fen }, 'payable of')
    },
    { needsOpenings: true },
  ),
  'organisation.succeeded': kind(
    z.object({ what: z.string(), organisations: z.array(z.string()), into: z.string().optional() }),
    (book, { what, organisations, into }, fact) => {
      if (what !== 'merge' || into === undefined) return
      for (const id of organisations) book.successors.set(`organisation/${id}`, { fact, to: [into] })
    },
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
    z.object({ batch: z.string(), item: z.string(), fen: amount.optional() }),
    (book, { item: id, batch, fen }, fact, open) => {
      const told = { fact, batch, fen: fen ?? hiddenAmount(open, 'fen'), household: open.get('household') }
      book.tell(book.confirmations, id, told, 'confirmation')
    },
  ),
  'bulletin.published': kind(
    z.object({ bulletin: z.string(), month: z.string(), version: z.number(), content: z.string() }),
    (book, { bulletin, ...pub }, fact) => book.tell(book.bulletins, bulletin, { ...pub, fact }, 'bulletin'),
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
