import { beforeEach, describe, expect, it } from 'vitest'
import { paidOuts } from './derive.ts'
import { ledgerOf } from './expect/ledger-of.ts'
import { book, differences, openBook, settle, tell, tellSale } from './test-book.ts'

/** A sale of which h1 was owed 2000 by the link `buys`, h2 1600 by `shares` and the co-op 12,400; h2 merges into h3. */
let completed: string
beforeEach(() => {
  openBook()
  completed = tellSale()
})

const ends = (from = 'h2', to: string[] = ['h3']) =>
  tell('household.succeeded', { household: from, version: 2, to })
const link = (household = 'h3', was = 'h2') =>
  tell('link.passed', { link: 'shares' }, { hidden: { household, was } })
const benefit = (change: Record<string, unknown> = {}) =>
  tell(
    'benefit.passed',
    {},
    { hidden: { household: 'h2', to: 'h3', fen: '1600', parts: '["o/shares"]', ...change } },
  )
const merges = () => tell('organisation.succeeded', { what: 'merge', organisations: ['coop'], into: 'coop2' })
const payable = (fen = '12400', to = 'coop2') =>
  tell('payable.passed', { organisation: 'coop', to }, { hidden: { fen } })
const balances = () => {
  const { accounts } = ledgerOf(book, paidOuts(book, 0))
  return ['household/h2', 'household/h3', 'organisation/coop', 'organisation/coop2'].map(
    name => accounts.get(`payable/${name}`)?.balance,
  )
}

describe('what passes over', () => {
  it('leaves nothing to say when it is told whole', () => {
    settle(completed)
    ends()
    link()
    benefit()
    merges()
    payable()
    expect(differences()).toEqual([])
    expect(balances()).toEqual([0, 1600, 0, 12_400])
  })

  it('goes to nobody but the one that goes on', () => {
    settle(completed)
    ends()
    link('h4')
    benefit({ to: 'h4' })
    merges()
    payable('12400', 'coop3')
    expect(differences()).toEqual([
      ['household', 'h3', 'h4'],
      ['to', 'h3', 'h4'],
      ['to', 'coop2', 'coop3'],
    ])
  })

  it('goes nowhere where nobody has ended, or where one was split', () => {
    settle(completed)
    link()
    expect(differences()).toEqual([['household', 'nobody', 'h3']])
    ends('h2', ['h3', 'h4'])
    expect(differences().at(-1)).toEqual(['household', 'h3,h4', 'h3'])
  })

  it('is all of it, and no more', () => {
    settle(completed)
    ends()
    link()
    benefit({ fen: '1500' })
    merges()
    payable('12401')
    expect(differences()).toEqual([
      ['fen', '1600', '1500'],
      ['fen', '12400', '12401'],
    ])
  })

  it('is not another’s part', () => {
    settle(completed)
    ends()
    link()
    benefit({ fen: '2000', parts: '["o/buys"]' })
    expect(differences()).toEqual([['household', 'h2', 'h1']])
  })

  it('is missed where a link stays with one that ended', () => {
    settle(completed)
    ends()
    expect(differences()).toEqual([['household', 'h3', 'h2']])
  })
})

describe('a settlement', () => {
  it('that was asked for before the end may still pay the old one', () => {
    ends()
    link()
    merges()
    settle(completed)
    expect(differences()).toEqual([])
  })

  it('pays only who goes on for a seller', () => {
    merges()
    const sums = { order: 'o', seller: 'coop', fen: '16000', cooperativeFen: '16000', householdsFen: '0' }
    tell('order.settled', { ...sums, payee: 'coop3' }, { refs: [completed] })
    expect(differences()).toContainEqual(['payee', 'true', 'false'])
  })
})
