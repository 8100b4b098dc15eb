import { defineMetric } from '@silian/kernel/metric/define.ts'
import { beforeEach, expect, it } from 'vitest'
import type { Fact } from './entry.ts'
import { Figures } from './figures.ts'
import { Findings } from './report.ts'

const flow = defineMetric({
  ...{ kind: 'flow', name: 'bought', unit: 'fen', of: ['order.completed'], each: 'lines', measure: 'fen' },
  dimensions: { county: 'area', buyerKind: 'choice' },
})
const kept = (upTo: number | undefined) => [{ metric: flow, upTo }]
const defined = (index: number, dimensions: string[]): Fact =>
  fact(index, 'metric.defined', {
    ...{ metric: 'bought', kind: 'flow', unit: 'fen', facts: ['order.completed'], each: 'lines' },
    ...{ measure: 'fen', dimensions },
  })
let findings: Findings
beforeEach(() => {
  findings = new Findings()
})

const fact = (
  index: number,
  type: string,
  pub: Record<string, unknown>,
  at = '2025-10-08T02:00:00Z',
): Fact => ({
  ...{
    index,
    pending: false,
    id: `fact ${index}`,
    type,
    log: 'demo',
    actor: 'a',
    by: 'held',
    pub,
    c: {},
    refs: [],
  },
  ...{ leaf: String(index), at: new Date(at) },
})
const completed = (index: number, amounts: Record<string, string>, at?: string): Fact =>
  fact(
    index,
    'order.completed',
    { buyerKind: 'unit', lines: Object.entries(amounts).map(([county, fen]) => ({ county, fen })) },
    at,
  )
const figure = (index: number, upTo: number, rows: { dims: string[]; sum: string; count: number }[]): Fact =>
  fact(index, 'figure.published', {
    ...{ metric: 'bought', period: '2025-10', upTo, rows },
    total: String(rows.reduce((sum, row) => sum + Number(row.sum), 0)),
    count: rows.reduce((sum, row) => sum + row.count, 0),
  })

const cellsOf = (figures: Figures) =>
  [...figures.tables()[0]!.rows].map(({ period, dims, sum, count }) => [period, dims, sum, count])

it('adds up lines by month and dimensions below the cursor', () => {
  const figures = new Figures([], kept(2), new Map())
  figures.add(completed(0, { a: '100', b: '50' }))
  // the 31st in Greenwich is the first of November in Shanghai
  figures.add(completed(1, { a: '7' }, '2025-10-31T16:00:00Z'))
  figures.add(completed(2, { a: '1' }))
  expect(cellsOf(figures)).toEqual([
    ['2025-10', ['a', 'unit'], 100, 1],
    ['2025-10', ['b', 'unit'], 50, 1],
    ['2025-11', ['a', 'unit'], 7, 1],
  ])
})

it('counts what comes after a month was closed in the next, and finds the figure right', () => {
  const closing = figure(2, 1, [{ dims: ['a', 'unit'], sum: '100', count: 1 }])
  const figures = new Figures(
    [defined(9, ['county', 'buyerKind']), closing],
    kept(3),
    new Map([['metrics', 3]]),
  )
  for (const each of [completed(0, { a: '100' }), completed(1, { a: '5' }), closing]) figures.add(each)
  expect(cellsOf(figures)).toEqual([
    ['2025-10', ['a', 'unit'], 100, 1],
    ['2025-11', ['a', 'unit'], 5, 1],
  ])
  figures.verify(findings)
  figures.compareCursors(findings)
  expect(findings.differences).toEqual([])
  expect([...figures.tables()[1]!.rows]).toMatchObject([
    { period: '2025-10', up_to: 1, total: 100, count: 1 },
  ])
})

it('finds a published sum that its facts do not make, and one that reaches beyond the cursor', () => {
  const closing = figure(1, 1, [{ dims: ['a', 'unit'], sum: '101', count: 1 }])
  const figures = new Figures([defined(9, ['county', 'buyerKind']), closing], kept(0), new Map())
  figures.add(completed(0, { a: '100' }))
  figures.verify(findings)
  figures.compareCursors(findings)
  expect(
    findings.differences.map(({ table, field, expected, found }) => [table, field, expected, found]),
  ).toEqual([
    [
      'fact',
      'pub.rows',
      '[{"dims":["a","unit"],"sum":"100","count":1}]',
      '[{"dims":["a","unit"],"sum":"101","count":1}]',
    ],
    ['fact', 'pub.total', '100', '101'],
    ['subscription', 'next_index', 'at least 1', '0'],
  ])
})

it('counts a figure by the definition of the log, and cells by that of the program', () => {
  const closing = figure(3, 3, [{ dims: ['a'], sum: '100', count: 1 }])
  const figures = new Figures([defined(0, ['county']), closing], kept(9), new Map([['metrics', 9]]))
  figures.add(completed(1, { a: '100' }))
  figures.add({ ...completed(2, { a: '1' }), pending: true })
  expect(cellsOf(figures)).toEqual([['2025-10', ['a', 'unit'], 100, 1]])
  figures.verify(findings)
  expect(findings.differences).toEqual([])
})

it('counts nothing that a definition leaves out, in cells and in what was published', () => {
  const metric = defineMetric({ ...flow, except: { buyerKind: ['citizen'] } })
  const telling = { ...defined(0, ['county', 'buyerKind']) }
  const closing = figure(3, 3, [{ dims: ['a', 'unit'], sum: '100', count: 1 }])
  const figures = new Figures(
    [{ ...telling, pub: { ...telling.pub, except: { buyerKind: ['citizen'] } } }, closing],
    [{ metric, upTo: 9 }],
    new Map([['metrics', 9]]),
  )
  figures.add(completed(1, { a: '100' }))
  const citizens = completed(2, { a: '5' })
  figures.add({ ...citizens, pub: { ...citizens.pub, buyerKind: 'citizen' } })
  expect(cellsOf(figures)).toEqual([['2025-10', ['a', 'unit'], 100, 1]])
  figures.verify(findings)
  expect(findings.differences).toEqual([])
})

it('leaves cells alone that another definition made, and finds a figure that nothing defines', () => {
  const figures = new Figures([figure(1, 1, [])], kept(undefined), new Map([['metrics', 3]]))
  figures.add(completed(0, { a: '100' }))
  expect(cellsOf(figures)).toEqual([])
  expect(figures.tables()[0]!.mayStand!({ metric: 'bought' })).toBe(true)
  figures.verify(findings)
  expect(findings.differences).toMatchObject([{ field: 'pub.metric', expected: 'a defined metric' }])
})
