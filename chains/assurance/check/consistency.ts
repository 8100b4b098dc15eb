import { addDays, dateOf } from '@silian/kernel/time/shanghai.ts'
import { isHigher } from '../../production/links/rules.ts'
import type { Book, OffTold, OrderLine, Placed } from './book.ts'
import { countedOf, partsPassed, wasRecognised } from './derive.ts'
import type { Fact } from './entry.ts'
import { leftAt } from './left.ts'
import { compareMoney } from './money.ts'
import { comparePassed } from './passed.ts'
import { pieceFen, shipDaysOf } from './prices.ts'
import type { Findings } from './report.ts'
import { compareReturned } from './returned.ts'

export type Note = (
  key: string,
  field: string,
  expected: string | number | boolean,
  found: string | number | boolean | undefined,
) => void

/** What facts say of each other: prices offered and charged, goods brought and sold, money asked for, paid and shared out. */
export function compareFacts(findings: Findings, book: Book): void {
  const note: Note = (key, field, expected, found) =>
    findings.same('fact', key, field, expected, found ?? null)
  for (const [id, what] of book.doubled) findings.differs('fact', id, 'repeats', null, what)
  for (const [id, order] of book.orders) {
    compareOrder(note, book, order)
    compareSteps(note, book, id, order)
  }
  compareReturned(note, book)
  comparePayments(note, book)
  compareMoney(note, book)
  compareSettled(note, book)
  comparePayouts(note, book)
  comparePassed(note, book)
  compareLots(findings, note, book)
}

function compareOrder(note: Note, book: Book, { fact, fen, lines, shipBy }: Placed): void {
  note(fact.id, 'fen', sum(lines.map(line => line.fen)), fen)
  const days = lines.map(line => shipDaysOf(book, line))
  note(fact.id, 'shipBy', addDays(dateOf(fact.at), Math.max(...days)), shipBy)
  for (const line of lines) {
    const field = `lines.${line.no}`
    const offer = book.offers.get(line.offer)
    const version = book.versions.get(line.offer)?.get(line.offerVersion)
    note(fact.id, `${field}.fen`, (pieceFen(book, line) ?? 0) * line.pieces, line.fen)
    note(fact.id, `${field}.quantity`, (offer?.perPiece ?? 0) * line.pieces, line.quantity)
    note(fact.id, `${field}.lot`, version?.lot ?? '', line.lot)
    note(fact.id, `${field}.product`, offer?.product ?? '', line.product)
    note(fact.id, `${field}.county`, book.products.get(line.product)?.county ?? '', line.county)
    if (line.recognised)
      note(fact.id, `${field}.recognised`, wasRecognised(book, line.product, fact.at), line.recognised)
  }
}

/** Completed: accepted, paid and evaluated, and then at once. */
function compareSteps(note: Note, book: Book, id: string, order: Placed): void {
  const { approved, accepted, paid, evaluated, completed, refused, cancelled, expired } = Object.fromEntries(
    book.trails.get(id)?.steps ?? [],
  )
  if (paid) note(paid.fact.id, 'fen', leftAt(book, id, paid.fact).fen, paid.fen)
  const ends = [refused, cancelled, expired, accepted].filter(step => step !== undefined)
  if (ends.length > 1) note(ends[1]!.fact.id, 'ends', 'one end', `${ends.length} ends`)
  if (approved && refused) note(refused.fact.id, 'refused', 'not approved', 'approved')
  // of an order that came back whole nothing counts
  const isHeard = evaluated || (order.citizen && completed?.by === 'silence')
  const isDone = accepted && paid && isHeard && (completed || leftAt(book, id, undefined).lines.length > 0)
  note(order.fact.id, 'completed', !!isDone, completed !== undefined)
  if (!completed) return
  const left = leftAt(book, id, completed.fact)
  note(completed.fact.id, 'fen', left.fen, completed.fen)
  if (!order.citizen)
    note(completed.fact.id, 'countedFen', countedOf(book, order, left.lines), completed.countedFen)
  for (const off of book.offs.get(id) ?? []) compareOff(note, book, order, off, completed.fact)
  const said = (lines: readonly OrderLine[] | NonNullable<typeof completed.lines>) =>
    JSON.stringify(
      lines.map(l => [l.no, l.product, l.lot, l.county, l.pieces, l.quantity, l.fen, l.recognised]),
    )
  note(completed.fact.id, 'lines', said(left.lines), said(completed.lines ?? []))
}

/** What counted is taken back with the goods, once it had counted. */
function compareOff(note: Note, book: Book, order: Placed, off: OffTold, completed: Fact): void {
  note(off.fact.id, 'fen', sum(off.lines.map(line => line.fen)), off.fen)
  const lines = off.lines.flatMap(line => {
    const whole = order.lines.find(({ no }) => no === line.no)
    return whole ? [{ ...whole, fen: line.fen }] : []
  })
  if (completed.index < off.fact.index)
    note(off.fact.id, 'countedFen', countedOf(book, order, lines), off.countedFen)
}

function comparePayments(note: Note, book: Book): void {
  for (const [id, payment] of book.payments) {
    note(payment.fact.id, 'fen', sum(payment.orders.map(order => order.fen)), payment.fen)
    if (payment.provider) continue
    for (const { order, fen } of payment.orders) {
      note(payment.fact.id, `orders.${order}`, leftAt(book, order, payment.fact).fen, fen)
      const paid = book.stepOf(order, 'paid')
      if (paid?.payment !== id) continue
      const credit = paid.fact.refs.map(ref => book.credits.get(ref)).find(found => found)
      note(paid.fact.id, 'credit.fen', payment.fen, credit?.fen)
      // a person may see what a machine does not: then it stands who said so
      const allotted = credit && book.allotments.get(credit.fact.leaf)
      if (allotted) note(paid.fact.id, 'allotment.payment', id, allotted.payment)
      else note(paid.fact.id, 'credit.code', payment.code, credit?.code)
    }
  }
  for (const [leaf, allotted] of book.allotments)
    note(allotted.fact.id, 'credit.fen', allotted.fen, book.credits.get(leaf)?.fen)
  for (const [leaf, suspended] of book.suspensions)
    note(suspended.fact.id, 'credit.fen', suspended.fen, book.credits.get(leaf)?.fen)
}

function compareSettled(note: Note, book: Book): void {
  for (const [id, settled] of book.settlements) {
    const { fact, fen, cooperativeFen, householdsFen, parts, seller } = settled
    const completed = book.stepOf(id, 'completed')
    note(fact.id, 'pieces', settled.pieces, settled.seen)
    note(fact.id, 'order', completed?.fact.leaf ?? 'a completed order', fact.refs[0])
    note(fact.id, 'fen', completed ? leftAt(book, id, completed.fact).fen : 0, fen)
    note(fact.id, 'seller', book.orders.get(id)?.seller ?? '', seller)
    note(fact.id, 'householdsFen', sum(parts.map(part => part.fen)), householdsFen)
    note(fact.id, 'cooperativeFen', fen - householdsFen, cooperativeFen)
  }
}

function comparePayouts(note: Note, book: Book): void {
  const passed = partsPassed(book)
  for (const { fact, fen, items, county } of book.payouts.values()) {
    note(fact.id, 'fen', sum(items.map(item => item.fen)), fen)
    for (const item of items) {
      const parts = item.parts.map(part => partOf(book, passed, part, item.household))
      note(fact.id, `items.${item.household}`, sum(parts), item.fen)
      const { counties } = book.rowsOf('household').get(item.household) ?? { counties: new Set<string>() }
      const lies = counties.has(county) ? county : ([...counties][0] ?? '')
      note(fact.id, `county.${item.household}`, lies, county)
    }
  }
  const owed = new Map(
    [...book.payouts].flatMap(([batch, { items }]) =>
      items.map(item => [`${batch}/${item.household}`, item.fen] as const),
    ),
  )
  for (const { fact, batch, household, fen } of book.confirmations.values())
    if (household !== undefined && fen !== undefined)
      note(fact.id, 'fen', owed.get(`${batch}/${household}`) ?? 0, fen)
}

function partOf(book: Book, passed: ReadonlyMap<string, string>, part: string, household: string): number {
  const [order = '', link = ''] = part.split('/')
  const found = book.settlements.get(order)?.parts.find(each => each.link === link)
  return found && (passed.get(part) ?? found.household) === household ? found.fen : 0
}

/** Sold is never more than harvested, and no household is bought from below what its link protects. */
function compareLots(findings: Findings, note: Note, book: Book): void {
  const sold = new Map<string, number>()
  for (const [id, order] of book.orders)
    if (book.stepOf(id, 'shipped'))
      for (const line of order.lines) sold.set(line.lot, (sold.get(line.lot) ?? 0) + line.quantity)
  for (const { fact, from, lay } of book.lotMoves) note(fact.id, 'from', lay ?? '', from ?? '')
  for (const [id, lot] of book.lots) {
    const left = lot.quantity - (sold.get(id) ?? 0)
    if (left < 0) findings.differs('lot', id, 'sold', `at most ${lot.quantity}`, String(lot.quantity - left))
    note(lot.fact.id, 'quantity', sum([lot.own, ...lot.sources.map(source => source.quantity)]), lot.quantity)
    for (const source of lot.sources) {
      const formula = book.links.get(source.linkId)?.formula
      if (formula?.mechanism === 'order_purchase' && isHigher(formula.floor, source.price))
        findings.differs('lot_source', `${id}/${source.linkId}`, 'price', 'the protect price or more', 'less')
    }
  }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0)
