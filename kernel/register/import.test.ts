import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkCharacter } from '../personal/identity-number.ts'
import { must, refuse } from '../result/result.ts'
import type { SheetCell } from '../sheets/cell.ts'
import type { Merged } from '../sheets/merged.ts'
import type { OutSheet } from '../sheets/sheet-xml.ts'
import type { ImportRun } from './contract.ts'
import { type ImportStage, setImportStage, villages, workbookOf } from './fixtures/import-stage.ts'

let stage: ImportStage
beforeAll(async () => {
  stage = await setImportStage()
})
afterAll(() => stage.close())
beforeEach(async () => {
  for (const table of ['import_fault', 'import_run', 'farm_house_person', 'farm_house', 'register_past'])
    await stage.db.owner(`delete from ${table}`)
})

let persons = 0
function identity(): string {
  const first = `45260119${String(600101 + (persons % 28) + 10_000 * (persons % 30)).padStart(6, '0')}${String(persons++ % 1000).padStart(3, '0')}`
  return first + checkCharacter(first)
}

const sheet = (name: string, rows: readonly (readonly SheetCell[])[], merged: Merged[] = []): OutSheet => ({
  name,
  widths: [],
  merged,
  rows: rows.map(cells => ({ cells: cells.map(value => ({ value, style: 0 })) })),
})
const houseHead = ['户编号', '行政村', '联系电话', '类别', '年收入（元）', '纳入日期', '易地搬迁']
const personHead = ['户编号', '姓名', '身份证号', '与户主关系', '技能']
const house = (code: string, more: Partial<Record<number, SheetCell>> = {}): SheetCell[] => {
  const cells: SheetCell[] = [code, villages[0]!, '13812345678', '脱贫户', 12345.6, '2020-01-02', '否']
  for (const [place, value] of Object.entries(more)) cells[Number(place)] = value!
  return cells
}
const head = (code: string, id: SheetCell = identity()): SheetCell[] => [
  code,
  '王某',
  id,
  '户主',
  '采茶、编织',
]

const counts = ({ state, rows, added, changed, unchanged, bad }: ImportRun) => ({
  ...{ state, rows, added, changed, unchanged, bad },
})
const told = ({ faults }: ImportRun) =>
  faults.map(({ sheet: s, row, column, code }) => [s, row, column, code])
const houses = () =>
  stage.db.owner(
    'select code, area_code, class, income, joined_on, relocated, people from farm_house order by code',
  )

describe('a workbook with two sheets', () => {
  it('is taken whatever stands first, above its heading or beside it', async () => {
    const people = sheet('家庭成员表', [
      ['家庭成员'],
      personHead,
      head('H2'),
      head('H1'),
      ['H2', '李某', identity(), '配偶', null],
    ])
    const main = sheet('2026年名册', [
      ['某县农户名册', null, null],
      ['填表日期：2026年1月'],
      ['序号', ...houseHead, '备注'],
      [1, ...house('H1'), '好'],
      [2, ...house('H2', { 1: '那坡村', 3: '三类户', 4: '12,345.60', 5: '2013年6月1日', 6: '有' }), null],
      [null, null, null, null, null, null, null, null, '合计 2 户'],
    ])
    const run = await stage.run(await workbookOf([people, main]))
    expect([counts(run), told(run), run.answer]).toEqual([
      { state: 'done', rows: 2, added: 2, changed: 0, unchanged: 0, bad: 0 },
      [],
      null,
    ])
    expect(await houses()).toEqual([
      {
        ...{ code: 'H1', area_code: villages[0], class: 'lifted', income: 1234560, joined_on: '2020-01-02' },
        ...{ relocated: false, people: 1 },
      },
      {
        ...{ code: 'H2', area_code: villages[0], class: 'watched', income: 1234560, joined_on: '2013-06-01' },
        ...{ relocated: true, people: 2 },
      },
    ])
    expect(await stage.db.owner('select skills from farm_house_person where no = 1 order by 1')).toEqual([
      { skills: ['tea', 'weave'] },
      { skills: ['tea', 'weave'] },
    ])
  })

  it('leaves what is masked as it is, and takes no mask for a value', async () => {
    const [first, second] = [identity(), identity()]
    const masked = (id: string) => `${id.slice(0, 3)}*************${id.slice(-2)}`
    const people = (rows: SheetCell[][]) => sheet('成员', [personHead, ...rows])
    const child = (id: string): SheetCell[] => ['H1', '王某', id, '子女', null]
    const main = (more: Partial<Record<number, SheetCell>> = {}) =>
      sheet('农户', [houseHead, house('H1', more)])
    await stage.run(await workbookOf([main(), people([head('H1', first), child(second)])]))
    const back = { 1: `那坡村 ${villages[0]}`, 2: '138****5678' }
    const shown = ([key, , id, ...more]: SheetCell[]) => [key!, '王*', masked(String(id)), ...more]
    // in another order, with the masked pair still told apart
    const same = people([shown(child(second)), shown(head('H1', first))])
    expect(counts(await stage.run(await workbookOf([main({ ...back, 4: 99 }), same])))).toMatchObject({
      ...{ changed: 1, bad: 0 },
    })
    const kept = await stage.db.owner('select code, phone is not null as phone, income from farm_house')
    expect(kept).toEqual([{ code: 'H1', phone: true, income: 9900 }])
    const clear = people([child(second), head('H1', first)])
    expect(counts(await stage.run(await workbookOf([main({ 4: 99 }), clear])))).toMatchObject({
      unchanged: 1,
    })
    const run = await stage.run(
      await workbookOf([
        sheet('农户', [
          houseHead,
          house('H1', { 1: `那坡村 ${villages[1]}`, 2: '138****0000' }),
          house('H2', { 2: '138****5678' }),
        ]),
      ]),
    )
    expect(told(run)).toEqual([
      ['农户', 2, 'areaCode', 'area.name_differs'],
      ['农户', 2, 'phone', 'cell.masked'],
      ['农户', 3, 'phone', 'cell.masked'],
    ])
    expect(run.faults.map(({ excerpt }) => excerpt)).toEqual([`那坡村 ${villages[1]}`, null, null])
  })

  it('reports a household as a whole, with every line of it', async () => {
    const bad = identity().replace(/.$/, last => (last === '1' ? '2' : '1'))
    const run = await stage.run(
      await workbookOf([
        sheet('农户', [
          houseHead,
          house('H1'),
          house('H2', { 4: '三千', 2: '电话' }),
          house('H3', { 5: '去年' }),
        ]),
        sheet('成员', [personHead, head('H1'), ['H1', '李某', bad, '配偶', null], head('H2'), head('H9')]),
      ]),
    )
    expect(counts(run)).toEqual({ state: 'done', rows: 4, added: 0, changed: 0, unchanged: 0, bad: 4 })
    expect(told(run)).toEqual([
      ['农户', 2, '', 'row.not_taken'],
      ['农户', 3, 'income', 'cell.not_number'],
      ['农户', 3, 'phone', 'value.format'],
      ['农户', 4, 'joinedOn', 'cell.not_date'],
      ['成员', 2, '', 'row.not_taken'],
      ['成员', 3, 'person.idNumber', 'value.identity'],
      ['成员', 4, '', 'row.not_taken'],
      ['成员', 5, 'code', 'part.alone'],
    ])
    const excerpts = run.faults.flatMap(({ excerpt }) => (excerpt === null ? [] : [excerpt]))
    expect(excerpts).toEqual(['三千', '去年', 'H9'])
    expect(await houses()).toEqual([])
  })

  it('changes what is another, and nothing the second time', async () => {
    const people = sheet('成员', [personHead, head('H1'), head('H2')])
    const first = await workbookOf([sheet('农户', [houseHead, house('H1'), house('H2')]), people])
    const second = await workbookOf([sheet('农户', [houseHead, house('H1'), house('H2', { 4: 1 })]), people])
    expect(counts(await stage.run(first))).toMatchObject({ added: 2 })
    expect(counts(await stage.run(second))).toMatchObject({ added: 0, changed: 1, unchanged: 1 })
    expect(counts(await stage.run(second))).toMatchObject({ added: 0, changed: 0, unchanged: 2 })
    expect(await stage.db.owner('select code, version from farm_house order by 1')).toEqual([
      { code: 'H1', version: 1 },
      { code: 'H2', version: 2 },
    ])
  })

  it('tried out tells the same and leaves nothing but its report', async () => {
    const content = await workbookOf([
      sheet('农户', [houseHead, house('H1'), house('H2', { 1: '451003901999' })]),
      sheet('成员', [personHead, head('H1'), head('H2')]),
    ])
    const facts = () => stage.db.owner('select count(*) as n from fact')
    const before = await facts()
    const run = await stage.run(content, { dryRun: true })
    expect([counts(run), run.dryRun]).toEqual([
      { state: 'done', rows: 2, added: 1, changed: 0, unchanged: 0, bad: 1 },
      true,
    ])
    expect(told(run)).toEqual([
      ['农户', 3, 'areaCode', 'area.not_found'],
      ['成员', 3, '', 'row.not_taken'],
    ])
    expect([await houses(), await facts()]).toEqual([[], before])
    expect(counts(await stage.run(content))).toMatchObject({ added: 1, bad: 1 })
  })
})

describe('a village by its name', () => {
  const run = async (village: string, areaPaths: string[]) => {
    const content = await workbookOf([
      sheet('农户', [houseHead, house('H1', { 1: village })]),
      sheet('成员', [personHead, head('H1')]),
    ])
    const { faults } = await stage.run(content, {
      reach: { ...stage.reach, areaPaths, everything: areaPaths.length === 0 },
    })
    return faults[0]?.code ?? (await houses())[0]
  }

  it.each([
    ['那坡村', ['45/4510/451003'], { area_code: '451003901001' }],
    ['那坡村', ['45/4510/451028'], { area_code: '451028901001' }],
    ['那坡村', [], 'area.ambiguous'],
    ['乐业县/那坡村', [], { area_code: '451028901001' }],
    ['乐业县 那坡村', ['45/4510/451003'], 'area.not_found'],
    ['Place 451003901002', [], { area_code: '451003901002' }],
    ['田阳区', [], 'area.not_found'],
    ['451028901001', ['45/4510/451003'], 'area.not_found'],
  ])('%s within %j', async (village, paths, expected) => {
    const found = await run(village, paths)
    if (typeof expected === 'string') expect(found).toBe(expected)
    else expect(found).toMatchObject(expected)
  })
})

describe('one sheet with a member in every line', () => {
  const flatHead = [...houseHead, ...personHead.slice(1)]
  const blank = houseHead.map(() => null)

  it('takes household columns repeated, merged, or in the first line alone', async () => {
    const line = (code: string) => [...house(code), ...head(code).slice(1)]
    const child = (of: readonly SheetCell[]) => [...of, '小某', identity(), '子女', null]
    const run = await stage.run(
      await workbookOf([
        sheet(
          'Sheet1',
          [
            flatHead,
            line('H1'),
            child(house('H1')),
            line('H2'),
            child(blank),
            child(blank),
            line('H3'),
            child(blank),
          ],
          houseHead.map((_, left) => ({ top: 4, bottom: 6, left, right: left })),
        ),
      ]),
    )
    expect([counts(run), told(run)]).toEqual([
      { state: 'done', rows: 3, added: 3, changed: 0, unchanged: 0, bad: 0 },
      [],
    ])
    expect(await stage.db.owner('select code, people from farm_house order by 1')).toEqual([
      { code: 'H1', people: 2 },
      { code: 'H2', people: 3 },
      { code: 'H3', people: 2 },
    ])
  })

  it('tells what differs between the lines of a household, what is merged across, and what is repeated', async () => {
    const run = await stage.run(
      await workbookOf([
        sheet(
          'Sheet1',
          [
            flatHead,
            [...house('H1'), ...head('H1').slice(1)],
            [...house('H1', { 4: 5 }), '小某', identity(), '子女', null],
            [...house('H2'), ...head('H2').slice(1)],
            [...house('H1'), ...head('H1').slice(1)],
          ],
          [{ top: 4, bottom: 4, left: 3, right: 4 }],
        ),
      ]),
    )
    expect(told(run)).toEqual([
      ['Sheet1', 2, '', 'row.not_taken'],
      ['Sheet1', 3, 'income', 'row.differs'],
      ['Sheet1', 4, 'income', 'cell.merged'],
      ['Sheet1', 5, 'code', 'row.repeated'],
    ])
    expect(await houses()).toEqual([])
  })
})

describe('CSV', () => {
  const text = [flat(houseHead, personHead), flat(house('H1'), head('H1'))].join('\r\n')
  function flat(a: readonly SheetCell[], b: readonly SheetCell[]) {
    return [...a, ...b.slice(1)].join(',')
  }

  it.each([
    ['UTF-8', Buffer.from(`\ufeff${text}`)],
    ['GBK', gbk(text)],
  ])('in %s is one such sheet, and its answer a workbook', async (_, content) => {
    expect(counts(await stage.run(content))).toMatchObject({ state: 'done', added: 1, bad: 0 })
    const wrong = await stage.run(Buffer.from(text.replace('脱贫户', '富户')))
    expect(told(wrong)).toEqual([['', 2, 'class', 'cell.unknown_word']])
    const { file } = await stage.answer(wrong)
    const rows = await Array.fromAsync(file.rows(file.sheets[0]!))
    expect(rows[0]!.cells.at(-1)).toBe('问题 / Problem')
    expect(rows[1]!.cells.at(-1)).toBe('类别：不在可填内容之列：脱贫户, 监测户')
  })

  /** Those of our characters that GBK has, by asking its decoder for every pair of bytes. */
  function gbk(given: string): Buffer {
    const decoder = new TextDecoder('gbk')
    const bytes = new Map<string, Buffer>()
    for (let high = 0x81; high <= 0xfe; high++)
      for (let low = 0x40; low <= 0xfe; low++) {
        const pair = Buffer.from([high, low])
        bytes.set(decoder.decode(pair), pair)
      }
    return Buffer.concat([...given].map(char => (char < '\u0080' ? Buffer.from(char) : bytes.get(char)!)))
  }
})

describe('a file', () => {
  const refused = async (sheets: readonly OutSheet[]) => {
    const run = await stage.run(await workbookOf(sheets))
    return [run.state, run.refused, run.refusedParams]
  }

  it('that cannot be read as the register is refused as a whole', async () => {
    expect(await refused([sheet('空', [])])).toEqual(['refused', 'import.empty', {}])
    expect(await refused([sheet('农户', [['户编号', '行政村', '备注'], ['H1']])])).toEqual([
      'refused',
      'import.columns_missing',
      { columns: ['类别', '年收入（元）'] },
    ])
    expect(await refused([sheet('农户', [[...houseHead, '编号'], house('H1')])])).toEqual([
      'refused',
      'import.column_twice',
      { column: '编号' },
    ])
    expect(await refused([sheet('通知', [['请大家尽快上报'], ['谢谢']])])).toEqual([
      'refused',
      'import.columns_missing',
      { columns: ['户编号', '行政村', '类别', '年收入（元）'] },
    ])
  })

  it('is asked for by its sender, and once at a time', async () => {
    const file = await stage.store(await workbookOf([sheet('农户', [houseHead, house('H1')])]))
    const { id } = (await stage.ask(file)) as unknown as { value: { id: string } } & { id: string }
    expect(id).toBeUndefined()
    const [{ id: run }] = (await stage.db.owner('select id from import_run')) as [{ id: string }]
    expect(await stage.ask(file)).toEqual(refuse('import.running', { run }))
    expect((await stage.ask(file, { dryRun: true })).ok).toBe(true)
    await stage.db.owner(`update file set uploaded_by = 'another'`)
    expect(await stage.ask(file)).toEqual(refuse('file.not_found'))
  })

  it('that can never go in ends, and may be sent again', async () => {
    const content = await workbookOf([
      sheet('农户', [houseHead, house('H1'), house('H2')]),
      sheet('成员', [personHead, head('H1'), head('H2')]),
    ])
    await stage.db.owner('create unique index in_the_way on farm_house (programme_id, income)')
    const run = await stage.run(content)
    await stage.db.owner('drop index in_the_way')
    expect([run.state, run.refused, run.rows]).toEqual(['refused', 'import.overtaken', 0])
    await stage.db.owner('alter table farm_house rename to farm_house_gone')
    const { id } = must(await stage.ask(await stage.store(content)))
    await expect(stage.perform(id)).rejects.toMatchObject({ code: '42P01' })
    const last = await stage.perform(id, { isLast: true })
    await stage.db.owner('alter table farm_house_gone rename to farm_house')
    expect([last.state, last.refused]).toEqual(['refused', 'import.failed'])
    expect(counts(await stage.run(content))).toMatchObject({ state: 'done', added: 2 })
  })

  it('that has been carried to its end is not carried again', async () => {
    const run = await stage.run(
      await workbookOf([sheet('农户', [houseHead, house('H1')]), sheet('成员', [personHead, head('H1')])]),
    )
    const before = await stage.db.owner('select * from import_run')
    expect(await stage.perform(run.id)).toEqual(run)
    expect(await stage.db.owner('select * from import_run')).toEqual(before)
  })
})
