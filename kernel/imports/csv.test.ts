import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CsvReader, OpenQuote } from './csv.ts'

/** All records, with the text cut into pieces of a size. */
function read(text: string, piece = text.length, delimiter = ','): string[][] {
  const reader = new CsvReader(delimiter)
  const records: string[][] = []
  for (let at = 0; at < text.length; at += piece) records.push(...reader.push(text.slice(at, at + piece)))
  return [...records, ...reader.end()]
}

describe('records', () => {
  it.each([
    [
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\r\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a,,\n\nb\n', [['a', '', ''], [''], ['b']]],
    [
      '"a,b","c ""d"""\n"e\r\nf",g\n',
      [
        ['a,b', 'c "d"'],
        ['e\r\nf', 'g'],
      ],
    ],
    ['5" pipe,x"y"\n', [['5" pipe', 'x"y"']]],
    [
      'a,"b"\r\n"",c',
      [
        ['a', 'b'],
        ['', 'c'],
      ],
    ],
    ['"a" ,b\n', [['a ', 'b']]],
    ['', []],
  ] as const)('of %j', (text, records) => {
    for (const piece of [1, 2, 3, 100]) expect(read(text, piece)).toEqual(records)
  })

  it('may be parted by tabs', () => {
    expect(read('a,b\tc\n"d\te"\tf\n', 4, '\t')).toEqual([
      ['a,b', 'c'],
      ['d\te', 'f'],
    ])
  })

  it.each(['a,"b\nc,d\n', '"', 'a\n"b""'])('of %j have no end', text => {
    for (const piece of [1, 100]) expect(() => read(text, piece)).toThrow(OpenQuote)
  })

  it('stop at an open quotation mark long before the end of a large file', () => {
    const reader = new CsvReader(',')
    const push = () => {
      for (let i = 0; i < 100; i++) reader.push('x,y\n'.repeat(4096))
    }
    reader.push('a,"b\n')
    expect(push).toThrow(OpenQuote)
  })

  it('are those of another parser, wherever the pieces are cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '品', '"', ',', '\n', '\r\n', ' ') })
    const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
    const records = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 })
    const lines = fc.constantFrom('\n', '\r\n')
    fc.assert(
      fc.property(records, lines, fc.integer({ min: 1, max: 20 }), (cells, line, piece) => {
        const text = cells.map(record => record.map(quoted).join(',')).join(line)
        const other: string[][] = parse(text, { relax_column_count: true, record_delimiter: line })
        expect(read(text, piece)).toEqual(other)
        expect(other).toEqual(cells)
      }),
    )
  })
})
