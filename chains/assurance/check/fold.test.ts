import { beforeEach, describe, expect, it } from 'vitest'
import { Book } from './book.ts'
import { compareFacts } from './consistency.ts'
import { compareCursors } from './cursors.ts'
import { allotments, paidOuts, paymentState, stateOf } from './derive.ts'
import type { Fact } from './entry.ts'
import { ledgerOf } from './expect/ledger-of.ts'
import { read } from './fold/read.ts'
import { Findings } from './report.ts'
import { compareSplits } from './split.ts'
import { totalsOf } from './totals.ts'

const at = new Date('2025-10-08T02:00:00Z')
let book: Book
let findings: Findings
let index: number
beforeEach(() => {
  book = new Book()
  findings = new Findings()
  index = 0
})

/** Reads one fact into the book; returns its leaf. */
function tell(
  type: string,
  pub: Record<string, unknown>,
  { hidden = {}, refs = [] }: { hidden?: Record<string, unknown>; refs?: string[] } = {},
): string {
  const open = new Map(
    Object.entries(hidden).map(([field, value]) => [
      field,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
  const fact: Fact = {
    ...{
      index,
      pending: false,
      id: `fact ${index}`,
      type,
      log: 'demo',
      at,
      actor: 'a',
      by: 'held',
      pub,
      refs,
    },
    c: Object.fromEntries([...open.keys()].map(field => [field, ''])),
    leaf: Buffer.from(`leaf ${index}`).toString('base64'),
  }
  index += 1
  read(book, findings, fact, open)
  return fact.leaf
}

const line = { no: 1, offer: 'offer', offerVersion: 1, product: 'p', lot: 'lot', pieces: 2, unit: 'g' }
const goods = { quantity: '10000', fen: '16000', county: '451003', recognised: true }

/** A lot of which half came from one household, sold in one order of 160 yuan. */
function tellWorld(): void {
  tell('product.created', {
    ...{
      product: 'p',
      key: 'p',
      name: 'p',
      class: 'fruit',
      county: '451003',
      cooperative: 'coop',
      unit: 'g',
    },
  })
  tell('product.recognised', { product: 'p', from: '2025-01-01', to: '2025-12-31' })
  const link = { cooperative: 'coop', startsOn: '2025-01-01', endsOn: '2025-12-31' }
  const shares = { mechanism: 'share_dividend', poolBp: 1000, basicShares: 1, careShares: 0, fundShares: 0 }
  tell(
    'link.signed',
    { ...link, link: 'shares', mechanism: 'share_dividend' },
    { hidden: { household: 'h2', formula: shares } },
  )
  tell(
    'lot.harvested',
    {
      ...{ lot: 'lot', product: 'p', county: '451003', harvestedOn: '2025-10-01', unit: 'g' },
      ...{ quantity: '20000', own: '10000' },
    },
    {
      hidden: {
        source0: { linkId: 'buys', householdId: 'h1', quantity: 10_000, price: { fen: 200, per: 500 } },
      },
    },
  )
  tell('offer.listed', {
    ...{ offer: 'offer', version: 1, product: 'p', lot: 'lot', perPiece: '5000', fen: '8000', shipDays: 7 },
  })
  tell('quota.ruled', {
    ...{
      rule: 'rule',
      year: 2025,
      areaCode: '440300',
      base: 'canteen_food',
      ratioBp: 1500,
      productAreas: [],
    },
    ...{ channels: ['platform'], recognisedOnly: true, source: 'P10' },
  })
  tell('quota.declared', {
    ...{ declaration: 'd', unit: 'unit', year: 2025, rule: 'rule', kind: 'own' },
    ...{ baseFen: '100000', reservedFen: '15000' },
  })
  tell('quota.confirmed', { declaration: 'd' })
}

const place = (change: Record<string, unknown> = {}) =>
  tell('order.placed', {
    ...{
      order: 'o',
      basket: 'o',
      number: 'N',
      buyer: 'unit',
      seller: 'coop',
      declaration: 'd',
      fen: '16000',
    },
    ...{
      shipBy: '2025-10-15',
      approveBy: '2025-10-23T02:00:00.000Z',
      lines: [{ ...line, ...goods }],
      ...change,
    },
  })

const open = () =>
  tell('payment.opened', {
    ...{ payment: 'pay', code: 'P1', fen: '16000', expiresAt: '2025-11-07T02:00:00.000Z' },
    orders: [{ order: 'o', fen: '16000' }],
  })
const credit = (fen = '16000') =>
  tell('bank.credited', { reference: 'B1', code: 'P1', fen, bookedAt: '2025-10-08T02:00:00.000Z' })

/** Everything up to the completed order; returns the leaf that completes it. */
function tellSale(): string {
  tellWorld()
  place()
  tell('order.approved', { order: 'o' })
  tell('order.shipped', { order: 'o' })
  tell('order.accepted', { order: 'o' })
  tell('order.evaluated', { order: 'o', score: 5 })
  open()
  tell('order.paid', { order: 'o', payment: 'pay', fen: '16000' }, { refs: [credit()] })
  return tell('order.completed', {
    ...{ order: 'o', fen: '16000', countedFen: '16000', buyerKind: 'budget_unit' },
    lines: [{ ...line, ...goods }],
  })
}

// half of 10 kg at 4 yuan a kg to the source, 10 % of 160 yuan to the shares
const parts = {
  part0: { household: 'h1', link: 'buys', fen: '2000' },
  part1: { household: 'h2', link: 'shares', fen: '1600' },
}
const settle = (completed: string, hidden: Record<string, unknown> = parts, households = 3600) =>
  tell(
    'order.settled',
    {
      ...{ order: 'o', seller: 'coop', fen: '16000' },
      ...{ cooperativeFen: String(16_000 - households), householdsFen: String(households) },
    },
    { hidden, refs: [completed] },
  )

const differences = () => {
  compareFacts(findings, book)
  compareSplits(findings, book)
  return findings.differences.map(({ field, expected, found }) => [field, expected, found])
}

describe('an order', () => {
  it('that was completed and settled leaves nothing to say, and its balances', () => {
    settle(tellSale())
    expect(differences()).toEqual([])
    expect(stateOf(book, 'o')).toBe('accepted')
    const ledger = ledgerOf(book, paidOuts(book, 0))
    expect(
      Object.fromEntries([...ledger.accounts].map(([name, { balance, held }]) => [name, [balance, held]])),
    ).toEqual({
      ...{ 'world/bank': [-16_000, 0], 'suspense/bank': [0, 0], 'world/quota': [-16_000, 0] },
      ...{ 'world/budget': [-100_000, 0], 'world/harvest/g': [-20_000, 0], 'world/harvest/piece': [0, 0] },
      ...{ 'world/consumed/g': [10_000, 0], 'world/consumed/piece': [0, 0], 'stock/lot/lot': [10_000, 0] },
      ...{ 'budget/declaration/d': [84_000, 0], 'spent/declaration/d': [16_000, 0] },
      ...{ 'quota/declaration/d': [16_000, 0], 'escrow/order/o': [0, 0], 'transit/order/o/g': [0, 0] },
      ...{ 'payable/organisation/coop': [12_400, 0], 'payable/household/h1': [2000, 0] },
      'payable/household/h2': [1600, 0],
    })
    expect(totalsOf(book, paidOuts(book, 0))).toMatchObject({
      ...{ orders: 1, paidFen: 16_000, completedFen: 16_000, countedFen: 16_000, settledFen: 16_000 },
      ...{ cooperativesFen: 12_400, householdsFen: 3600, sentFen: 0, buyers: 1, sellers: 1, households: 2 },
    })
  })

  it('that waits holds its goods and its money', () => {
    tellWorld()
    place()
    const ledger = ledgerOf(book, paidOuts(book, 0))
    expect(ledger.accounts.get('stock/lot/lot')).toMatchObject({ balance: 20_000, held: 10_000 })
    expect(ledger.accounts.get('budget/declaration/d')).toMatchObject({ balance: 100_000, held: 16_000 })
    expect(stateOf(book, 'o')).toBe('in_approval')
  })

  it.each(['refused', 'cancelled'])('that was %s holds nothing', end => {
    tellWorld()
    place()
    if (end === 'cancelled') tell('order.approved', { order: 'o' })
    tell(`order.${end}`, { order: 'o' })
    const ledger = ledgerOf(book, paidOuts(book, 0))
    expect(ledger.accounts.get('stock/lot/lot')).toMatchObject({ held: 0 })
    expect(ledger.accounts.get('budget/declaration/d')).toMatchObject({ held: 0 })
    expect(stateOf(book, 'o')).toBe(end)
  })
})

describe('what facts say of each other', () => {
  it.each([
    ['a line dearer than its offer', { fen: '17000' }, '17000', 'lines.1.fen', '16000'],
    ['more goods than its pieces', { quantity: '10001' }, '16000', 'lines.1.quantity', '10000'],
    ['another lot than its offer', { lot: 'other' }, '16000', 'lines.1.lot', 'lot'],
    ['another county than its product', { county: '451028' }, '16000', 'lines.1.county', '451003'],
  ])('%s', (_, change, fen, field, expected) => {
    tellWorld()
    place({ fen, lines: [{ ...line, ...goods, ...change }] })
    const found = Object.values(change)[0]
    expect(differences()).toContainEqual([field, expected, found])
  })

  it('a recognition that nobody gave', () => {
    tellWorld()
    book.recognitions.clear()
    place()
    expect(differences()).toEqual([['lines.1.recognised', 'false', 'true']])
  })

  it('a total that its lines do not make', () => {
    tellWorld()
    place({ fen: '16001' })
    expect(differences()).toEqual([['fen', '16000', '16001']])
  })

  it('the same step told twice', () => {
    tellSale()
    tell('order.accepted', { order: 'o' })
    expect(differences()).toContainEqual(['repeats', null, 'order.accepted accepted'])
  })

  it('an order that counts before it is accepted', () => {
    tellWorld()
    place()
    tell('order.completed', { order: 'o', fen: '16000', countedFen: '16000', lines: [{ ...line, ...goods }] })
    expect(differences()).toEqual([['completed', 'false', 'true']])
  })

  it('more sold than was harvested', () => {
    tellWorld()
    place({ fen: '40000', lines: [{ ...line, ...goods, pieces: 5, quantity: '25000', fen: '40000' }] })
    tell('order.shipped', { order: 'o' })
    expect(differences()).toEqual([['sold', 'at most 20000', '25000']])
  })

  it('a household bought from below its protect price', () => {
    tellWorld()
    const formula = {
      mechanism: 'order_purchase',
      productId: crypto.randomUUID(),
      floor: { fen: 201, per: 500 },
    }
    tell(
      'link.signed',
      {
        ...{ link: 'buys', cooperative: 'coop', mechanism: 'order_purchase' },
        ...{ startsOn: '2025-01-01', endsOn: '2025-12-31' },
      },
      { hidden: { household: 'h1', formula: { ...formula, premiumBp: 0 } } },
    )
    expect(differences()).toEqual([['price', 'the protect price or more', 'less']])
  })
})

describe('the split that was paid', () => {
  it('is not the one promised when a fen goes to the wrong household', () => {
    settle(tellSale(), {
      part0: { ...parts.part0, fen: '2001' },
      part1: { ...parts.part1, fen: '1599' },
    })
    expect(differences()).toEqual([
      ['split', '[["buys",2000],["shares",1600]]', '[["buys",2001],["shares",1599]]'],
    ])
  })

  it('may or may not know a link that was signed between the completion and it', () => {
    const completed = tellSale()
    const shares = { mechanism: 'share_dividend', poolBp: 1000, basicShares: 1, careShares: 0, fundShares: 0 }
    const link = { link: 'shares2', cooperative: 'coop', mechanism: 'share_dividend', startsOn: '2025-01-01' }
    tell('link.signed', { ...link, endsOn: '2025-12-31' }, { hidden: { household: 'h3', formula: shares } })
    settle(completed)
    expect(differences()).toEqual([])
    // signed before the completion it must be in it
    book.links.set('shares2', {
      ...book.links.get('shares2')!,
      fact: { ...book.links.get('shares2')!.fact, index: 0 },
    })
    expect(differences()).toEqual([
      ['split', '[["buys",2000],["shares",800],["shares2",800]]', '[["buys",2000],["shares",1600]]'],
    ])
  })

  it('cannot be told once an amount was erased', () => {
    const completed = tellSale()
    const before = findings.differences.length
    const fact = book.stepOf('o', 'completed')!.fact
    read(
      book,
      findings,
      { ...fact, id: 'erased', type: 'order.settled', refs: [completed], c: { part0: '' } },
      new Map(),
    )
    expect(findings.differences[before]).toMatchObject({
      table: 'fact_private',
      key: 'erased/part0',
      found: 'no row',
    })
  })
})

describe('money', () => {
  it('without a payment is unmatched, taken by one it is matched', () => {
    tellWorld()
    place()
    const leaf = credit()
    expect(allotments(book)).toMatchObject([{ state: 'unmatched', payment: null }])
    open()
    tell('order.paid', { order: 'o', payment: 'pay', fen: '16000' }, { refs: [leaf] })
    expect(allotments(book)).toMatchObject([{ state: 'matched', payment: 'pay' }])
    expect(paymentState(book, 'pay')).toEqual({ state: 'paid', paidAt: at })
  })

  it('that could not be allotted lies in suspense', () => {
    tellWorld()
    place()
    open()
    tell(
      'payment.suspended',
      { payment: 'pay', fen: '15000', reason: 'amount_differs' },
      { refs: [credit('15000')] },
    )
    expect(allotments(book)).toMatchObject([{ state: 'suspense', reason: 'amount_differs' }])
    const ledger = ledgerOf(book, paidOuts(book, 0))
    expect(ledger.balance('suspense/bank')).toBe(15_000)
    expect(ledger.balance('world/bank')).toBe(-15_000)
  })

  it('of a payment whose order was cancelled is awaited no more', () => {
    tellWorld()
    place()
    open()
    expect(paymentState(book, 'pay')).toMatchObject({ state: 'open' })
    tell('order.cancelled', { order: 'o' })
    expect(paymentState(book, 'pay')).toMatchObject({ state: 'expired' })
  })
})

describe('payouts', () => {
  const send = () =>
    tell(
      'payout.sent',
      { batch: 'b', county: '451003', fen: '2000' },
      { hidden: { item0: { household: 'h1', fen: '2000', parts: ['o/buys'] } } },
    )
  const paid = (fen = '2000') => tell('bank.paid_out', { reference: 'B2', batch: 'b', fen })

  it('count as paid by the first word that fits, heard by the subscription', () => {
    settle(tellSale())
    send()
    paid('1999')
    paid()
    paid()
    expect(paidOuts(book, index - 2).paid.size).toBe(0)
    expect(paidOuts(book, index).paid.get('b')?.fact.index).toBe(index - 2)
    expect(paidOuts(book, index).disputed).toHaveLength(2)
    const ledger = ledgerOf(book, paidOuts(book, index))
    expect([ledger.balance('payable/household/h1'), ledger.balance('payout/batch/b')]).toEqual([0, 0])
    expect(ledger.balance('world/bank')).toBe(-14_000)
  })

  it('pay each household what its parts are', () => {
    settle(tellSale())
    tell('household.registered', { household: 'h1', county: '451003' })
    send()
    expect(differences()).toEqual([])
    book.settlements.clear()
    expect(differences()).toEqual([['items.h1', '0', '2000']])
  })
})

describe('cursors', () => {
  it('pass what is settled, and nothing else', () => {
    settle(tellSale())
    compareCursors(findings, book, new Map([['settlement', index]]), index)
    expect(findings.differences).toEqual([])
    compareCursors(findings, book, new Map([['settlement', 0]]), index)
    compareCursors(findings, book, new Map([['payout', index + 1]]), index)
    expect(findings.differences.map(({ table, key, found }) => [table, key, found])).toEqual([
      ['subscription', 'settlement', '0'],
      ['subscription', 'payout', String(index + 1)],
      // without a cursor at all nothing would be settled
      ['subscription', 'settlement', '0'],
    ])
  })
})

it('says which fact it cannot read, and which it does not know', () => {
  tell('order.paid', { order: 'o', fen: 'much' })
  tell('tea.brewed', {})
  expect(findings.differences).toMatchObject([{ table: 'fact', key: 'fact 0', field: 'pub.fen' }])
  expect(findings.notRecomputed).toEqual({ 'tea.brewed': 1 })
})
