import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '../database/database.ts'
import { must } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { ancestorsOf, isWithin, levelOf, segmentOf } from './area.ts'
import { type AreaInput, findArea, putAreas } from './areas.ts'

const scope: Scope = { programme: 'platform', actor: 'tester', at: new Date('2026-01-05T01:00:00Z') }
let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const area = (code: string, nameZh: string, more: Partial<AreaInput> = {}): AreaInput => ({
  code,
  nameZh,
  nameEn: nameZh,
  ...more,
})
const put = (...areas: AreaInput[]) => db.batch.write(scope, tx => putAreas(tx, areas))
const paths = async () => {
  const rows = await db.owner<{ code: string; path: string }>('select code, path from area order by code')
  return Object.fromEntries(rows.map(row => [row.code, row.path]))
}

describe('codes', () => {
  it.each([
    ['450000', 'province', '45'],
    ['451000', 'prefecture', '4510'],
    ['451028', 'county', '451028'],
    ['451028101', 'township', '451028101'],
    ['451028101203', 'village', '451028101203'],
  ] as const)('%s is a %s and steps as %s', (code, level, segment) => {
    expect(levelOf(code)).toBe(level)
    expect(segmentOf(code, level)).toBe(segment)
  })

  it.each(['', '45', '4510', '45102', '4510281', '45102810120', 'abcdef', '451028１０１'])(
    'no level for "%s"',
    code => {
      expect(levelOf(code)).toBeUndefined()
    },
  )

  it('looks for parents nearest first', () => {
    expect(ancestorsOf('451028101203', 'village')).toEqual(['451028101', '451028', '451000', '450000'])
    expect(ancestorsOf('450000', 'province')).toEqual([])
  })
})

describe('a path', () => {
  it.each([
    ['45/4510/451028', '45/4510/451028', true],
    ['45/4510/451028/451028101', '45/4510/451028', true],
    ['45/4510/451028', '45', true],
    ['45/4510/451028', '45/4510/4510', false],
    ['45/45101', '45/4510', false],
    ['451/4510', '45', false],
    ['45/4510', '45/4510/451028', false],
    ['44/4510', '45', false],
  ])('%s within %s: %s', (path, ancestor, within) => {
    expect(isWithin(path, ancestor)).toBe(within)
  })
})

describe('areas', () => {
  it('take their paths from their parents, in whatever order they come', async () => {
    expect(
      await put(
        area('451028101203', '尚兴村'),
        area('451028101', '同乐镇'),
        area('451028', '乐业县', { assisted832: true, delistedYear: 2019 }),
        area('451000', '百色市'),
        area('450000', '广西壮族自治区'),
        area('460000', '海南省'),
        area('469001', '五指山市'),
      ),
    ).toEqual({ ok: true, value: 7 })
    expect(await paths()).toEqual({
      '450000': '45',
      '451000': '45/4510',
      '451028': '45/4510/451028',
      '451028101': '45/4510/451028/451028101',
      '451028101203': '45/4510/451028/451028101/451028101203',
      '460000': '46',
      // a county right below its province
      '469001': '46/469001',
    })
  })

  it('lie below their successor once replaced, with all below them', async () => {
    must(await put(area('451021', '田阳县'), area('451021101', '田州镇')))
    must(
      await put(
        area('451003', '田阳区', { validFrom: '2019-06-24' }),
        area('451021', '田阳县', { validTo: '2019-06-24', replacedBy: '451003' }),
      ),
    )
    const found = await paths()
    expect(found['451003']).toBe('45/4510/451003')
    expect(found['451021']).toBe('45/4510/451003/451021')
    expect(found['451021101']).toBe('45/4510/451003/451021/451021101')
    expect(await db.app.read(scope, tx => findArea(tx, '451021'))).toMatchObject({
      name_zh: '田阳县',
      parent_code: '451000',
      valid_from: '1949-10-01',
      valid_to: '2019-06-24',
      replaced_by: '451003',
    })
  })

  it('are refused when malformed or without a parent, and nothing of the call stays', async () => {
    const before = await paths()
    expect(await put(area('450100', '南宁市'), area('4501', '?'))).toEqual({
      ok: false,
      code: 'area.malformed',
      params: { code: '4501' },
    })
    expect(await put(area('450100', '南宁市'), area('530102', '五华区'))).toEqual({
      ok: false,
      code: 'area.orphan',
      params: { code: '530102', parent: '' },
    })
    expect(await put(area('450100', '南宁市', { parentCode: '530000' }))).toEqual({
      ok: false,
      code: 'area.orphan',
      params: { code: '450100', parent: '530000' },
    })
    expect(await paths()).toEqual(before)
  })

  it('are written by the batch role only', async () => {
    const write = db.app.write(scope, tx => putAreas(tx, [area('450000', '广西')]))
    await expect(write).rejects.toMatchObject({ code: '42501' })
  })
})
