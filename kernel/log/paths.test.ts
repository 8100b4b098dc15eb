import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexPath, parseTilePath } from './paths.ts'

describe('tile paths', () => {
  it('group the digits of an index by three', () => {
    expect([0, 67, 999, 1000, 1_234_067].map(indexPath)).toEqual([
      '000',
      '067',
      '999',
      'x001/000',
      'x001/x234/067',
    ])
  })

  it('are read in their one right form', () => {
    expect(parseTilePath('0/x001/x234/067')).toEqual({ kind: 'tile', level: 0, index: 1_234_067, width: 256 })
    expect(parseTilePath('63/000.p/1')).toEqual({ kind: 'tile', level: 63, index: 0, width: 1 })
    expect(parseTilePath('entries/x001/000.p/255')).toEqual({ kind: 'bundle', index: 1000, width: 255 })
  })

  it('come back from any index and width', () => {
    const widths = fc.integer({ min: 1, max: 256 })
    fc.assert(
      fc.property(fc.maxSafeNat(), widths, fc.integer({ min: 0, max: 63 }), (index, width, level) => {
        const tail = width === 256 ? '' : `.p/${width}`
        expect(parseTilePath(`${level}/${indexPath(index)}${tail}`)).toEqual({
          kind: 'tile',
          level,
          index,
          width,
        })
        expect(parseTilePath(`entries/${indexPath(index)}${tail}`)).toEqual({ kind: 'bundle', index, width })
      }),
    )
  })

  it.each([
    '',
    '0',
    '0/',
    '00/000',
    '64/000',
    '-1/000',
    '0/0',
    '0/00',
    '0/0000',
    '0/x000/001',
    '0/001/002',
    '0/x001',
    '0/000.p/0',
    '0/000.p/01',
    '0/000.p/256',
    '0/000.p/',
    '0/000/',
    '0/000/.p/1',
    '/0/000',
    'data/000',
    'Entries/000',
    '0/x999/x999/x999/x999/x999/x999/999',
  ])('refuse %j', path => {
    expect(parseTilePath(path)).toBeUndefined()
  })
})
