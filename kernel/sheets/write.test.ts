import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { typeOf, XLSX } from '../files/content-type.ts'
import { gather, MOST_SHEET_BYTES } from '../files/store.ts'
import { must, ok } from '../result/result.ts'
import { sheetAnswer } from './answer.ts'
import { openArchive } from './archive.ts'
import { decoded } from './pieces.ts'
import { openSheets } from './read.ts'
import type { OutSheet } from './sheet-xml.ts'
import { HEADING, styleOf } from './styles.ts'
import type { Table } from './table.ts'
import { writeWorkbook } from './write.ts'

const bytesOf = async (sheets: readonly OutSheet[]) =>
  (await gather(writeWorkbook(sheets), MOST_SHEET_BYTES))!
const textOf = async (bytes: Buffer, part: string): Promise<string> => {
  const archive = await openArchive(bytes)
  const pieces = await Array.fromAsync(decoded(archive.part(part)))
  archive.close()
  return pieces.join('')
}
const table: Table = {
  name: '清单',
  mark: '由 王某 导出',
  columns: [
    { label: '名称', format: 'text', required: true, help: '产品的名称', words: ['甲', '乙'] },
    { label: '金额', format: 'fen', unit: '元' },
    { label: '重量', format: 'gram', unit: '千克' },
    { label: '占比', format: 'percent' },
    { label: '日期', format: 'date' },
    { label: '时刻', format: 'instant' },
    { label: '证件', format: 'text' },
  ],
  rows: [
    ['=1+1', 123456, 1500, 1234, '2024-02-29', '2026-01-05T17:30:00.000Z', '450102********1X'],
    ['\u0001a,"b"\n<&>', null, 0, null, null, null, '110101199001011234'],
  ],
}
const answered = async (as: 'xlsx' | 'csv') => {
  const { content, ...rest } = sheetAnswer({ ...table, as, language: 'zh' })
  return { ...rest, bytes: (await gather(content, MOST_SHEET_BYTES))! }
}

describe('a list', () => {
  it('as a workbook is typed, with its heading in sight, and says what its columns mean', async () => {
    const { bytes, name, type } = await answered('xlsx')
    expect([name, type, await typeOf(bytes, XLSX)]).toEqual(['清单.xlsx', XLSX, ok(XLSX)])
    const file = await openSheets(bytes)
    expect(file.sheets).toEqual(['清单', '填写说明'])
    expect((await Array.fromAsync(file.rows('清单'))).map(({ cells }) => cells)).toEqual([
      ['由 王某 导出'],
      ['名称', '金额', '重量', '占比', '日期', '时刻', '证件'],
      [
        ...['=1+1', 1234.56, 1.5, 0.1234, { date: '2024-02-29', time: null }],
        ...[{ date: '2026-01-06', time: '01:30:00' }, '450102********1X'],
      ],
      ['\u0001a,"b"\n<&>', null, 0, null, null, null, '110101199001011234'],
    ])
    expect((await Array.fromAsync(file.rows('填写说明')))[1]!.cells).toEqual([
      ...['清单', '名称', '是', null, '产品的名称', '甲、乙'],
    ])
    const xml = await textOf(bytes, 'xl/worksheets/sheet1.xml')
    expect(xml).toContain('<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/>')
    expect(xml).toContain('<autoFilter ref="A2:G4"/>')
    // a text, and marked as one for whoever edits it: never a formula
    expect(xml).toContain(
      `<c r="A3" s="${styleOf('text', 'quoted')}" t="inlineStr"><is><t xml:space="preserve">=1+1</t>`,
    )
    expect(xml).not.toContain('<f>')
  })

  it('as CSV is UTF-8 with a mark, and nothing in it runs', async () => {
    const { bytes, type } = await answered('csv')
    expect(type).toBe('text/csv; charset=utf-8')
    expect(bytes.toString()).toBe(
      [
        '\ufeff由 王某 导出',
        '名称,金额 (元),重量 (千克),占比,日期,时刻,证件',
        "'=1+1,1234.56,1.5,0.1234,2024-02-29,2026-01-05T17:30:00.000Z,450102********1X",
        '"\u0001a,""b""\n<&>",,0,,,,110101199001011234',
        '',
      ].join('\r\n'),
    )
  })
})

describe('a workbook', () => {
  it('is well-formed in every part, comments, choices and merged cells included', async () => {
    const bytes = await bytesOf([
      {
        ...{ name: "a/b:c's", widths: [10, 20], frozen: 1, filter: { row: 1, columns: 2 }, commented: true },
        merged: [{ top: 2, left: 0, bottom: 3, right: 1 }],
        choices: [{ column: 1, fromRow: 2, words: "'词 & 语'!$A$2:$A$3" }],
        rows: [
          { cells: [{ value: 'x<', style: HEADING, comment: '请填 "<&>"' }] },
          { number: 9, cells: [{ value: { error: '#N/A' }, style: 0 }] },
        ],
      },
      { name: 'A b c s', widths: [], hidden: true, rows: [] },
      { name: '', widths: [], rows: [] },
    ])
    const archive = await openArchive(bytes)
    const parts = ['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', 'xl/styles.xml']
    for (const part of [
      ...parts,
      ...[1, 2, 3].map(n => `xl/worksheets/sheet${n}.xml`),
      ...['xl/_rels/workbook.xml.rels', 'xl/worksheets/_rels/sheet1.xml.rels'],
      ...['xl/comments1.xml', 'xl/drawings/vmlDrawing1.vml'],
    ]) {
      const parser = new SaxesParser({ xmlns: true })
      for await (const piece of decoded(archive.part(part))) parser.write(piece)
      expect(() => parser.close(), part).not.toThrow()
    }
    const file = await openSheets(bytes)
    expect(file.sheets).toEqual(["a b c's", 'Sheet3'])
    expect(await textOf(bytes, 'xl/workbook.xml')).toContain('name="A b c s" sheetId="2" state="hidden"')
    expect((await Array.fromAsync(file.rows("a b c's"))).map(({ number }) => number)).toEqual([1, 9])
  })

  it('is the same for the same rows', async () => {
    const sheet = { name: 'a', widths: [], rows: [{ cells: [{ value: 1, style: 0 }] }] }
    expect(await bytesOf([sheet])).toEqual(await bytesOf([sheet]))
  })

  it('asks for no more rows than are taken, and for none once nobody takes them', async () => {
    let asked = 0
    const ended = Promise.withResolvers<void>()
    async function* rows() {
      try {
        for (;;) {
          asked += 1
          yield {
            cells: [
              { value: Math.sin(asked), style: 0 },
              { value: `x${Math.cos(asked)}`, style: 0 },
            ],
          }
        }
      } finally {
        ended.resolve()
      }
    }
    const workbook = writeWorkbook([{ name: 'a', widths: [], rows: rows() }])
    let taken = 0
    for await (const piece of workbook) {
      taken += piece.length
      if (taken > 100_000) break
    }
    await ended.promise
    expect(asked).toBeGreaterThan(1000)
    expect(asked).toBeLessThan(100_000)
  })

  it('ends with the error of its rows', async () => {
    async function* rows() {
      yield { cells: [] }
      throw new Error('gone')
    }
    await expect(bytesOf([{ name: 'a', widths: [], rows: rows() }])).rejects.toThrow('gone')
  })

  it('keeps any text that there is', async () => {
    const texts = [
      '\u0000',
      '_x0041_',
      '\ud800x',
      'é🙂',
      '\r\n\t',
      '\uffff',
      '  ',
      "'",
      '-1',
      '+1',
      '@x',
      '0012',
    ]
    const bytes = await bytesOf([
      { name: 'a', widths: [], rows: [{ cells: texts.map(value => ({ value, style: styleOf('text') })) }] },
    ])
    const [row] = await Array.fromAsync((await openSheets(bytes)).rows('a'))
    expect(row!.cells).toEqual(texts.map(text => text.toWellFormed()))
    expect(must(await typeOf(bytes, XLSX))).toBe(XLSX)
  })
})
