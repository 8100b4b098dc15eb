import { inflateRawSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { contentHash } from './content-hash.ts'
import { type Document, widthsOf } from './document.ts'
import { writeDocx } from './docx.ts'
import { writePdf } from './pdf.ts'

const table = (rows: number) => ({
  kind: 'table' as const,
  caption: '表1 完成采购额',
  columns: [
    { label: '县', align: 'left' as const },
    { label: '金额（元）', align: 'right' as const },
  ],
  rows: Array.from({ length: rows }, (_, i) => [`田阳${i}`, String(i)]),
  total: ['合计', '1,770'],
})
const document = (rows = 3): Document => ({
  ...{
    title: '月报',
    subtitle: '示范',
    language: 'zh',
    footer: '自行核验',
    at: new Date('2025-11-05T00:00:00Z'),
  },
  blocks: [
    { kind: 'heading', text: '一、总体' },
    { kind: 'paragraph', text: '完成<采购>&"说明"' },
    { kind: 'note', text: '注' },
    table(rows),
  ],
})

/** A part of a zip archive whose sizes stand in its local headers or its directory. */
function partOf(zip: Buffer, name: string): string {
  for (let at = zip.indexOf('PK\x01\x02'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 4)) {
    const nameLength = zip.readUInt16LE(at + 28)
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) !== name) continue
    const local = zip.readUInt32LE(at + 42)
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 20))
    return (zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(bytes) : bytes).toString('utf8')
  }
  throw new Error(`no part ${name}`)
}

it('is a PDF of as many pages as it takes, with both weights of the font put in as subsets', async () => {
  const [short, long] = [await writePdf(document()), await writePdf(document(90))]
  const text = (bytes: Buffer) => bytes.toString('latin1')
  const pages = (bytes: Buffer) => text(bytes).match(/\/Type \/Page\b(?!s)/g)?.length
  expect([pages(short), pages(long)]).toEqual([1, 4])
  expect(text(short)).toMatch(/^%PDF-1\./)
  expect(new Set(text(short).match(/\/FontName \/[A-Z]{6}\+[\w-]+/g))).toHaveLength(2)
  expect(text(short)).toContain('/ToUnicode')
  // two whole fonts would be 20 MB
  expect(short.length).toBeLessThan(60_000)
})

it('is a .docx with headings, a table whose head is repeated, and the text as it is', async () => {
  const bytes = await writeDocx(document())
  const xml = partOf(bytes, 'word/document.xml')
  expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(1)
  expect(xml.match(/<w:tr>/g)).toHaveLength(5)
  expect(xml).toContain('完成&lt;采购&gt;&amp;&quot;说明&quot;')
  expect(xml).toContain('w:pStyle w:val="Heading1"')
  expect(xml).toContain('<w:jc w:val="right"/>')
  const parts = ['word/footer1.xml'].map(name => partOf(bytes, name)).join()
  expect(parts).toContain('自行核验')
  expect(parts).toContain('NUMPAGES')
})

it('gives columns their share by what stands in them', () => {
  const widths = widthsOf({ ...table(1), rows: [['巴马瑶族自治县', '1']], total: ['', ''] })
  expect(widths.reduce((a, b) => a + b, 0)).toBeCloseTo(1)
  expect(widths[0]!).toBeGreaterThan(widths[1]!)
})

it('hashes what is said, whatever the order of its names', () => {
  expect(contentHash({ a: 1, b: '二' })).toBe(contentHash({ b: '二', a: 1 }))
  expect(contentHash({ a: 1 })).not.toBe(contentHash({ a: 2 }))
})
