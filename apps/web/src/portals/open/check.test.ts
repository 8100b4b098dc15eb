import type { Figure } from '@silian/chains/assurance/figures/contract.ts'
import { describe, expect, it } from 'vitest'
import { saysTheSame } from './check.ts'

const shown: Figure = {
  ...{
    metric: 'completed_purchases',
    period: '2025-10',
    published: true,
    factId: null,
    logIndex: 3,
    upTo: 3,
  },
  ...{ shares: null, totalFen: 300, count: 3 },
  rows: [
    {
      ...{ countyCode: '451028', countyName: 'L', countyNameEn: 'L', buyerKind: 'union' },
      ...{ channel: 'unit', fen: 200, count: 1 },
    },
    {
      ...{ countyCode: '451003', countyName: 'T', countyNameEn: 'T', buyerKind: 'budget_unit' },
      ...{ channel: 'unit', fen: 100, count: 2 },
    },
  ],
}
const rows = [
  { dims: ['451003', 'budget_unit', 'unit'], sum: '100', count: 2 },
  { dims: ['451028', 'union', 'unit'], sum: '200', count: 1 },
]
const pub = { metric: 'completed_purchases', period: '2025-10', upTo: 3, rows, total: '300', count: 3 }
const entry = { type: 'figure.published', pub }

describe('saysTheSame', () => {
  it('holds whatever the order of the cells on the page', () => expect(saysTheSame(entry, shown)).toBe(true))

  it.each([
    ['another total', { ...pub, total: '301' }],
    ['another month', { ...pub, period: '2025-11' }],
    ['another count', { ...pub, count: 2 }],
    ['another cell', { ...pub, rows: [rows[0]!, { ...rows[1]!, sum: '201' }] }],
    ['a cell less', { ...pub, rows: [rows[0]!] }],
    ['cells of another place', { ...pub, rows: [{ ...rows[0]!, dims: ['451003', 'union'] }, rows[1]!] }],
    ['no figure at all', { metric: 'completed_purchases' }],
  ])('fails over %s', (_, changed) => expect(saysTheSame({ ...entry, pub: changed }, shown)).toBe(false))

  it('fails over a fact of another kind', () =>
    expect(saysTheSame({ ...entry, type: 'figure.cited' }, shown)).toBe(false))
})
