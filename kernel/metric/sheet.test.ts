import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadWords } from '../declared/words.ts'
import { gather, MOST_SHEET_BYTES } from '../files/store.ts'
import { openSheets } from '../sheets/read.ts'
import type { MetricShares, MetricValues } from './contract.ts'
import { defineMetric } from './define.ts'
import { metricSheet } from './sheet.ts'

const sold = defineMetric({
  ...{ kind: 'flow', name: 'sold', unit: 'fen', of: ['thing.sold'], measure: 'fen' },
  dimensions: {},
})
const values = (shares: MetricShares | null): MetricValues => ({
  ...{ metric: 'sold', unit: 'fen', by: [], view: 'then', tellsOtherwise: false, upTo: 9, names: {} },
  rows: [
    { period: '2025-10', dims: [], value: 20000, count: 3, percentiles: null, parts: null, factId: null },
  ],
  totals: [{ period: '2025-10', value: 20000, count: 3 }],
  shares,
})
const words = loadWords(join(import.meta.dirname, 'messages'))
const bookOf = async (shares: MetricShares | null) => {
  const { content } = metricSheet(sold, values(shares), { as: 'xlsx', language: 'en', words })
  return openSheets((await gather(content, MOST_SHEET_BYTES))!)
}
const amounts = { whole: 20000, declared: 5000, countersigned: 15000, device: 0, bank: 10000 }

it('says on a sheet of its own on whose word the amounts rest', async () => {
  const book = await bookOf({ by: 'value', ...amounts })
  expect(book.sheets).toEqual(['sold', 'On whose word', 'How to fill it in'])
  const rows = await Array.fromAsync(book.rows('On whose word'))
  expect(rows.map(({ cells }) => cells)).toEqual([
    ['Rests on', 'Value', 'Share'],
    ['All', 200, 1],
    ['bank', 100, 0.5],
    ['device', 0, 0],
    ['counter-signed', 150, 0.75],
    ['self-declared only', 50, 0.25],
  ])
})

it('counts what is no amount, divides nothing by nothing, and has no such sheet where shares are not kept', async () => {
  const nothing = { whole: 0, declared: 0, countersigned: 0, device: 0, bank: 0 }
  const book = await bookOf({ by: 'count', ...nothing })
  const [heading, all] = await Array.fromAsync(book.rows('On whose word'))
  expect([heading!.cells, all!.cells]).toEqual([
    ['Rests on', 'Count', 'Share'],
    ['All', 0],
  ])
  expect((await bookOf(null)).sheets).toEqual(['sold', 'How to fill it in'])
})
