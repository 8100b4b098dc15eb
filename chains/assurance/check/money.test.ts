import { beforeEach, describe, expect, it } from 'vitest'
import { compareCursors } from './cursors.ts'
import { allotments, paidOuts, paymentState } from './derive.ts'
import { ledgerOf } from './expect/ledger-of.ts'
import { read } from './fold/read.ts'
import {
  at,
  book,
  credit,
  differences,
  findings,
  index,
  open,
  openBook,
  parts,
  place,
  settle,
  tell,
  tellSale,
  tellWorld,
} from './test-book.ts'

beforeEach(openBook)

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

describe('a settlement in pieces', () => {
  const first = (pub: Record<string, unknown>) => {
    const completed = tellSale()
    const sums = { order: 'o', seller: 'coop', fen: '16000', cooperativeFen: '12400', householdsFen: '3600' }
    return tell('order.settled', { ...sums, ...pub }, { hidden: { part0: parts.part0 }, refs: [completed] })
  }
  const more = (piece: number) =>
    tell('order.settled', { order: 'o', piece }, { hidden: { part1: parts.part1 } })

  it('is the sum of them', () => {
    first({ pieces: 2 })
    more(2)
    expect(differences()).toEqual([])
    expect(book.settlements.get('o')!.parts.map(part => part.fen)).toEqual([2000, 1600])
  })

  it('lacks one that is missing, and takes none twice or out of turn', () => {
    first({ pieces: 2 })
    expect(differences()).toContainEqual(['pieces', '2', '1'])
    openBook()
    first({ pieces: 2 })
    more(2)
    more(2)
    expect(differences()).toEqual([['repeats', null, 'settlement o piece 2']])
    openBook()
    first({ pieces: 2 })
    more(3)
    expect(differences()).toContainEqual(['repeats', null, 'settlement o piece 3'])
  })
})

it('sums over few households and what one confirmed are read from where they are hidden', () => {
  const completed = tellSale()
  const sums = { cooperativeFen: '12400', householdsFen: '3600' }
  tell(
    'order.settled',
    { order: 'o', seller: 'coop', fen: '16000' },
    { hidden: { ...parts, ...sums }, refs: [completed] },
  )
  const item = { household: 'h1', fen: '2000', parts: ['o/buys'] }
  tell('payout.sent', { batch: 'b', county: '451003', fen: '2000' }, { hidden: { item0: item } })
  tell('payout.confirmed', { batch: 'b', item: 'i' }, { hidden: { household: 'h1', fen: '1999' } })
  expect(book.settlements.get('o')).toMatchObject({ cooperativeFen: 12_400, householdsFen: 3600 })
  expect(differences()).toContainEqual(['fen', '2000', '1999'])
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
