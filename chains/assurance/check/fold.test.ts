import { beforeEach, describe, expect, it } from 'vitest'
import { paidOuts, stateOf } from './derive.ts'
import { ledgerOf } from './expect/ledger-of.ts'
import {
  book,
  differences,
  findings,
  goods,
  line,
  openBook,
  place,
  settle,
  tell,
  tellSale,
  tellWorld,
} from './test-book.ts'
import { totalsOf } from './totals.ts'

beforeEach(openBook)

/** Accounts of citizens' money, which stand from the beginning. */
const untouched = [
  ...['wechat', 'alipay'].flatMap(name => [`world/provider/${name}`, `returning/${name}`]),
  ...['returning/bank', 'suspense/provider', 'world/wallet'],
]

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
      ...Object.fromEntries(untouched.map(account => [account, [0, 0]])),
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

it('says which fact it cannot read, and which it does not know', () => {
  tell('order.paid', { order: 'o', fen: 'much' })
  tell('tea.brewed', {})
  expect(findings.differences).toMatchObject([{ table: 'fact', key: 'fact 0', field: 'pub.fen' }])
  expect(findings.notRecomputed).toEqual({ 'tea.brewed': 1 })
})
