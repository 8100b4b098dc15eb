import { idFrom } from '@silian/kernel/ids/ids.ts'
import { account } from '../accounts.ts'
import type { Book, Placed, RefundTold, Taken } from '../book.ts'
import type { ExpectedLedger, ExpectedPosting } from '../ledger.ts'
import { summed } from '../ledger.ts'

/** What citizens paid, what went back, and what sellers owe of it. */
export function addMoney(ledger: ExpectedLedger, book: Book): void {
  for (const [gift, { customer = '', fen, fact }] of book.gifts) {
    ledger.open(account.wallet(customer), 'fen')
    ledger.post({
      ...{ id: idFrom('entry', 'gift', gift), kind: 'wallet.given', subject: gift, at: fact.at },
      postings: [
        { account: account.walletSource, amount: -fen },
        { account: account.wallet(customer), amount: fen },
      ],
    })
  }
  for (const taken of book.taken) addTaken(ledger, book, taken)
  for (const back of book.refunds) addRefund(ledger, book, back)
  for (const [refund, { source, fen, fact, by: payer }] of book.refundsDone) {
    const by = ['wechat', 'alipay'].includes(source) ? source : 'bank'
    ledger.post({
      ...{ id: idFrom('entry', 'refunded', refund), kind: 'refund.done', subject: refund, at: fact.at },
      postings: [
        { account: account.returning(by), amount: -fen },
        { account: (payer ?? by) === 'bank' ? account.bank : account.provider(by), amount: fen },
      ],
    })
  }
  for (const { seller, payee, fen, fact } of book.recovered) {
    ledger.open(account.organisation(payee), 'fen')
    ledger.post({
      id: idFrom('entry', 'recover', Buffer.from(fact.refs[0] ?? '', 'base64').toString('hex')),
      ...{ kind: 'refund.recovered', subject: seller, at: fact.at },
      postings: [
        { account: account.organisation(payee), amount: -fen },
        { account: account.claim(seller), amount: fen },
      ],
    })
  }
}

function addTaken(ledger: ExpectedLedger, book: Book, taken: Taken): void {
  const payment = book.payments.get(taken.payment)
  const parts = taken.outcome === 'matched' ? (payment?.orders ?? []) : []
  for (const { order } of parts) ledger.open(account.escrow(order), 'fen')
  const into = parts.map(({ order, fen }) => ({ account: account.escrow(order), amount: fen }))
  const isWallet = taken.provider === 'wallet'
  const source = isWallet ? account.wallet(payment?.payer ?? '') : account.provider(taken.provider)
  if (isWallet) ledger.open(source, 'fen')
  const rest = taken.outcome === 'returning' ? account.returning(taken.provider) : account.providerSuspense
  ledger.post({
    ...(isWallet
      ? { id: idFrom('entry', 'wallet', taken.payment), kind: 'payment.wallet' }
      : {
          ...{ id: idFrom('entry', 'received', taken.provider, taken.reference ?? ''), observed: true },
          kind: 'payment.taken',
        }),
    ...{ subject: taken.payment, at: taken.fact.at },
    postings: [
      { account: source, amount: -taken.fen },
      ...(taken.outcome === 'matched' ? into : [{ account: rest, amount: taken.fen }]),
    ],
  })
}

function addRefund(ledger: ExpectedLedger, book: Book, back: RefundTold): void {
  const order = back.order === undefined ? undefined : book.orders.get(back.order)
  // of a payment that could not be taken it lies with what returns already; what a person sends back leaves suspense
  if (!order || back.order === undefined) {
    addUnfit(ledger, book, back)
    return
  }
  const isAdvanced = back.from === 'seller'
  const from = isAdvanced ? account.claim(order.seller) : account.escrow(back.order)
  if (isAdvanced) ledger.open(from, 'fen', 'free')
  const wallets = walletsOf(book, back.order, order)
  const whose = ({ no, to }: (typeof back.parts)[number]) =>
    to === 'buyer' ? order.customer : wallets[no - 1]
  for (const part of back.parts)
    if (part.source === 'wallet') ledger.open(account.wallet(whose(part) ?? ''), 'fen')
  ledger.post({
    ...{ id: idFrom('entry', 'refund', back.refund), kind: 'refund.ordered', subject: back.order },
    at: back.fact.at,
    postings: summed([
      { account: from, amount: -back.fen },
      ...back.parts.flatMap(part => wayBack(order, part, whose(part))),
    ]),
  })
}

function addUnfit(ledger: ExpectedLedger, book: Book, back: RefundTold): void {
  const source = back.parts[0]?.source ?? ''
  const came = book.taken.find(taken => taken.fact.leaf === back.fact.refs[0] && taken.outcome === 'suspense')
  if (!came) return
  // its provider had another sum than its notice told: the rest never came
  const never = came.fen - back.fen
  ledger.post({
    ...{ id: idFrom('entry', 'unfit', back.refund), kind: 'refund.ordered', subject: back.payment ?? '' },
    at: back.fact.at,
    postings: [
      { account: account.providerSuspense, amount: -came.fen },
      { account: account.returning(source), amount: back.fen },
      ...(never === 0 ? [] : [{ account: account.provider(source), amount: never }]),
    ],
  })
}

/** Whose wallet each source of an order is, in the order of the sources: the buyer's tender, then payments as they came. */
function walletsOf(book: Book, id: string, order: Placed): (string | undefined)[] {
  const isPaid = book.stepOf(id, 'paid') !== undefined
  const own = order.walletFen > 0 && isPaid ? [order.customer] : []
  const paid = book.taken
    .filter(({ payment, outcome }) => outcome === 'matched' && pays(book, payment, id))
    .sort((a, b) => a.fact.at.getTime() - b.fact.at.getTime() || (a.payment < b.payment ? -1 : 1))
  return [...own, ...paid.map(({ payment }) => book.payments.get(payment)?.payer)]
}

const pays = (book: Book, payment: string, order: string): boolean =>
  (book.payments.get(payment)?.orders ?? []).some(part => part.order === order)

function wayBack(
  order: Placed,
  { source, fen }: { source: string; fen: number },
  whose: string | undefined,
): ExpectedPosting[] {
  if (source === 'wallet') return [{ account: account.wallet(whose ?? ''), amount: fen }]
  if (source !== 'budget') return [{ account: account.returning(source), amount: fen }]
  return [
    { account: account.returning('bank'), amount: fen },
    { account: account.spent(order.declaration), amount: -fen },
    { account: account.budget(order.declaration), amount: fen },
  ]
}
