import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { countedFen } from '../../supply/quota/rules.ts'
import type { Book, Credit, PaidOut, Placed, StepName } from './book.ts'

/** The latest on the goods' way first. */
const way: readonly StepName[] = ['expired', 'cancelled', 'refused', 'accepted', 'shipped', 'approved']

export function stateOf(book: Book, order: string): string {
  const stepped = way.find(name => book.stepOf(order, name)) ?? begunState(book, order)
  const last = book.offs.get(order)?.at(-1)?.state
  if (last === 'cancelled') return last
  if (stepped !== 'approved') return stepped
  return last === 'shipped' ? last : book.sent.has(order) ? 'partly_shipped' : stepped
}

/** A citizen's order is approved by its payment. */
function begunState(book: Book, order: string): string {
  if (!book.orders.get(order)?.citizen) return 'in_approval'
  return book.stepOf(order, 'paid') ? 'approved' : 'awaiting_payment'
}

type CountedPart = Pick<Placed['lines'][number], 'fen' | 'county' | 'recognised'>

/** What of an order, or of some lines of it, counts under the rule that its declaration was made by. */
export function countedOf(book: Book, order: Placed, of: readonly CountedPart[] = order.lines): number {
  const rule = book.rules.get(book.declarations.get(order.declaration)?.rule ?? '')
  if (!rule) return 0
  const lines = of.map(line => ({
    amountFen: line.fen,
    countyCode: line.county,
    recognised: line.recognised,
  }))
  return countedFen(rule, lines)
}

export interface Allotted {
  readonly credit: Credit
  readonly state: 'unmatched' | 'matched' | 'suspense'
  readonly payment: string | null
  readonly reason: string | null
}

/** What became of each movement at the bank: other facts name it by its leaf. */
export function allotments(book: Book): Allotted[] {
  const taken = new Map<string, string>()
  for (const order of book.orders.keys()) {
    const paid = book.stepOf(order, 'paid')
    for (const ref of paid?.fact.refs ?? [])
      if (book.credits.has(ref) && paid?.payment) taken.set(ref, paid.payment)
  }
  return [...book.credits].map(([leaf, credit]) => {
    const suspended = book.suspensions.get(leaf)
    // what a person allotted waits no more
    if (suspended && !book.allotments.has(leaf))
      return { credit, state: 'suspense', payment: suspended.payment, reason: suspended.reason }
    const payment = taken.get(leaf)
    return payment
      ? { credit, state: 'matched', payment, reason: null }
      : { credit, state: 'unmatched', payment: null, reason: null }
  })
}

/** When a payment was paid, if it was, and whether one of its orders was cancelled before. */
export function paymentState(book: Book, id: string): { state: string; paidAt: Date | null } {
  const taken = book.taken.find(({ payment, outcome }) => payment === id && outcome === 'matched')
  if (taken) return { state: 'paid', paidAt: taken.fact.at }
  const orders = book.payments.get(id)?.orders ?? []
  const paid = orders.map(({ order }) => book.stepOf(order, 'paid')).find(step => step?.payment === id)
  if (paid) return { state: 'paid', paidAt: paid.fact.at }
  const isDead = orders.some(({ order }) => book.stepOf(order, 'cancelled'))
  return { state: isDead ? 'expired' : 'open', paidAt: null }
}

/** Whether a person allotted money to an order of it by another payment: its code is given up, and what comes by it fits nothing. */
export const isGivenUp = (book: Book, id: string): boolean =>
  (book.payments.get(id)?.orders ?? []).some(({ order }) => {
    const by = book.stepOf(order, 'paid')?.payment
    return by !== undefined && by !== id
  })

export interface PaidOuts {
  /** The bank's word by the batch that it closes. */
  readonly paid: ReadonlyMap<string, PaidOut>
  /** Words that fit no batch that waits. */
  readonly disputed: readonly PaidOut[]
}

/** The bank's words about payouts that have been heard, those below the subscription's cursor, in log order. */
export function paidOuts(book: Book, cursor: number): PaidOuts {
  const paid = new Map<string, PaidOut>()
  const disputed: PaidOut[] = []
  for (const word of book.paidOut) {
    if (word.fact.pending || word.fact.index >= cursor) continue
    const batch = book.payouts.get(word.batch)
    const fits = batch && batch.fact.index < word.fact.index && batch.fen === word.fen
    if (fits && !paid.has(word.batch)) paid.set(word.batch, word)
    else disputed.push(word)
  }
  return { paid, disputed }
}

/** Which batch paid each part, by `order/link`. */
export function payoutOfParts(book: Book): Map<string, string> {
  const batches = new Map<string, string>()
  for (const [batch, { items }] of book.payouts)
    for (const item of items) for (const part of item.parts) batches.set(part, batch)
  return batches
}

/** Who has each part that was handed on before it was paid, by `order/link`. */
export function partsPassed(book: Book): Map<string, string> {
  const passed = [...book.benefitsPassed.values()].sort((a, b) => a.fact.index - b.fact.index)
  return new Map(passed.flatMap(({ parts, to }) => parts.map(part => [part, to] as const)))
}

/** To whom a link is owed by now; undefined where that was erased. */
export function promiseeOf(book: Book, link: string): string | undefined {
  const passed = book.linksPassed.get(link)?.at(-1)
  return passed ? passed.household : book.links.get(link)?.household
}

/** Whether some recognition of the product was in force on the day of an instant. */
export const wasRecognised = (book: Book, product: string, at: Date): boolean =>
  (book.recognitions.get(product) ?? []).some(({ from, to }) => from <= dateOf(at) && dateOf(at) <= to)
