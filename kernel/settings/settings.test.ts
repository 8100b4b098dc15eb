import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { NewFact, Recorder } from '../fact/record.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { defineSetting } from './setting.ts'
import { changeSetting, readSettings, settingOf } from './settings.ts'

const days = defineSetting({
  key: 'publicity.days',
  kind: 'days',
  shape: z.number().int().min(5).max(60),
  otherwise: 7,
})
const strict = defineSetting({
  key: 'supplier.active_only',
  kind: 'yes',
  shape: z.boolean(),
  otherwise: false,
})

let db: TestDatabase
let facts: NewFact[]
const recorder = {
  record: async (_: unknown, fact: NewFact) => {
    facts.push(fact)
    return { id: '', leafHash: Buffer.alloc(0) }
  },
} as unknown as Recorder
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const scope = (programme = 'shenzhen') => ({
  programme,
  actor: 'admin',
  at: new Date('2026-01-05T01:00:00Z'),
})
const change = (version: number, value: unknown, programme?: string) => {
  facts = []
  return db.app.write(scope(programme), tx =>
    changeSetting(tx, recorder, 'operator', days, { version, value }),
  )
}
const held = (programme?: string) => db.app.read(scope(programme), tx => settingOf(tx, days))

describe('a setting', () => {
  it('is declared with a key and a default that its shape takes', () => {
    expect(() => defineSetting({ ...days, key: 'Days' })).toThrow('not the key of a setting')
    expect(() => defineSetting({ ...days, otherwise: 0 })).toThrow()
  })

  it('holds its default until it is set, then what was set, in its programme alone', async () => {
    expect(await held()).toBe(7)
    expect(await change(0, 10)).toEqual({ ok: true, value: { version: 1 } })
    expect(facts.map(({ type, holder, pub }) => [type, holder, pub])).toEqual([
      ['setting.changed', 'operator', { key: 'publicity.days', version: 1, value: 10 }],
    ])
    expect([await held(), await held('tongzhou')]).toEqual([10, 7])
  })

  it('is refused what it may not hold, what it holds already, and what was made from an older state', async () => {
    for (const [version, value, code] of [
      [1, 4, 'setting.invalid'],
      [1, '10', 'setting.invalid'],
      [1, 10, 'setting.unchanged'],
      [0, 12, 'setting.changed'],
      [2, 12, 'setting.changed'],
    ] as const)
      expect([value, await change(version, value)]).toMatchObject([value, { ok: false, code }])
    expect(facts).toEqual([])
    expect(await held()).toBe(10)
  })

  it('keeps its history, the latest first', async () => {
    await change(1, 15)
    const all = await db.app.read(scope(), tx => readSettings(tx, [days, strict]))
    expect(all.map(({ setting, value, version }) => [setting.key, value, version])).toEqual([
      ['publicity.days', 15, 2],
      ['supplier.active_only', false, 0],
    ])
    expect(all[0]!.history).toEqual([
      { key: 'publicity.days', version: 2, value: 15, changedAt: scope().at, changedBy: 'admin' },
      { key: 'publicity.days', version: 1, value: 10, changedAt: scope().at, changedBy: 'admin' },
    ])
  })

  it('counts as not set when its shape no longer takes what is kept', async () => {
    const narrower = { ...days, shape: z.number().max(6), otherwise: 5 }
    expect(await db.app.read(scope(), tx => settingOf(tx, narrower))).toBe(5)
  })
})
