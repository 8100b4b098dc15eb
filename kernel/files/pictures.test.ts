import sharp from 'sharp'
import { expect, it } from 'vitest'
import { picturesOf } from './pictures.ts'

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c40' } })

it('makes WebP of each width, upright, without what the camera wrote', async () => {
  const sent = await plain(1600, 1200)
    .jpeg()
    .withExif({
      IFD0: { Copyright: 'somebody' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '22/1 32/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer()
  const made = await picturesOf(sent, [160, 480, 1080])
  if (!made.ok) throw new Error(made.code)
  expect(made.value.map(({ width, height }) => [width, height])).toEqual([
    [160, 213],
    [480, 640],
    [1080, 1440],
  ])
  for (const { bytes } of made.value) {
    const { format, exif, orientation } = await sharp(bytes).metadata()
    expect([format, exif, orientation]).toEqual(['webp', undefined, undefined])
    expect(bytes.includes('somebody')).toBe(false)
  }
})

it('never enlarges, and keeps what is long within bounds', async () => {
  const small = await picturesOf(await plain(200, 100).png().toBuffer(), [160, 480] as const)
  expect(small).toMatchObject({ ok: true, value: [{ width: 160 }, { width: 200, height: 100 }] })
  const long = await picturesOf(await plain(300, 9000).png().toBuffer(), [480] as const)
  expect(long).toMatchObject({ ok: true, value: [{ width: 32, height: 960 }] })
})

it('refuses what is no picture, is cut off, tiny, or unpacks to too much', async () => {
  const code = async (bytes: Buffer, least = 160) => {
    const made = await picturesOf(bytes, [160], { least })
    return made.ok ? 'made' : made.code
  }
  const jpeg = await plain(800, 600).jpeg().toBuffer()
  expect(await code(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBe('file.type_refused')
  expect(await code(Buffer.from('%PDF-1.4\n%%EOF'))).toBe('file.type_refused')
  expect(await code(jpeg.subarray(0, jpeg.length / 2))).toBe('picture.unreadable')
  expect(await code(await plain(100, 800).png().toBuffer())).toBe('picture.size')
  const bomb = await plain(6500, 6500).png({ compressionLevel: 9 }).toBuffer()
  expect(bomb.length).toBeLessThan(1_000_000)
  expect(await code(bomb)).toBe('picture.size')
})
