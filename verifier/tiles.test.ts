import { describe, expect, test } from 'vitest'
import { parseBundle } from './bundle.ts'
import { TestLog } from './testing/build-log.ts'
import { leafOf } from './testing/tree.ts'
import { TileRows } from './tile-rows.ts'
import { bundlePath, bundlePathsOf, tileNumber, tilePath, tilesOf, widthOf } from './tiles.ts'

describe('paths', () => {
  test.each([
    [0, '000'],
    [7, '007'],
    [999, '999'],
    [1000, 'x001/000'],
    [1234067, 'x001/x234/067'],
    [1e9, 'x001/x000/x000/000'],
  ])('tile %i is %s', (index, path) => expect(tileNumber(index)).toBe(path))

  test('full and partial', () => {
    expect(tilePath({ level: 0, index: 273, width: 112 })).toBe('tile/0/273.p/112')
    expect(tilePath({ level: 63, index: 0, width: 256 })).toBe('tile/63/000')
    expect(bundlePath(1234067, 256)).toBe('tile/entries/x001/x234/067')
    expect(bundlePath(0, 1)).toBe('tile/entries/000.p/1')
  })
})

describe('tiles of a size', () => {
  test('70,000 entries have 277 hash tiles', () => {
    const tiles = [...tilesOf(70_000)]
    expect(tiles).toHaveLength(277)
    expect(tiles.filter(({ width }) => width < 256)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ])
    expect([...bundlePathsOf(70_000)]).toHaveLength(274)
  })

  test('there is no tile without hashes', () => {
    expect([...tilesOf(0)]).toEqual([])
    expect([...tilesOf(256)]).toEqual([
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ])
    expect(widthOf(256, 0, 1)).toBe(0)
  })

  test('rows built leaf by leaf are the tiles of the finished size', () => {
    const size = 66_000
    const rows = new TileRows()
    const built = Array.from({ length: size }, (_, at) => rows.push(leafOf(String(at)))).flat()
    const places = [...built, ...rows.partials()].map(tilePath)
    expect(places.toSorted()).toEqual([...tilesOf(size)].map(tilePath).toSorted())
  })

  test('the test log serves exactly these files', () => {
    const log = new TestLog()
    while (log.entries.length < 600) log.append(Buffer.from('x'))
    const expected = [...[...tilesOf(600)].map(tilePath), ...bundlePathsOf(600), 'checkpoint', 'vkey']
    expect([...log.files().keys()].toSorted()).toEqual(expected.toSorted())
  })
})

describe('bundles', () => {
  const bytes = Uint8Array.of(0, 2, 65, 66, 0, 0, 0, 1, 67)

  test('hold entries after their lengths', () =>
    expect(parseBundle(bytes, 3)).toEqual([Uint8Array.of(65, 66), Uint8Array.of(), Uint8Array.of(67)]))

  test.each([
    ['fewer entries', bytes, 4],
    ['something after the last', bytes, 2],
    ['cut in an entry', bytes.subarray(0, 8), 3],
    ['cut in a length', bytes.subarray(0, 7), 3],
  ])('refused: %s', (_, given, width) => expect(parseBundle(given, width)).toBeUndefined())
})
