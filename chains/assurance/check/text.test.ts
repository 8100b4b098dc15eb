import { expect, it } from 'vitest'
import type { CheckReport } from './report.ts'
import { reportText } from './text.ts'

const report: CheckReport = {
  ...{ programme: 'shenzhen', ok: true, entries: 12, compared: 345, tables: { order: 345 } },
  facts: { logged: 10, pending: 2, opened: 3, erased: 1 },
  totals: {
    ...{ orders: 2, placedFen: 123_456, paidFen: 5, completedFen: 0, countedFen: 0, settledFen: 0 },
    ...{ cooperativesFen: 0, householdsFen: 0, sentFen: 0, paidOutFen: 0, confirmedFen: 0, suspenseFen: 0 },
    ...{ buyers: 1, sellers: 1, households: 1 },
  },
  ...{ notRecomputed: { 'tea.brewed': 2 }, late: { 'bank.credited': 3 }, differences: [], more: 0 },
}
const difference = { table: 'order', key: 'o', field: 'total_fen', expected: '1', found: null }

it('says what was read, the totals in yuan, and that all agrees', () => {
  const text = reportText(report)
  expect(text).toContain('核对 shenzhen\n  已入日志的事实: 10\n  待入日志: 2\n')
  expect(text).toContain('  有效下单金额: 1234.56\n  已付款: 0.05\n')
  expect(text).toContain('未参与重算的事实: tea.brewed 2')
  expect(text).toContain('迟报的事实: bank.credited 3')
  expect(text.endsWith('全部一致\n')).toBe(true)
})

it('names each difference, and how many more there are', () => {
  const text = reportText({ ...report, ok: false, differences: Array(120).fill(difference), more: 5 }, 'en')
  expect(text).toContain('\ndifferences: 125\n')
  expect(text.split('\n').filter(line => line === '  order o total_fen: expected 1, found —')).toHaveLength(
    100,
  )
  expect(text.endsWith('  … more 25\n')).toBe(true)
})
