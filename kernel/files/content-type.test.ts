import { describe, expect, it } from 'vitest'
import { ok } from '../result/result.ts'
import { typeOf, XLSX } from './content-type.ts'
import { workbook } from './fixtures/workbook.ts'
import { inspectZip } from './zip.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
const refused = (declared: string, found: string) => ({
  ok: false,
  code: 'file.type_refused',
  params: { declared, found },
})
const archive = (reason: string) => ({ ok: false, code: 'file.archive_refused', params: { reason } })

describe('the type of bytes', () => {
  it.each([
    ['image/png', png],
    ['application/pdf', pdf],
    [XLSX, workbook()],
    ['text/csv', Buffer.from('\ufeff品名,价\n苹果,1\n')],
    ['text/csv', Buffer.from('c6b7c3fb2cbcdb0d0ac6bbb9fb2c310d0a', 'hex')],
  ])('is %s', async (type, bytes) => {
    expect(await typeOf(bytes, type)).toEqual(ok(type))
  })

  it('must be what was declared', async () => {
    expect(await typeOf(png, 'image/jpeg')).toEqual(refused('image/jpeg', 'image/png'))
    expect(await typeOf(Buffer.from('a,b\n'), 'application/pdf')).toEqual(
      refused('application/pdf', 'text/csv'),
    )
    expect(await typeOf(workbook(), 'text/csv')).toEqual(refused('text/csv', XLSX))
  })

  it('must be one of ours, and what was declared is not repeated to others', async () => {
    const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
    expect(await typeOf(gif, 'image/gif')).toEqual(refused('unknown', 'image/gif'))
    const program = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0x3e, 0])
    expect(await typeOf(program, '<script>')).toMatchObject({ params: { declared: 'unknown' } })
  })

  it('is no text with control characters in it', async () => {
    expect(await typeOf(Buffer.from('a,b\u0000,c'), 'text/csv')).toEqual(refused('text/csv', 'unknown'))
  })
})

describe('a workbook', () => {
  it.each([
    ['macros', workbook({ 'xl/vbaProject.bin': 'x' })],
    ['unpacks_too_large', workbook({}, { unpacked: 0x7fffffff })],
    ['unpacks_too_large', workbook({}, { unpacked: 300_000 })],
    ['encrypted', workbook({}, { encrypted: true })],
    [
      'too_many_entries',
      workbook(Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`xl/${i}.xml`, '']))),
    ],
  ])('with %s is refused', async (reason, bytes) => {
    expect(await typeOf(bytes, XLSX)).toEqual(archive(reason))
  })

  it('is damaged when cut off, without its workbook, or with a directory that hides something', () => {
    const whole = workbook()
    expect(inspectZip(whole)).toBeUndefined()
    expect(inspectZip(whole.subarray(0, -1))).toBe('damaged')
    expect(inspectZip(Buffer.alloc(10))).toBe('damaged')
    expect(
      inspectZip(Buffer.from(whole.toString('latin1').replaceAll('workbook.xml', 'workbook.txt'), 'latin1')),
    ).toBe('damaged')
    const hiding = Buffer.from(workbook({ 'xl/vbaProject.bin': 'x' }))
    hiding.writeUInt16LE(2, hiding.length - 12)
    expect(inspectZip(hiding)).toBe('damaged')
  })
})
