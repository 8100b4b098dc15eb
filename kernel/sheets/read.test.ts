import { describe, expect, it } from 'vitest'
import { Refused, refuse } from '../result/result.ts'
import { cellText, columnName, type SheetCell } from './cell.ts'
import { type PackageParts, packageOf } from './fixtures/package.ts'
import { openSheets, type RowsOptions } from './read.ts'

const rowsOf = async (content: Buffer, options?: RowsOptions, sheet = 'S') => {
  const file = await openSheets(content)
  try {
    return await Array.fromAsync(file.rows(sheet, options))
  } finally {
    file.close()
  }
}
const read = async (parts: PackageParts, options?: RowsOptions): Promise<(readonly SheetCell[])[]> =>
  (await rowsOf(await packageOf(parts), options)).map(({ cells }) => cells)
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'read',
    error => (error instanceof Refused ? error.refusal : error),
  )
const cell = (more: string, value = '') => `<c ${more}>${value}</c>`
const row = (...cells: string[]) => `<row>${cells.join('')}</row>`

describe('cells', () => {
  it('are numbers, truths, errors, texts in three ways, and the values of formulas', async () => {
    const strings =
      '<si><t>共享</t></si><si><t/></si><si><t xml:space="preserve"> a&lt;b&amp;&#x4e2d;_x000A_c </t></si>'
    const rows = row(
      cell('r="A1"', '<v>-1.5e3</v>'),
      cell('r="B1" t="b"', '<v>1</v>'),
      cell('r="C1" t="e"', '<v>#DIV/0!</v>'),
      cell('r="D1" t="s"', '<v>0</v>'),
      cell('r="E1" t="s"', '<v>1</v>'),
      cell('r="F1" t="s"', '<v>2</v>'),
      cell('r="G1" t="inlineStr"', '<is><t>内联</t></is>'),
      cell('r="H1" t="str"', '<f>A1&amp;"x"</f><v>算得</v>'),
      cell('r="I1"', '<f>SUM(A1:A2)</f><v>7</v>'),
      cell('r="J1"', '<f>NOW()</f>'),
      cell('r="L1"', '<v>9</v>'),
    )
    expect(await read({ rows, strings })).toEqual([
      [
        ...[-1500, true, { error: '#DIV/0!' }, '共享', null, ' a<b&中\nc ', '内联', '算得', 7],
        ...[null, null, 9],
      ],
    ])
  })

  it('of rich text are its runs, without the reading aids', async () => {
    const strings =
      '<si><r><rPr><b/></rPr><t>王</t></r><r><t xml:space="preserve"> 小</t></r><rPh sb="0" eb="1"><t>ワン</t></rPh><phoneticPr fontId="1"/></si>'
    expect(await read({ rows: row(cell('t="s"', '<v>0</v>')), strings })).toEqual([['王 小']])
  })

  it('stand where they say, or after the one before; blank rows are none', async () => {
    const content = await packageOf({
      rows: `<row r="3"><c r="C3"><v>1</v></c><c><v>2</v></c></row><row r="4"><c r="A4" s="1"/></row><row r="7" spans="1:2"><c r='B7'   t = "str" ><v>x</v></c></row><row><c><v>8</v></c></row>`,
    })
    expect((await rowsOf(content)).map(({ number, cells }) => [number, cells])).toEqual([
      [3, [null, null, 1, 2]],
      [7, [null, 'x']],
      [8, [8]],
    ])
  })

  it('may be written with a prefix, in CDATA, among comments', async () => {
    const more = {
      'xl/worksheets/sheet1.xml':
        '<x:worksheet xmlns:x="a>b"><!-- <row> --><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v><![CDATA[<&>]]></x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:A2"/></x:mergeCells></x:worksheet>',
    }
    const content = await packageOf({ more })
    expect((await rowsOf(content)).map(({ cells }) => cells)).toEqual([['<&>']])
    expect(await (await openSheets(content)).merged('S')).toEqual([{ top: 1, left: 0, bottom: 2, right: 0 }])
  })

  it('are as text what one would write', () => {
    expect(
      [0.1 + 0.2, 1e21, ' a ', true, null, { error: '#N/A' }, { date: '2024-01-02', time: '03:04:05' }].map(
        cellText,
      ),
    ).toEqual(['0.3', '1e+21', 'a', 'TRUE', '', '#N/A', '2024-01-02 03:04:05'])
    expect([0, 25, 26, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA'])
  })
})

describe('dates', () => {
  const formats = [
    ...[
      'General',
      '0.00',
      'yyyy"年"m"月"d"日"',
      '[$-804]aaaa',
      '"day" 0',
      '[Red]0.0',
      '[h]:mm',
      'm/d/yy h:mm',
    ],
  ]
  const styles = `<numFmts>${formats.map((code, i) => `<numFmt numFmtId="${200 + i}" formatCode="${code.replaceAll('"', '&quot;')}"/>`).join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${[14, 57, 9, ...formats.map((_, i) => 200 + i)].map(id => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>`
  const shown = async (serial: number, workbook?: string) =>
    (
      await read({
        styles,
        rows: row(
          ...[0, 1, 2, ...formats.map((_, i) => i + 3)].map(s => cell(`s="${s}"`, `<v>${serial}</v>`)),
        ),
        ...(workbook ? { workbook } : {}),
      })
    )[0]!

  it('are numbers whose format shows a day', async () => {
    const day = { date: '2024-02-29', time: null }
    expect(await shown(45351)).toEqual([day, day, 45351, 45351, 45351, day, 45351, 45351, 45351, day, day])
    expect((await shown(45351.75))[0]).toEqual({ date: '2024-02-29', time: '18:00:00' })
  })

  it.each([
    [1, '1900-01-01'],
    [59, '1900-02-28'],
    [61, '1900-03-01'],
    [2958465, '9999-12-31'],
  ])('count %i days as %s', async (serial, date) => {
    expect((await shown(serial))[0]).toEqual({ date, time: null })
  })

  it('beyond the calendar stay numbers', async () => {
    for (const serial of [0.5, -1, 2958466]) expect((await shown(serial))[0]).toBe(serial)
  })

  it('count from 1904 where the workbook says so', async () => {
    const workbook =
      '<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
    expect((await shown(43889, workbook))[0]).toEqual({ date: '2024-02-29', time: null })
  })
})

describe('sheets', () => {
  it('that are hidden, or no sheets of cells, are left out', async () => {
    const workbook = `<workbook xmlns:rel="r"><sheets><sheet name="藏" sheetId="1" state="hidden" rel:id="rId1"/><sheet name="深" state="veryHidden" sheetId="2" rel:id="rId1"/><sheet name="见 &amp; 闻" sheetId="3" rel:id="rId4"/><sheet name="图" sheetId="4" rel:id="rId5"/></sheets></workbook>`
    const more = {
      'xl/worksheets/sheet2.xml': '<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>',
    }
    const content = await packageOf({ workbook, more })
    expect((await openSheets(content)).sheets).toEqual(['见 & 闻'])
    expect(await rowsOf(content, {}, '见 & 闻')).toEqual([{ sheet: '见 & 闻', number: 1, cells: [2] }])
  })

  it('fill their merged cells downwards, and tell what lies to the right', async () => {
    const rows = [
      '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>',
      '<row r="2"><c r="B2"><v>3</v></c></row>',
      '<row r="3"><c r="B3"><v>4</v></c><c r="D3"><v>5</v></c></row>',
    ].join('')
    const after = '<mergeCells count="2"><mergeCell ref="B3:D3"/><mergeCell ref="A1:A3"/></mergeCells>'
    expect(await read({ rows, after })).toEqual([
      [1, 2],
      [null, 3],
      [null, 4, null, 5],
    ])
    expect(await read({ rows, after }, { filled: true })).toEqual([
      [1, 2],
      [1, 3],
      [1, 4, '\u0000covered', '\u0000covered'],
    ])
  })

  it('are read while they are unpacked', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => row(cell('', `<v>${i}</v>`))).join('')
    const file = await openSheets(await packageOf({ rows }))
    const first = file.rows('S')
    expect((await first.next()).value).toMatchObject({ cells: [0] })
    expect(file.progress()).toBeLessThan(1)
    await first.return(undefined)
    expect((await Array.fromAsync(file.rows('S'))).length).toBe(20_000)
    expect(file.progress()).toBe(1)
  })
})

describe('a file is refused', () => {
  const whole = packageOf({ rows: row(cell('', '<v>1</v>')) })
  const xml = (text: string) => packageOf({ more: { 'xl/worksheets/sheet1.xml': text } })

  it.each([
    ['a document type', '<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet/>', 'declaration'],
    [
      'entities of its own',
      '<worksheet><sheetData><row><c t="str"><v>&a;</v></c></row></sheetData></worksheet>',
      'entity',
    ],
    [
      'an entity that never ends',
      '<worksheet><sheetData><row><c t="str"><v>&lt</v></c></row></sheetData></worksheet>',
      'entity',
    ],
    ['rows in no order', '<worksheet><sheetData><row r="2"/><row r="2"/></sheetData></worksheet>', 'row'],
    [
      'a cell that is nowhere',
      '<worksheet><sheetData><row><c r="12"><v>1</v></c></row></sheetData></worksheet>',
      'cell',
    ],
    [
      'what is no number',
      '<worksheet><sheetData><row><c><v>x</v></c></row></sheetData></worksheet>',
      'number',
    ],
    [
      'a text that is not there',
      '<worksheet><sheetData><row><c t="s"><v>5</v></c></row></sheetData></worksheet>',
      'shared_string',
    ],
    [
      'a tag that never ends',
      `<worksheet><sheetData><row a="${Array.from({ length: 200_000 }, (_, i) => i * i).join(' ')}`,
      'xml',
    ],
    ['an end in the middle', '<worksheet><sheetData><row', 'xml'],
  ])('for %s', async (_, text, reason) => {
    expect(await refusal(xml(text).then(content => rowsOf(content)))).toEqual(
      refuse('sheet.damaged', { reason }),
    )
  })

  it('for bytes that are no text', async () => {
    const content = await whole
    const at = content.indexOf('xl/worksheets/sheet1.xml')
    expect(await refusal(rowsOf(content.subarray(0, content.length - 3)))).toMatchObject({
      code: 'sheet.damaged',
    })
    expect(await refusal(rowsOf(Buffer.concat([content.subarray(0, at + 40), content])))).toMatchObject({
      ok: false,
    })
  })

  it('for macros, too many parts, and what unpacks to too much', async () => {
    const refused = (more: Record<string, string>) =>
      refusal(packageOf({ more }).then(content => rowsOf(content)))
    const archive = (reason: string) => refuse('file.archive_refused', { reason })
    expect(await refused({ 'xl/vbaProject.bin': 'x' })).toEqual(archive('macros'))
    expect(await refused({ 'xl/macrosheets/sheet1.xml': 'x' })).toEqual(archive('macros'))
    expect(await refused(Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`a/${i}`, ''])))).toEqual(
      archive('too_many_entries'),
    )
    expect(await refused({ 'xl/bomb.xml': ' '.repeat(50_000_000) })).toEqual(archive('unpacks_too_large'))
  })

  it('for unpacking to more than its directory says', async () => {
    const content = Buffer.from(
      await packageOf({ rows: row(cell('t="str"', `<v>${'长'.repeat(9000)}</v>`)) }),
    )
    const entry = content.lastIndexOf('xl/worksheets/sheet1.xml') - 46
    content.writeUInt32LE(100, entry + 24)
    expect(await refusal(rowsOf(content))).toEqual(refuse('sheet.damaged', { reason: 'archive' }))
  })

  it('for more columns than anybody reads', async () => {
    expect(await refusal(read({ rows: row(cell('r="SS1"', '<v>1</v>')) }))).toEqual(
      refuse('sheet.too_wide', { most: 512 }),
    )
    // blank cells far out are only somebody's colours
    expect(await read({ rows: row(cell('r="A1"', '<v>1</v>'), cell('r="XFD1" s="3"')) })).toEqual([[1]])
  })
})

describe('CSV', () => {
  it('is one sheet of texts, in its own encoding', async () => {
    const rows = [
      { sheet: '', number: 1, cells: ['品名', '价'] },
      { sheet: '', number: 3, cells: ['苹果', null] },
    ]
    expect(await rowsOf(Buffer.from('\ufeff品名,价\r\n,\r\n苹果, \r\n'), {}, '')).toEqual(rows)
    expect(await rowsOf(Buffer.from('c6b7c3fb2cbcdb0d0a2c0d0ac6bbb9fb2c0d0a', 'hex'), {}, '')).toEqual(rows)
    expect(await refusal(rowsOf(Buffer.from('a\n"b'), {}, ''))).toMatchObject({ code: 'import.quote_open' })
  })
})
