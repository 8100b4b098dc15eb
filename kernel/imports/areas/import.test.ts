import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { putAreas } from '../../access/areas.ts'
import type { Scope } from '../../database/database.ts'
import { must } from '../../result/result.ts'
import { type TestDatabase, testDatabase } from '../../testing/test-database.ts'
import { importFaults } from '../report.ts'
import { isAssisted832 } from './assisted.ts'
import { importAreas } from './import.ts'

const platform: Scope = { programme: 'platform', actor: 'tester' }
const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name)
const shared = (name: string) => join(import.meta.dirname, '../../../../shared/data', name)

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  for (const table of ['area_former_name', 'area', 'import_fault', 'import_run'])
    await db.owner(`delete from ${table}`)
})

const load = async () => must(await importAreas(db.batch, fixture('counties.csv'), fixture('changes.json')))
const areas = () =>
  db.owner<{ code: string }>(
    `select code, name_zh, path, replaced_by, valid_from, valid_to, assisted832, delisted_year from area order by code`,
  )
const assisted = (code: string) => db.app.read(platform, tx => isAssisted832(tx, code))

describe('the list of counties', () => {
  it('becomes areas under their provinces and prefectures, with what became of them', async () => {
    const report = await load()
    expect(report).toEqual({
      run: report.run,
      rows: 9,
      added: 6,
      unchanged: 0,
      bad: 3,
      resumedAfter: 0,
      assisted: 6,
      replaced: 2,
      renamed: 2,
      unmatched: ['980999'],
    })
    const row = (code: string, name: string, path: string, more = {}) => ({
      code,
      name_zh: name,
      path,
      replaced_by: null,
      valid_from: '1949-10-01',
      valid_to: null,
      assisted832: false,
      delisted_year: null,
      ...more,
    })
    const listed = (year: number, more = {}) => ({ assisted832: true, delisted_year: year, ...more })
    const gone = (by: string) => ({ replaced_by: by, valid_to: '2023-06-30' })
    expect(await areas()).toEqual([
      row('980000', '山水省', '98'),
      row('980100', '云台市', '98/9801'),
      row('980101', '青石县', '98/9801/980101', listed(2018)),
      row('980102', '白石市', '98/9801/980102', listed(2019)),
      row('980121', '赤石县', '98/9801/980181/980121', listed(2020, gone('980181'))),
      row('980122', '黑石行委', '98/9801/980123/980122', listed(2017, gone('980123'))),
      row('980123', '黄石市', '98/9801/980123', listed(2017)),
      row('980181', '赤石市', '98/9801/980181', { valid_from: '2023-06-30' }),
      row('980200', '江口市', '98/9802'),
      row('980223', '江边县', '98/9802/980223', listed(2018)),
    ])
    expect(await db.owner('select * from area_former_name order by code')).toEqual([
      { code: '980102', name_zh: '白石县' },
      { code: '980123', name_zh: '黄石行委' },
    ])
  })

  it('is told row by row where it is wrong', async () => {
    const { run } = await load()
    const faults = await db.app.read(platform, tx => importFaults(tx, run))
    expect(faults.map(({ row, column, code, excerpt }) => [row, column, code, excerpt])).toEqual([
      [7, 'code', 'area.malformed', '980200'],
      [8, 'delistedYear', 'cell.empty', null],
      [9, 'lng', 'cell.out_of_range', '404'],
    ])
  })

  it('changes nothing the second time', async () => {
    await load()
    const before = await db.owner('select *, xmin::text from area order by code')
    expect(await load()).toMatchObject({
      added: 0,
      unchanged: 6,
      bad: 3,
      assisted: 6,
      replaced: 2,
      renamed: 2,
    })
    expect(await db.owner('select *, xmin::text from area order by code')).toEqual(before)
  })

  it('leaves what is known of an area and the list does not say', async () => {
    await db.batch
      .write(platform, tx =>
        putAreas(tx, [
          { code: '980000', nameZh: '山水省', nameEn: 'Shanshui' },
          { code: '980100', nameZh: '云台市', nameEn: 'Yuntai', validFrom: '1990-01-01' },
          { code: '980101', nameZh: '青石县', nameEn: 'Qingshi', validFrom: '1990-01-01', lng: 1, lat: 2 },
          { code: '980223', nameZh: '江边县', nameEn: 'Jiangbian', lng: 104.125, lat: 30 },
        ]),
      )
      .then(must)
    expect(await load()).toMatchObject({ added: 6, assisted: 6 })
    expect(
      await db.owner(
        `select code, name_en, valid_from, lng, assisted832 from area where name_en <> name_zh order by code`,
      ),
    ).toEqual([
      { code: '980000', name_en: 'Shanshui', valid_from: '1949-10-01', lng: null, assisted832: false },
      { code: '980100', name_en: 'Yuntai', valid_from: '1990-01-01', lng: null, assisted832: false },
      { code: '980101', name_en: 'Qingshi', valid_from: '1990-01-01', lng: 104.5, assisted832: true },
      { code: '980223', name_en: 'Jiangbian', valid_from: '1949-10-01', lng: 104.125, assisted832: true },
    ])
    expect(await load()).toMatchObject({ added: 0, unchanged: 6 })
  })
})

describe('assistance', () => {
  it('is of the listed counties, of those in their place, and of what lies in either', async () => {
    await load()
    await db.batch
      .write(platform, tx =>
        putAreas(tx, [
          { code: '980181201', nameZh: '赤石镇', nameEn: 'Chishi' },
          { code: '980224', nameZh: '新城县', nameEn: 'Xincheng' },
        ]),
      )
      .then(must)
    for (const code of ['980101', '980121', '980181', '980181201', '980122', '980123'])
      expect([code, await assisted(code)]).toEqual([code, true])
    for (const code of ['980000', '980100', '980224', '980999'])
      expect([code, await assisted(code)]).toEqual([code, false])
  })
})

const counties = shared('counties832.csv')
describe.skipIf(!existsSync(counties))('the real list (skipped where ../shared/data is absent)', () => {
  it('has 832 counties and 44 changes, however often it is read', async () => {
    for (const added of [832, 0, 0]) {
      const report = must(await importAreas(db.batch, counties, shared('county_name_changes.json')))
      expect(report).toEqual({
        run: report.run,
        rows: 832,
        added,
        unchanged: 832 - added,
        bad: 0,
        resumedAfter: 0,
        assisted: 832,
        // of the 44 changes 39 are names, 3 codes, and 2 only lack a place on the map
        replaced: 3,
        renamed: 39,
        unmatched: [],
      })
    }
    expect(await db.owner('select level, count(*) from area group by 1 order by 2')).toEqual([
      { level: 'province', count: 22 },
      { level: 'prefecture', count: 171 },
      { level: 'county', count: 834 },
    ])
    expect(
      await db.owner(
        `select code, name_zh, replaced_by from area where replaced_by is not null or code in ('540481', '540581', '632803') order by 1`,
      ),
    ).toEqual([
      { code: '540422', name_zh: '米林县', replaced_by: '540481' },
      { code: '540481', name_zh: '米林市', replaced_by: null },
      { code: '540530', name_zh: '错那县', replaced_by: '540581' },
      { code: '540581', name_zh: '错那市', replaced_by: null },
      { code: '632803', name_zh: '茫崖市', replaced_by: null },
      { code: '632824', name_zh: '冷湖行委', replaced_by: '632803' },
    ])
    expect(await assisted('540481')).toBe(true)
  })
})
