import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { must } from '../result/result.ts'
import { openArchive } from '../sheets/archive.ts'
import { cellName, type SheetCell } from '../sheets/cell.ts'
import { decoded } from '../sheets/pieces.ts'
import { formats } from '../sheets/styles.ts'
import { attribute, XmlScanner } from '../sheets/xml.ts'
import type { ImportRun } from './contract.ts'
import { type HouseholdWorkbook, householdWorkbook, type Planted } from './fixtures/household-workbook.ts'
import { type ImportStage, setImportStage, workbookOf } from './fixtures/import-stage.ts'

let stage: ImportStage
let sent: HouseholdWorkbook
let content: Buffer
beforeAll(async () => {
  stage = await setImportStage()
  sent = householdWorkbook()
  content = await workbookOf(sent.sheets)
})
afterAll(() => stage.close())

const BAD = 8
const ALONE = 1
const counts = ({ rows, added, changed, unchanged, bad }: ImportRun) => ({
  ...{ rows, added, changed, unchanged, bad },
})
const one = async (sql: string) => (await stage.db.owner<{ n: number }>(sql))[0]!.n
const state = () =>
  stage.db.owner(
    `select (select md5(string_agg(h::text, '' order by id)) from farm_house h) as houses,
       (select md5(string_agg(p::text, '' order by id)) from farm_house_person p) as people,
       (select count(*) from fact) as facts, (select count(*) from register_past) as past`,
  )
const order = (a: Planted, b: Planted) => a[0].localeCompare(b[0]) || a[1] - b[1] || a[2].localeCompare(b[2])

const whole =
  'of 10,000 rows and 31,000 members, killed in the middle, imports the good ones and marks the bad'
it(whole, { timeout: 300_000 }, async () => {
  expect([...sent.cells.values()].map(rows => rows.length - 1)).toEqual([31_000, 10_000])
  const { id } = must(await stage.ask(await stage.store(content)))
  const done = await killedAfter(id, 4000)
  expect(done).toBe(4000)
  expect(await stage.db.owner('select state, rows_done, rows_bad from import_run')).toEqual([
    { state: 'running', rows_done: 4000, rows_bad: 7 },
  ])
  expect(await one('select count(*)::int as n from farm_house')).toBe(3993)

  const steps: number[] = []
  const run = await stage.perform(id, { onProgress: ({ done }) => steps.push(done) })
  expect(steps[0]).toBe(4250)
  expect([run.state, run.percent, counts(run)]).toEqual([
    'done',
    100,
    { rows: 10_000 + ALONE, added: 10_000 - BAD, changed: 0, unchanged: 0, bad: BAD + ALONE },
  ])
  const told = run.faults.map(({ sheet, row, column, code }): Planted => [sheet, row, column, code])
  expect(told.sort(order)).toEqual([...sent.faults].sort(order))
  expect(await one('select count(*)::int as n from farm_house')).toBe(9992)
  expect(await one('select count(*)::int as n from farm_house_person')).toBe(await membersTaken())
  expect(
    await stage.db.owner(
      `select code, area_code, joined_on from farm_house where code in ('H00700', 'H00701', 'H00702', 'H00800', 'H00803') order by 1`,
    ),
  ).toEqual([
    { code: 'H00700', area_code: '451003901001', joined_on: '2015-06-30' },
    { code: 'H00701', area_code: '451003901001', joined_on: '2015-06-30' },
    { code: 'H00702', area_code: '451003901001', joined_on: '2015-06-30' },
    { code: 'H00800', area_code: '451003901001', joined_on: '2013-06-01' },
    { code: 'H00803', area_code: '451003901002', joined_on: '2013-06-01' },
  ])
  await compareAnswer(run)
})

it('the second time changes nothing', async () => {
  const before = await state()
  const run = await stage.run(content)
  expect(counts(run)).toEqual({
    ...{ rows: 10_000 + ALONE, added: 0, changed: 0, unchanged: 10_000 - BAD, bad: BAD + ALONE },
  })
  expect(await state()).toEqual(before)
})

async function killedAfter(run: string, rows: number): Promise<number> {
  const { db, kit, scope } = stage
  const child = fork(
    join(import.meta.dirname, 'fixtures/doomed-register-import.ts'),
    [db.connections.app, kit.files.dataFolder, scope.programme, run, String(rows)],
    { env: { ...process.env, TEST_SECRETS: JSON.stringify(db.secrets) } },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  const [done] = await once(child, 'message')
  child.kill('SIGKILL')
  await once(child, 'exit')
  return done as number
}

/** All but those of the bad households, and the one without. */
async function membersTaken(): Promise<number> {
  const bad = new Set(['H00100', 'H00300', 'H00301', 'H00400', 'H00500', 'H00600', 'H00802', 'H99999'])
  return sent.cells
    .get('成员')!
    .slice(1)
    .filter(([code]) => !bad.has(String(code))).length
}

/** Every cell as it was sent, every bad one coloured and explained, every bad line with its reasons, and nothing else. */
async function compareAnswer(run: ImportRun): Promise<void> {
  const { bytes, file } = await stage.answer(run)
  expect(file.sheets).toEqual(['成员', '农户'])
  const columns: Record<string, string[]> = {
    农户: ['code', 'areaCode', 'phone', 'class', 'income', 'joinedOn', 'relocated'],
    成员: ['code', 'person.name', 'person.idNumber', 'person.relation', 'person.skills'],
  }
  for (const [i, sheet] of file.sheets.entries()) {
    const faulty = Map.groupBy(
      sent.faults.filter(([of]) => of === sheet),
      ([, row]) => row,
    )
    const width = columns[sheet]!.length
    const marked: string[] = []
    let number = 0
    for await (const row of file.rows(sheet)) {
      number += 1
      const [given, own] = [sent.cells.get(sheet)![number - 1]!, row.cells.slice(0, width)]
      expect([row.number, trimmed(own)]).toEqual([number, trimmed(given)])
      const faults = faulty.get(number) ?? []
      expect(typeof row.cells[width], `${sheet} ${number}`).toBe(
        number === 1 || faults.length > 0 ? 'string' : 'undefined',
      )
      for (const [, , column] of faults)
        if (columns[sheet]!.includes(column)) marked.push(cellName(columns[sheet]!.indexOf(column), number))
    }
    expect(number).toBe(sent.cells.get(sheet)!.length)
    expect((await colouredIn(bytes, i + 1)).sort()).toEqual(marked.sort())
    expect((await commentedIn(bytes, i + 1)).sort()).toEqual(marked)
  }
  const reasons = (await Array.fromAsync(file.rows('农户'))).flatMap(({ cells, number }) =>
    cells.length > 7 && number > 1 ? [[number, cells[7]]] : [],
  )
  expect(reasons).toEqual([
    [102, '同一条里有别的问题，本行没有导入'],
    [302, '行政村：没有这个行政区划，或不在您的范围内：451003901999'],
    [303, '行政村：没有这个行政区划，或不在您的范围内：没有的村'],
    [402, '这一户没有户主'],
    [502, '年收入（元）：不是数字'],
    [602, '年收入（元）：与左侧合并，看不出各列的内容；请拆开单元格'],
    [804, '纳入日期：不是日期'],
    [5002, '户编号：与第 52 行重复'],
  ])
  expect(await file.merged('农户')).toEqual([
    { top: 602, bottom: 602, left: 3, right: 4 },
    { top: 702, bottom: 704, left: 1, right: 1 },
  ])
}

const trimmed = (cells: readonly SheetCell[]): SheetCell[] => {
  const last = cells.findLastIndex(cell => cell !== null)
  return cells.slice(0, last + 1)
}

/** Cells whose style is one of those that mark what is bad. */
const colouredIn = (bytes: Buffer, sheet: number): Promise<string[]> =>
  found(bytes, `xl/worksheets/sheet${sheet}.xml`, (name, attributes) => {
    const style = Number(attribute(attributes, 's') ?? 0)
    return name === 'c' && style >= formats.length && style < 2 * formats.length
  })

const commentedIn = (bytes: Buffer, sheet: number): Promise<string[]> =>
  found(bytes, `xl/comments${sheet}.xml`, name => name === 'comment', 'ref')

async function found(
  bytes: Buffer,
  part: string,
  is: (name: string, attributes: string) => boolean,
  of = 'r',
): Promise<string[]> {
  const names: string[] = []
  const scanner = new XmlScanner({
    open: (name, attributes) => void (is(name, attributes) && names.push(attribute(attributes, of)!)),
    close: () => undefined,
    text: () => undefined,
  })
  const archive = await openArchive(bytes)
  for await (const piece of decoded(archive.part(part))) scanner.push(piece)
  archive.close()
  return names
}
