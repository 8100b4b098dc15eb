import { describe, expect, test } from 'vitest'
import type { Entry } from './entry.ts'
import { FigureFold, FigurePlan } from './figures.ts'
import { monthOf, nextMonth } from './period.ts'
import type { Problem } from './problems.ts'
import { type TestFact, TestLog } from './testing/build-log.ts'
import { statedSide } from './testing/sample-log.ts'

const log = new TestLog()
const definition = {
  type: 'metric.defined',
  pub: {
    metric: 'sales',
    kind: 'flow',
    unit: 'fen',
    facts: ['order.completed', 'order.returned'],
    each: 'lines',
    measure: 'fen',
    dimensions: ['village', 'channel'],
    period: 'month',
  },
}
const line = (village: string, fen: string) => ({ village, fen })
const order = (at: string, ...lines: { village: string; fen: string }[]): TestFact => ({
  type: 'order.completed',
  at,
  pub: { channel: 'web', lines },
})
const row = (village: string, sum: string, count: number) => ({ dims: [village, 'web'], sum, count })
const figure = (
  period: string,
  upTo: number,
  rows: ReturnType<typeof row>[],
  more: object = {},
): TestFact => ({
  type: 'figure.published',
  pub: {
    metric: 'sales',
    period,
    upTo,
    rows,
    total: String(rows.reduce((sum, { sum: one }) => sum + BigInt(one), 0n)),
    count: rows.reduce((sum, { count }) => sum + count, 0),
    ...more,
  },
})

/** Problems of facts that follow entry 0, as both readings find them. */
function judge(...facts: TestFact[]): Problem[] {
  const entries = facts.map(fact => JSON.parse(log.bytes(fact)) as Entry)
  const plan = new FigurePlan()
  const planned = entries.flatMap((entry, at) => plan.learn(at + 1, entry) ?? [])
  const fold = new FigureFold(plan)
  return [...planned, ...entries.flatMap((entry, at) => fold.add(at + 1, entry))]
}
const names = (...facts: TestFact[]) => judge(...facts).map(({ name }) => name)

const march = '2026-03-05T04:00:00.000Z'
const april = '2026-04-05T04:00:00.000Z'

describe('periods', () => {
  test('are months in Asia/Shanghai', () => {
    expect(monthOf('2026-03-31T15:59:59.999Z')).toBe('2026-03')
    expect(monthOf('2026-03-31T16:00:00.000Z')).toBe('2026-04')
    expect(monthOf('2025-12-31T16:00:00.000Z')).toBe('2026-01')
    expect(monthOf('1988-06-30T15:30:00.000Z')).toBe('1988-06')
  })

  test('follow each other', () => {
    expect(nextMonth('2026-03')).toBe('2026-04')
    expect(nextMonth('2026-12')).toBe('2027-01')
    expect(nextMonth('0009-09')).toBe('0009-10')
  })
})

describe('figures', () => {
  test('are what the facts add up to', () => {
    const returned = {
      type: 'order.returned',
      at: march,
      pub: { channel: 'web', lines: [line('甲村', '-30')] },
    }
    const orders = [
      order(march, line('甲村', '100'), line('乙村', '50')),
      order(march, line('甲村', '7')),
      returned,
    ]
    const rows = [row('乙村', '50', 1), row('甲村', '77', 3)]
    expect(judge(definition, ...orders, order(march), figure('2026-03', 6, rows))).toEqual([])
  })

  test('a dimension is looked up in the object before the fact', () => {
    const own = {
      type: 'order.completed',
      pub: { channel: 'web', lines: [{ village: 'a', fen: '1', channel: 'shop' }] },
    }
    expect(
      judge(definition, own, figure('2026-03', 3, [{ dims: ['a', 'shop'], sum: '1', count: 1 }])),
    ).toEqual([])
  })

  test('what a definition leaves out is not counted, whether the object tells it or the fact', () => {
    const except = { pub: { ...definition.pub, except: { channel: ['shop'], village: ['乙村', '丙村'] } } }
    const others = {
      ...order(march, line('甲村', '7')),
      pub: { channel: 'shop', lines: [line('甲村', '7')] },
    }
    const facts = [order(march, line('甲村', '100'), line('乙村', '50')), others]
    expect(
      judge({ ...definition, ...except }, ...facts, figure('2026-03', 4, [row('甲村', '100', 1)])),
    ).toEqual([])
    const odd = { ...definition, pub: { ...definition.pub, except: { channel: 'shop' } } }
    expect(names(odd)).toEqual(['metric.malformed'])
  })

  test('what is stated of each side is what the entries give, not only their difference', () => {
    const facts = [order(march, line('a', '5'), line('a', '0')), order(march, line('a', '-2'))]
    const of = { log: log.origin, period: '2026-03', upTo: 4 }
    const side = (sum: string, count: number) => (name: 'plus' | 'minus') =>
      statedSide({ ...of, side: name }, sum, count)
    type Side = ReturnType<typeof side>
    const sumsOf = (plus: Side, minus: Side) => ({ unit: 'fen', plus: plus('plus'), minus: minus('minus') })
    const judged = (sums: ReturnType<typeof sumsOf>) =>
      judge(definition, ...facts, figure('2026-03', 4, [row('a', '3', 3)], { sums })).map(({ detail }) => [
        ...[detail?.cell, detail?.expected, detail?.found],
      ])
    const stated = (plus: Side, minus: Side) => judged(sumsOf(plus, minus))
    expect(stated(side('5', 2), side('2', 1))).toEqual([])
    // a statement of other numbers than stand beside it
    const right = sumsOf(side('5', 2), side('2', 1))
    const { statement } = side('6', 2)('plus')
    expect(judged({ ...right, plus: { ...right.plus, statement } })).toEqual([
      ['sums.plus.statement', right.plus.statement, statement],
    ])
    // as much more on both sides makes the same total, and a lot that mostly falls on nothing
    expect(stated(side('905', 2), side('902', 1))).toEqual([
      ['sums.plus', '5 (2)', '905 (2)'],
      ['sums.minus', '2 (1)', '902 (1)'],
    ])
    expect(stated(side('5', 3), side('2', 1))).toEqual([['sums.plus', '5 (2)', '5 (3)']])
  })

  test('sums beyond exact numbers stay exact', () => {
    const orders = [order(march, line('a', '9007199254740993')), order(march, line('a', '9007199254740993'))]
    expect(judge(definition, ...orders, figure('2026-03', 4, [row('a', '18014398509481986', 2)]))).toEqual([])
  })

  test('a changed sum, count, missing row, invented row and total are each named', () => {
    const orders = [order(march, line('a', '1')), order(march, line('b', '2')), order(march, line('c', '3'))]
    const rows = [row('a', '9', 1), row('b', '2', 2), row('x', '5', 1)]
    const problems = judge(definition, ...orders, figure('2026-03', 5, rows))
    expect(new Set(problems.map(({ name }) => name))).toEqual(new Set(['figure.mismatch']))
    expect(problems.map(({ detail }) => detail)).toEqual([
      { metric: 'sales', period: '2026-03', cell: '["a","web"]', expected: '1 (1)', found: '9 (1)' },
      { metric: 'sales', period: '2026-03', cell: '["b","web"]', expected: '2 (1)', found: '2 (2)' },
      { metric: 'sales', period: '2026-03', cell: '["c","web"]', expected: '3 (1)', found: '' },
      { metric: 'sales', period: '2026-03', cell: 'total', expected: '6 (3)', found: '16 (4)' },
      { metric: 'sales', period: '2026-03', cell: '["x","web"]', expected: '', found: '5 (1)' },
    ])
  })

  test('a late fact goes to the first later period that is still open', () => {
    const facts = [
      definition,
      order(march, line('a', '1')),
      order(april, line('a', '10')),
      figure('2026-03', 4, [row('a', '1', 1)]),
      order(march, line('a', '100')),
      figure('2026-04', 6, [row('a', '110', 2)]),
      order(march, line('a', '1000')),
      order('2026-05-05T04:00:00.000Z', line('a', '10000')),
      figure('2026-05', 9, [row('a', '11000', 2)]),
    ]
    expect(judge(...facts)).toEqual([])
  })

  test('a subject that is late counts in the later period, whether or not it was there before', () => {
    const pub = { ...definition.pub, kind: 'distinct', subject: 'village', measure: '' }
    const facts = [
      { ...definition, pub },
      order(march, line('a', '1')),
      figure('2026-03', 3, [row('a', '1', 1)]),
      order(march, line('a', '1')),
      order(march, line('b', '1')),
      order(april, line('b', '1')),
      figure('2026-04', 7, [row('a', '1', 1), row('b', '1', 2)]),
    ]
    expect(judge(...facts)).toEqual([])
  })

  test('a fact between upTo and the figure is late too', () => {
    const facts = [definition, order(march, line('a', '1')), order(march, line('a', '2'))]
    expect(
      judge(...facts, figure('2026-03', 3, [row('a', '1', 1)]), figure('2026-04', 5, [row('a', '2', 1)])),
    ).toEqual([])
    expect(names(...facts, figure('2026-03', 3, [row('a', '3', 2)]))).toEqual([
      'figure.mismatch',
      'figure.mismatch',
    ])
  })

  test('facts before the definition count', () =>
    expect(judge(order(march, line('a', '1')), definition, figure('2026-03', 3, [row('a', '1', 1)]))).toEqual(
      [],
    ))

  test('a later period may be closed first', () => {
    const facts = [definition, order(march, line('a', '1')), order(april, line('a', '10'))]
    expect(
      judge(...facts, figure('2026-04', 4, [row('a', '10', 1)]), figure('2026-03', 4, [row('a', '1', 1)])),
    ).toEqual([])
  })

  test('an empty period is a figure without rows', () => {
    expect(judge(definition, figure('2026-03', 2, []))).toEqual([])
    expect(names(definition, figure('2026-03', 2, [row('a', '0', 0)]))).toEqual(['figure.mismatch'])
  })
})

describe('refusals', () => {
  test('a figure before its definition, from the future, or twice', () => {
    expect(names(figure('2026-03', 1, []), definition)).toEqual(['metric.unknown'])
    expect(names(definition, figure('2026-03', 3, []))).toEqual(['figure.bad-up-to'])
    expect(names(definition, figure('2026-03', 2, []), figure('2026-03', 3, []))).toEqual([
      'figure.closed-twice',
    ])
  })

  test('a metric defined twice', () =>
    expect(names(definition, definition)).toEqual(['metric.defined-twice']))

  test('kinds that are not recomputed here are counted, not judged', () => {
    const plan = new FigurePlan()
    const level = { ...definition, pub: { metric: 'sales', kind: 'level' } }
    const learn = (at: number, fact: TestFact) => plan.learn(at, JSON.parse(log.bytes(fact)) as Entry)
    expect(learn(1, level)).toBeUndefined()
    expect(learn(2, figure('2026', 2, []))).toBeUndefined()
    expect([plan.figures.size, plan.unchecked]).toEqual([0, 1])
    expect(learn(3, level)).toMatchObject({ name: 'metric.defined-twice' })
  })

  test.each([['metric'], ['kind'], ['unit'], ['facts'], ['each'], ['measure'], ['dimensions'], ['period']])(
    'a definition with a wrong %s',
    field =>
      expect(names({ type: 'metric.defined', pub: { ...definition.pub, [field]: 7 } })).toEqual([
        'metric.malformed',
      ]),
  )

  test.each([
    ['period', { period: '2026-13' }],
    ['period', { period: '2026' }],
    ['upTo', { upTo: -1 }],
    ['total', { total: '01' }],
    ['total', { total: '-0' }],
    ['count', { count: '1' }],
    ['rows', { rows: {} }],
    ['rows out of order', { rows: [row('b', '1', 1), row('a', '1', 1)] }],
    ['rows twice', { rows: [row('a', '1', 1), row('a', '1', 1)] }],
    ['row', { rows: [7] }],
    ['row without dims', { rows: [{ sum: '1', count: 1 }] }],
    ['row with a number for a sum', { rows: [{ dims: ['a', 'web'], sum: 1, count: 1 }] }],
  ])('a figure with a wrong %s', (_, more) =>
    expect(names(definition, figure('2026-03', 2, [], more))).toEqual(['figure.malformed']),
  )

  test('facts that cannot be measured', () => {
    const wrong = (pub: NonNullable<TestFact['pub']>) => names(definition, { type: 'order.completed', pub })
    expect(wrong({})).toEqual([])
    expect(wrong({ lines: 'x' })).toEqual(['fact.unmeasurable'])
    expect(wrong({ channel: 'web', lines: ['x'] })).toEqual(['fact.unmeasurable'])
    expect(wrong({ channel: 'web', lines: [{ village: 'a' }] })).toEqual(['fact.unmeasurable'])
    expect(wrong({ channel: 'web', lines: [{ village: 'a', fen: 1 }] })).toEqual(['fact.unmeasurable'])
    expect(wrong({ lines: [line('a', '1')] })).toEqual(['fact.unmeasurable'])
    expect(wrong({ channel: 'web', lines: [line('a', '+1')] })).toEqual(['fact.unmeasurable'])
  })
})
