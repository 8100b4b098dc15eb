import { idFrom } from '@silian/kernel/ids/ids.ts'
import { account } from '../accounts.ts'
import type { Book, OffTold, Placed, Step } from '../book.ts'
import { countedOf, type PaidOuts } from '../derive.ts'
import { type ExpectedHold, ExpectedLedger, type ExpectedPosting, summed } from '../ledger.ts'
import { leftAt, offsBefore } from '../left.ts'
import { addMoney } from './purchases.ts'

/** What a year's reserved share is called among the promises. */
export const targetOf = (declaration: string): string => idFrom('target', declaration)

/** The ledger that the facts make. */
export function ledgerOf(book: Book, outs: PaidOuts): ExpectedLedger {
  const ledger = new ExpectedLedger()
  addHarvests(ledger, book)
  addBudgets(ledger, book)
  openLost(ledger, book)
  for (const [id, order] of book.orders) addOrder(ledger, book, id, order)
  addBaskets(ledger, book)
  addMoney(ledger, book)
  addSuspense(ledger, book)
  addSettlements(ledger, book)
  addPassed(ledger, book)
  addPayouts(ledger, book, outs)
  return ledger
}

function addHarvests(ledger: ExpectedLedger, book: Book): void {
  for (const [id, { fact, unit, quantity }] of book.lots) {
    ledger.open(account.stock(id), unit)
    ledger.post({
      id: idFrom('entry', 'harvest', id),
      kind: 'lot.harvested',
      subject: id,
      at: fact.at,
      postings: [
        { account: account.harvest(unit), amount: -quantity },
        { account: account.stock(id), amount: quantity },
      ],
    })
  }
}

function addBudgets(ledger: ExpectedLedger, book: Book): void {
  for (const [id, { state, fact }] of book.decisions) {
    const declared = book.declarations.get(id)
    if (state !== 'confirmed' || !declared) continue
    ledger.open(account.budget(id), 'fen')
    ledger.open(account.spent(id), 'fen', 'free')
    ledger.open(account.quota(id), 'fen', 'floor')
    if (declared.baseFen > 0)
      ledger.post({
        id: idFrom('entry', 'budget', id),
        kind: 'budget.opened',
        subject: id,
        at: fact.at,
        postings: [
          { account: account.budgetSource, amount: -declared.baseFen },
          { account: account.budget(id), amount: declared.baseFen },
        ],
      })
  }
}

/** An order has accounts of its own once goods or money of it are on their way. */
function openLost(ledger: ExpectedLedger, book: Book): void {
  for (const { cause, restock, lines } of [...book.offs.values()].flat())
    if (cause !== 'short' && restock === 'no')
      for (const { unit } of lines) ledger.open(account.lost(unit), unit, 'free')
}

function openOrder(
  ledger: ExpectedLedger,
  book: Book,
  id: string,
  order: Placed,
  { paid, shipped }: Steps,
): void {
  if (paid) ledger.open(account.escrow(id), 'fen')
  const parts = book.sent.get(id)?.flatMap(({ lines }) => lines)
  for (const { unit } of parts ?? (shipped ? order.lines : [])) ledger.open(account.transit(id, unit), unit)
}

/** A basket asks for all its goods and money in one entry that only holds. */
function addBaskets(ledger: ExpectedLedger, book: Book): void {
  for (const { basket, fact } of book.orders.values())
    ledger.post({
      id: idFrom('entry', 'place', basket),
      kind: 'order.placed',
      subject: basket,
      at: fact.at,
      postings: [],
    })
}

interface Steps {
  readonly approved: Step | undefined
  readonly closed: Step | undefined
  readonly expired: Step | undefined
  readonly shipped: Step | undefined
  readonly accepted: Step | undefined
  readonly paid: Step | undefined
  readonly completed: Step | undefined
}

function addOrder(ledger: ExpectedLedger, book: Book, id: string, order: Placed): void {
  const step = (name: Parameters<Book['stepOf']>[1]) => book.stepOf(id, name)
  const steps: Steps = {
    approved: step('approved'),
    closed: step('refused') ?? step('cancelled'),
    expired: step('expired'),
    shipped: step('shipped'),
    accepted: step('accepted'),
    paid: step('paid'),
    completed: step('completed'),
  }
  openOrder(ledger, book, id, order, steps)
  askedHolds(ledger, id, order, steps)
  approvedHolds(ledger, book, id, order, steps)
  for (const entry of entriesOf(book, id, order, steps)) ledger.post({ ...entry, subject: id })
}

/** Until the approval: given back by it, by a refusal, or by its own time. */
function askedHolds(ledger: ExpectedLedger, id: string, order: Placed, steps: Steps): void {
  const isOver = steps.approved ?? (order.citizen ? steps.paid : undefined) ?? endedEarly(order, steps)
  const hold = {
    entry: idFrom('entry', 'place', order.basket),
    expiresAt: order.approveBy,
    end: isOver ? ('voided' as const) : ('open' as const),
  }
  if (!order.citizen)
    ledger.hold({
      ...hold,
      id: idFrom('hold', 'budget', id, 'asked'),
      account: account.budget(order.declaration),
      amount: order.fen,
    })
  else if (order.walletFen > 0) {
    ledger.open(account.wallet(order.customer ?? ''), 'fen')
    ledger.hold({
      ...{ ...hold, id: idFrom('hold', 'wallet', id), account: account.wallet(order.customer ?? '') },
      ...{ amount: order.walletFen, end: steps.paid ? 'committed' : hold.end },
    })
  }
  for (const line of order.lines)
    ledger.hold({
      ...hold,
      id: idFrom('hold', 'stock', id, String(line.no), 'asked'),
      account: account.stock(line.lot),
      amount: line.quantity,
    })
}

/** Before its own time: what it held was set free by that, and not by the sweeper. */
function endedEarly(order: Placed, { approved, paid, closed, expired }: Steps): Step | undefined {
  const end = closed ?? expired
  const isEarly = end && (end.fact.at < order.approveBy || approved || paid)
  return isEarly || (closed && !order.citizen) ? end : undefined
}

function budgetHeld(ledger: ExpectedLedger, book: Book, id: string, order: Placed, steps: Steps): void {
  const hold = { entry: idFrom('entry', 'approve', id), expiresAt: null }
  const endBy = (done: Step | undefined) => (done ? 'committed' : steps.closed ? 'voided' : 'open')
  const unpaidOff = sum(offsBefore(book, id, steps.paid?.fact).map(off => off.fen))
  ledger.hold({
    ...hold,
    id: idFrom('hold', 'budget', id, 'approved'),
    account: account.budget(order.declaration),
    amount: order.fen,
    // what is off before it is paid gives back its part; the last part voids it
    ...(!steps.paid && unpaidOff === order.fen
      ? { end: 'voided' as const }
      : { end: endBy(steps.paid), remaining: order.fen - unpaidOff }),
  })
}

function approvedHolds(ledger: ExpectedLedger, book: Book, id: string, order: Placed, steps: Steps): void {
  if (!steps.approved && !(order.citizen && steps.paid)) return
  const hold = { entry: idFrom('entry', order.citizen ? 'paid' : 'approve', id), expiresAt: null }
  if (!order.citizen) budgetHeld(ledger, book, id, order, steps)
  for (const line of order.lines)
    ledger.hold({
      ...hold,
      id: idFrom('hold', 'stock', id, String(line.no), 'approved'),
      account: account.stock(line.lot),
      amount: line.quantity,
      ...stockEnd(book, id, line, steps),
    })
}

type HoldEnd = { readonly end: ExpectedHold['end']; readonly remaining?: number }

/** Goods leave in parts and are given back in parts: whatever took the last of them ended the hold. */
function stockEnd(
  book: Book,
  id: string,
  line: Placed['lines'][number],
  { shipped, closed }: Steps,
): HoldEnd {
  const sent = book.sent.get(id) ?? []
  if (shipped && sent.length === 0 && !shorted(book, id)) return { end: 'committed' }
  const uses = [
    ...sent.map(part => ({ fact: part.fact, lines: part.lines, end: 'committed' as const })),
    ...shortOf(book, id).map(off => ({ fact: off.fact, lines: off.lines, end: 'voided' as const })),
  ].sort((a, b) => a.fact.index - b.fact.index)
  let [remaining, end]: [number, ExpectedHold['end']] = [line.quantity, 'open']
  for (const use of uses) {
    const used = sum(use.lines.filter(({ no }) => no === line.no).map(({ quantity }) => quantity))
    remaining -= used
    if (used > 0 && remaining === 0) end = use.end
  }
  return remaining > 0 && closed ? { end: 'voided' } : { end, remaining }
}

const shortOf = (book: Book, id: string): OffTold[] =>
  (book.offs.get(id) ?? []).filter(off => off.cause === 'short')
const shorted = (book: Book, id: string): boolean => shortOf(book, id).length > 0

interface OrderEntry {
  readonly id: string
  readonly kind: string
  readonly at: Date
  readonly postings: readonly ExpectedPosting[]
}

function entriesOf(book: Book, id: string, order: Placed, steps: Steps): OrderEntry[] {
  const entry = (
    name: string,
    kind: string,
    step: Step | undefined,
    postings: readonly ExpectedPosting[] = [],
  ) => (step ? [{ id: idFrom('entry', name, id), kind, at: step.fact.at, postings: summed(postings) }] : [])
  const { declaration, lines } = order
  const { fen } = leftAt(book, id, steps.paid?.fact)
  const counted = countedOf(book, order, leftAt(book, id, steps.completed?.fact).lines)
  return [
    ...entry('approve', 'order.approved', steps.approved),
    ...entry('void', 'order.closed', endedEarly(order, steps)),
    ...(book.sent.has(id) || shorted(book, id)
      ? []
      : entry('ship', 'order.shipped', steps.shipped, leaving(id, lines))),
    ...entry(
      'accept',
      'order.accepted',
      steps.accepted,
      leftAt(book, id, steps.accepted?.fact).lines.flatMap(line => [
        { account: account.transit(id, line.unit), amount: -line.quantity },
        { account: account.consumed(line.unit), amount: line.quantity },
      ]),
    ),
    ...partEntries(book, id, order),
    ...offEntries(book, id, order, steps),
    ...entry(
      'paid',
      'order.paid',
      steps.paid,
      order.citizen
        ? fromWallet(id, order)
        : [
            { account: sourceOf(book, steps.paid), amount: -fen },
            { account: account.escrow(id), amount: fen },
            { account: account.budget(declaration), amount: -fen },
            { account: account.spent(declaration), amount: fen },
          ],
    ),
    ...entry('complete', 'order.completed', counted > 0 ? steps.completed : undefined, [
      { account: account.quotaSource, amount: -counted },
      { account: account.quota(declaration), amount: counted, undertaking: targetOf(declaration) },
    ]),
  ]
}

/** The rest has come by payments before. */
const fromWallet = (id: string, { walletFen, customer }: Placed): ExpectedPosting[] =>
  walletFen === 0
    ? []
    : [
        { account: account.wallet(customer ?? ''), amount: -walletFen },
        { account: account.escrow(id), amount: walletFen },
      ]

const leaving = (
  id: string,
  lines: readonly { readonly lot: string; readonly unit: string; readonly quantity: number }[],
): ExpectedPosting[] =>
  lines.flatMap(line => [
    { account: account.stock(line.lot), amount: -line.quantity },
    { account: account.transit(id, line.unit), amount: line.quantity },
  ])

/** The lines of a part with their lots, as the order names them. */
const withLots = <L extends { readonly no: number }>(order: Placed, lines: readonly L[]) =>
  lines.map(line => ({ ...line, lot: order.lines.find(({ no }) => no === line.no)?.lot ?? '' }))

const partEntries = (book: Book, id: string, order: Placed): OrderEntry[] =>
  (book.sent.get(id) ?? []).map(({ parcel, fact, lines }) => ({
    ...{ id: idFrom('entry', 'parcel', parcel), kind: 'order.shipped', at: fact.at },
    postings: summed(leaving(id, withLots(order, lines))),
  }))

/** Goods that were not supplied were only held; what came back leaves where it is, and what had counted is taken back. */
function offEntries(book: Book, id: string, order: Placed, { accepted, completed }: Steps): OrderEntry[] {
  return (book.offs.get(id) ?? []).map(({ off, cause, fact, lines, restock, countedFen = 0 }) => {
    const from = (unit: string) =>
      accepted && accepted.fact.index < fact.index ? account.consumed(unit) : account.transit(id, unit)
    const goods = withLots(order, lines).flatMap(line => [
      { account: from(line.unit), amount: -line.quantity },
      {
        account: restock === 'yes' ? account.stock(line.lot) : account.lost(line.unit),
        amount: line.quantity,
      },
    ])
    const quota = [
      { account: account.quotaSource, amount: countedFen },
      {
        account: account.quota(order.declaration),
        amount: -countedFen,
        undertaking: targetOf(order.declaration),
      },
    ]
    return {
      ...{ id: idFrom('entry', 'off', off), kind: 'order.reduced', at: fact.at },
      postings: summed([...(cause === 'short' ? [] : goods), ...(completed && countedFen > 0 ? quota : [])]),
    }
  })
}

/** Money that had come before its payment could take it leaves suspense. */
const sourceOf = (book: Book, paid: Step | undefined): string =>
  paid?.fact.refs.some(ref => book.suspensions.has(ref)) ? account.suspense : account.bank

/** Money that came and could not be allotted; what nobody claimed yet is not in the ledger at all. */
function addSuspense(ledger: ExpectedLedger, book: Book): void {
  for (const [leaf, suspended] of book.suspensions) {
    const credit = book.credits.get(leaf)
    if (!credit) continue
    ledger.post({
      id: idFrom('entry', 'suspense', credit.fact.id),
      kind: 'payment.suspended',
      subject: credit.fact.id,
      at: suspended.fact.at,
      observed: true,
      postings: [
        { account: account.bank, amount: -credit.fen },
        { account: account.suspense, amount: credit.fen },
      ],
    })
  }
}

function addSettlements(ledger: ExpectedLedger, book: Book): void {
  for (const [order, { fact, seller, payee = seller, fen, cooperativeFen, parts }] of book.settlements) {
    ledger.open(account.organisation(payee), 'fen')
    for (const part of parts) ledger.open(account.household(part.household), 'fen')
    ledger.post({
      id: idFrom('entry', 'settle', order),
      kind: 'order.settled',
      subject: order,
      at: fact.at,
      postings: [
        { account: account.escrow(order), amount: -fen },
        ...(cooperativeFen > 0 ? [{ account: account.organisation(payee), amount: cooperativeFen }] : []),
        ...parts.map(part => ({
          account: account.household(part.household),
          amount: part.fen,
          undertaking: part.link,
        })),
      ],
    })
  }
}

/** What was still owed to those who ended, handed to who goes on for them. */
function addPassed(ledger: ExpectedLedger, book: Book): void {
  const sides = [
    { passed: book.benefitsPassed, kind: 'benefit.passed', account: account.household },
    { passed: book.payablesPassed, kind: 'payable.passed', account: account.organisation },
  ]
  for (const { passed, kind, account: owedTo } of sides)
    for (const [id, { fact, to, fen }] of passed) {
      ledger.open(owedTo(to), 'fen')
      const postings = [
        { account: owedTo(id), amount: -fen },
        { account: owedTo(to), amount: fen },
      ]
      ledger.post({ id: idFrom('entry', 'pass', id), kind, subject: id, at: fact.at, postings })
    }
}

function addPayouts(ledger: ExpectedLedger, book: Book, { paid }: PaidOuts): void {
  for (const [batch, { fact, fen, items }] of book.payouts) {
    ledger.open(account.payout(batch), 'fen')
    ledger.post({
      id: idFrom('entry', 'payout', batch),
      kind: 'payout.sent',
      subject: batch,
      at: fact.at,
      postings: [
        ...items.map(item => ({ account: account.household(item.household), amount: -item.fen })),
        { account: account.payout(batch), amount: fen },
      ],
    })
    if (paid.has(batch))
      ledger.post({
        id: idFrom('entry', 'paid-out', batch),
        kind: 'payout.paid',
        subject: batch,
        at: undefined,
        postings: [
          { account: account.payout(batch), amount: -fen },
          { account: account.bank, amount: fen },
        ],
      })
  }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0)
