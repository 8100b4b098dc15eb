import fc from 'fast-check'
import { expect, it } from 'vitest'
import { defineMetric, type Metric } from './define.ts'
import { ALL } from './fold.ts'
import { type Behind, publicRows } from './guard.ts'
import { isFew } from './merge.ts'
import { NOTHING } from './value.ts'

const source = { of: ['x.y'], dimensions: { county: { kind: 'area', fixed: true }, how: 'choice' } } as const
const households = defineMetric({
  ...{ kind: 'distinct', name: 'of_households', unit: 'household', ...source },
  ...{ subject: 'household', guard: 'own' },
})
const income = defineMetric({
  kind: 'flow',
  name: 'their_income',
  unit: 'fen',
  measure: 'fen',
  ...source,
  guard: households,
})

/** A household lies in one county and is paid in one or some ways. */
interface Paid {
  readonly household: number
  readonly county: string
  readonly how: string
}
const worlds = fc
  .array(
    fc.record({
      county: fc.constantFrom('a', 'a', 'b', 'c'),
      ways: fc.uniqueArray(fc.constantFrom('order', 'share', 'rent'), { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 28 },
  )
  .map(all =>
    all.flatMap(({ county, ways }, household): Paid[] => ways.map(how => ({ household, county, how }))),
  )

const peopleOf = (paid: readonly Paid[]) => new Set(paid.map(({ household }) => household))
const rowsBy = (paid: readonly Paid[], ...dims: ('county' | 'how')[]): Behind[] =>
  [...Map.groupBy(paid, each => dims.map(dim => each[dim]).join('/')).values()].map(own => ({
    ...{ ...NOTHING, over: own.length, count: own.length, period: '2025-10' },
    dims: dims.map(dim => own[0]![dim]),
    behind: [peopleOf(own).size],
  }))

/** All that anyone can read of a month: the total, and the rows of either dimension; each as what was paid. */
function answersOf(metric: Metric, paid: readonly Paid[]): Paid[][] {
  const total = rowsBy(paid)
  const shown = (dim: 'county' | 'how') => {
    const beside =
      dim === 'how'
        ? [{ name: 'county', rows: rowsBy(paid, 'county'), cells: rowsBy(paid, 'county', 'how') }]
        : []
    const rows = publicRows(metric, { dim, rows: rowsBy(paid, dim), total, beside })
    const named = new Set(rows.map(row => row.dims[0]))
    return rows.map(row =>
      paid.filter(each => (row.dims[0] === ALL ? !named.has(each[dim]) : each[dim] === row.dims[0])),
    )
  }
  return [...(total.some(isFew) ? [] : [[...paid]]), ...shown('county'), ...shown('how')]
}

const isTelling = (people: number) => people > 0 && people < 5

it('no sum of money over one to four households can be read, alone or by difference', () => {
  fc.assert(
    fc.property(worlds, paid => {
      const answers = answersOf(income, paid)
      for (const one of answers) {
        expect(isTelling(peopleOf(one).size)).toBe(false)
        for (const other of answers.filter(each => one.every(item => each.includes(item))))
          expect(isTelling(peopleOf(other.filter(item => !one.includes(item))).size)).toBe(false)
      }
    }),
    { numRuns: 1500 },
  )
})

it('nor can one to four households be counted, where one is counted in several ways', () => {
  fc.assert(
    fc.property(worlds, paid => {
      const answers = answersOf(households, paid).map(peopleOf)
      for (const one of answers) {
        expect(isTelling(one.size)).toBe(false)
        for (const other of answers.filter(each => [...one].every(item => each.has(item))))
          expect(isTelling(other.size - one.size)).toBe(false)
      }
    }),
    { numRuns: 1500 },
  )
})

it('a guard that knows nobody hides all', () => {
  const rows = rowsBy(
    [0, 1, 2, 3, 4, 5].map(household => ({ household, county: 'a', how: 'order' })),
    'county',
  )
  const unknown = rows.map(row => ({ ...row, behind: [0] }))
  const total = unknown.map(row => ({ ...row, dims: [] }))
  expect(publicRows(income, { dim: 'county', rows: unknown, total, beside: [] })).toEqual([])
})

it('what counts facts does not guard itself, nor what counts by other dimensions', () => {
  const wrong = (more: object) => () => defineMetric({ ...income, ...more } as Metric)
  expect(wrong({ guard: 'own' })).toThrow('counts no people')
  expect(wrong({ guard: income })).toThrow('what guards it')
  expect(wrong({ guard: [households, households] })).toThrow('two parts')
  expect(wrong({ dimensions: { ...income.dimensions, year: 'code' } })).toThrow('what guards it')
})
