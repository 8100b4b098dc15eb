import { expect, test } from 'vitest'
import { audit } from './audit.ts'
import { LateTally } from './late.ts'
import { TestLog } from './testing/build-log.ts'
import { salesMetric } from './testing/sample-log.ts'

const day = (n: number, time = '00:00:00.000') =>
  `${new Date(Date.UTC(2026, 2, 1 + n)).toISOString().slice(0, 10)}T${time}Z`

test('claims are late by the latest time that any entry before them claims', () => {
  const tally = new LateTally()
  const claims = [
    ['order.completed', day(40)],
    ['order.completed', day(9)],
    ['bank.credited', day(33)],
    ['order.completed', day(8, '23:59:59.999')],
    ['bank.credited', day(32)],
    ['order.completed', day(80)],
    ['bank.credited', day(40)],
  ] as const
  for (const [index, [type, at]] of claims.entries()) tally.add(index, { type, at })
  expect(tally.found()).toEqual([
    { type: 'bank.credited', count: 2, days: 40, index: 6 },
    { type: 'order.completed', count: 1, days: 31, index: 3 },
  ])
})

test('an audit lists them and finds nothing wrong with it', async () => {
  const log = new TestLog()
  log.add({ ...salesMetric, at: day(50) })
  log.add({ type: 'visit.made', at: day(0) })
  const files = log.files()
  const result = await audit({ fetchBytes: async path => files.get(path)!, vkey: log.vkey })
  expect(result.ok && result.report.late).toEqual([{ type: 'visit.made', count: 1, days: 50, index: 2 }])
})
