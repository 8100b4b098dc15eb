import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idFrom } from '../ids/ids.ts'
import type { Entry } from './entry.ts'
import { assertEntry, clearingAccounts, convert, isBalanced, mayBalance, reversal } from './rules.ts'

const amount = fc.integer({ min: -1_000_000, max: 1_000_000 }).filter(n => n !== 0)
const postings = fc.array(
  fc.record({
    account: fc.constantFrom('fen/1', 'fen/2', 'g/1', 'g/2'),
    amount,
    undertaking: fc.constantFrom(undefined, idFrom('undertaking')),
  }),
  { minLength: 1, maxLength: 8 },
)
const unitOf = (account: string) => account.split('/')[0]!
const entryOf = (of: Entry['postings']): Entry => ({
  id: idFrom('a'),
  kind: 'sale',
  subject: 's',
  postings: of,
})

describe('balance', () => {
  it('per unit is balance in sum, not the other way round', () => {
    fc.assert(
      fc.property(postings, all => {
        if (isBalanced(all, unitOf)) expect(mayBalance(all)).toBe(true)
        if (!mayBalance(all)) expect(isBalanced(all, unitOf)).toBe(false)
      }),
    )
    const crossed = [
      { account: 'fen/1', amount: 5 },
      { account: 'g/1', amount: -5 },
    ]
    expect([mayBalance(crossed), isBalanced(crossed, unitOf)]).toEqual([true, false])
  })
})

describe('a reversal', () => {
  it('undoes every posting of an entry, citing the same undertakings, and balances as it did', () => {
    fc.assert(
      fc.property(postings, all => {
        const back = reversal(entryOf(all), { id: idFrom('b') })
        expect(back).toMatchObject({
          reverses: idFrom('a'),
          kind: 'sale.reversed',
          subject: 's',
          observed: false,
        })
        const sums = new Map<string, number>()
        for (const p of [...all, ...back.postings]) {
          const key = `${p.account} ${p.undertaking}`
          sums.set(key, (sums.get(key) ?? 0) + p.amount)
        }
        expect([...sums.values()].every(sum => sum === 0)).toBe(true)
        expect(isBalanced(back.postings, unitOf)).toBe(isBalanced(all, unitOf))
      }),
    )
  })
})

describe('a conversion', () => {
  const [from, to] = [
    { account: 'purse', unit: 'fen', amount: 250 },
    { account: 'points', unit: 'point' },
  ]

  it('balances in both units over the clearing accounts, rounded half up', () => {
    const turned = convert({ id: idFrom('c'), kind: 'x', from, to, rate: { gives: 1, per: 100 } })
    expect(turned.postings).toEqual([
      { account: 'purse', amount: -250 },
      { account: 'clearing/fen/point', amount: 250 },
      { account: 'clearing/point/fen', amount: -3 },
      { account: 'points', amount: 3 },
    ])
    const units = new Map<string, string>(
      [...clearingAccounts('fen', 'point'), from, to].map(a => [a.account, a.unit]),
    )
    expect(isBalanced(turned.postings, account => units.get(account)!)).toBe(true)
    expect(turned.note).toEqual({ rate: { from: 'fen', to: 'point', gives: 1, per: 100 } })
  })

  it('of too little to give anything is no entry', () => {
    const crumbs = {
      id: idFrom('c'),
      kind: 'x',
      from: { ...from, amount: 49 },
      to,
      rate: { gives: 1, per: 100 },
    }
    expect(() => assertEntry(convert(crumbs))).toThrow('moves nothing')
  })
})
