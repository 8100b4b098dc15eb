import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Scope } from '@silian/kernel/database/database.ts'
import { faultCounts, importFaults } from '@silian/kernel/imports/report.ts'
import { must } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { importPrices } from './import.ts'
import { referencePrice } from './reference.ts'

const platform: Scope = { programme: 'platform', actor: 'tester' }
const fixture = join(import.meta.dirname, 'fixtures/quotations.csv')
const real = join(import.meta.dirname, '../../../../shared/data/xinfadi_fruit_2013-2016.csv')

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  for (const table of ['market_price', 'import_fault', 'import_run']) await db.owner(`delete from ${table}`)
})

const load = async (market?: string) => must(await importPrices(db.batch, fixture, market ? { market } : {}))
const reference = (item: string, spec: string, on: string, market?: string) =>
  db.app.read({ ...platform, programme: 'shenzhen' }, tx => referencePrice(tx, item, spec, on, market))

describe('quotations', () => {
  it('go in exact, the first of a day standing, with a reason for each that does not', async () => {
    const report = await load()
    expect(report).toEqual({ run: report.run, rows: 14, added: 4, unchanged: 1, bad: 9, resumedAfter: 0 })
    expect(await db.owner('select * from market_price order by on_date, spec')).toEqual(
      [
        ['普通', '2026-03-02', '斤', 400, 405, 410, 500],
        ['特级,60头', '2026-03-02', '斤', 350, 400, 450, 500],
        ['普通', '2026-03-09', '公斤', 8000, 9005, 10_000, 10_000],
        ['普通', '2026-03-10', '斤', 410, 425, 440, 500],
      ].map(([spec, on_date, unit, low_fen, mean_fen, high_fen, per_grams]) => ({
        market: 'xinfadi',
        item: '红山果',
        spec,
        on_date,
        unit,
        low_fen,
        mean_fen,
        high_fen,
        per_grams,
      })),
    )
    const faults = await db.app.read(platform, tx => importFaults(tx, report.run))
    expect(faults.map(({ row, column, code, excerpt }) => [row, column, code, excerpt])).toEqual([
      [4, '', 'price.conflicting', null],
      [6, 'mean', 'price.mean_outside', '4.5'],
      [7, 'low', 'price.order', '6'],
      [8, 'mean', 'price.not_positive', '0.00'],
      [9, 'mean', 'cell.not_decimal', '四块五'],
      [10, 'unit', 'cell.unknown_word', '箱'],
      [11, 'on', 'cell.not_date', '2026-02-30'],
      [12, 'item', 'cell.empty', null],
      [13, '', 'row.too_short', null],
    ])
    expect(faults[0]!.params).toEqual({ kept: 405, per: 500 })
  })

  it('are not doubled by a second run, and are each market’s own', async () => {
    await load()
    expect(await load()).toMatchObject({ rows: 14, added: 0, unchanged: 5, bad: 9 })
    expect(await load('jiangnan')).toMatchObject({ added: 4, unchanged: 1, bad: 9 })
    expect(await db.owner('select count(*) from market_price')).toEqual([{ count: 8 }])
  })

  it('are for the application to read only', async () => {
    const write = db.app.pool.query(
      `insert into market_price values ('m', 'i', 's', '2026-01-01', '斤', 1, 1, 1, 1)`,
    )
    await expect(write).rejects.toMatchObject({ code: '42501' })
  })
})

describe('the reference price', () => {
  it('is the latest mean at or before a date', async () => {
    await load()
    expect(await reference('红山果', '普通', '2026-03-01')).toBeUndefined()
    expect(await reference('红山果', '普通', '2026-03-02')).toEqual({ fen: 405, per: 500, on: '2026-03-02' })
    expect(await reference('红山果', '普通', '2026-03-08')).toEqual({ fen: 405, per: 500, on: '2026-03-02' })
    expect(await reference('红山果', '普通', '2026-03-09')).toEqual({
      fen: 9005,
      per: 10_000,
      on: '2026-03-09',
    })
    expect(await reference('红山果', '普通', '2031-01-01')).toEqual({ fen: 425, per: 500, on: '2026-03-10' })
    expect(await reference('红山果', '特级,60头', '2026-03-09')).toEqual({
      fen: 400,
      per: 500,
      on: '2026-03-02',
    })
    expect(await reference('红山果', '统货', '2026-03-09')).toBeUndefined()
    expect(await reference('红山果', '普通', '2026-03-09', 'jiangnan')).toBeUndefined()
  })
})

describe.skipIf(!existsSync(real))('the real series (skipped where ../shared/data is absent)', () => {
  const outcome = { rows: 79_621, bad: 559 }
  const counts = [
    { code: 'price.not_positive', n: 422 },
    { code: 'price.mean_outside', n: 108 },
    { code: 'price.conflicting', n: 26 },
    { code: 'price.order', n: 3 },
  ]
  const stored = async () =>
    (
      await db.owner(
        `select count(*), sum(mean_fen)::bigint as fen, min(on_date) as "from", max(on_date) as "to",
           count(distinct per_grams) as bases from market_price`,
      )
    )[0]

  it('has 78,598 believable quotations; a kill in the middle and a second run change nothing of that', async () => {
    const child = fork(join(import.meta.dirname, 'fixtures/doomed-import.ts'), [
      db.connections.batch,
      real,
      '40000',
    ])
    onTestFinished(() => void child.kill('SIGKILL'))
    expect((await once(child, 'message'))[0]).toBe(40_999)
    child.kill('SIGKILL')
    await once(child, 'exit')

    const report = must(await importPrices(db.batch, real))
    expect(report).toMatchObject({ ...outcome, added: 78_598, unchanged: 464 })
    expect(report.resumedAfter).toBeGreaterThanOrEqual(40_999)
    expect(report.resumedAfter).toBeLessThan(79_621)
    const first = await stored()
    expect(first).toMatchObject({
      count: 78_598,
      fen: 29_478_181,
      from: '2013-06-10',
      to: '2016-05-05',
      bases: 1,
    })
    expect(await db.app.read(platform, tx => faultCounts(tx, report.run))).toEqual(counts)
    const faults = await db.app.read(platform, tx => importFaults(tx, report.run, { limit: 600 }))
    expect(faults.length).toBe(559)
    const at = (code: string) => faults.filter(fault => fault.code === code).map(fault => fault.row)
    expect(at('price.order')).toEqual([8252, 13_825, 26_446])
    expect(at('price.conflicting').slice(0, 5)).toEqual([83, 84, 85, 86, 92])
    expect(at('price.mean_outside').slice(0, 3)).toEqual([8396, 8471, 8546])
    expect(at('price.not_positive').slice(0, 3)).toEqual([21_590, 21_652, 21_729])

    const again = must(await importPrices(db.batch, real))
    expect(again).toMatchObject({ ...outcome, added: 0, unchanged: 79_062, resumedAfter: 0 })
    expect(await stored()).toEqual(first)
  })
})
