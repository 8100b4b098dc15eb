import { crc32, deflateSync } from 'node:zlib'

type Ink = readonly [red: number, green: number, blue: number]

/** A PNG of so many pixels, each in the ink that is told of it. */
function png(width: number, height: number, inkAt: (x: number, y: number) => Ink): Buffer {
  const rows = Array.from({ length: height }, (_, y) => [
    0,
    ...Array.from({ length: width }, (_, x) => inkAt(x, y)).flat(),
  ])
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // eight bits each of red, green and blue
  head.set([8, 2], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** Stands for a photograph: an open carton with a wet corner, drawn, so that nobody takes it for one. */
export const cartonPicture = (): Buffer =>
  png(240, 180, (x, y) => {
    if (Math.hypot(x - 178, y - 118) < 34 + 5 * Math.sin(x / 7)) return [112, 84, 58]
    if (x < 24 || x > 216 || y < 22 || y > 158) return [236, 231, 222]
    if (Math.abs(x - 120) < 3 || Math.abs(y - 56) < 2) return [158, 122, 82]
    return y < 56 ? [214, 178, 130] : [199, 160, 112]
  })

/** A line as of a pen, on white. */
export const signaturePicture = (): Buffer =>
  png(320, 128, (x, y) => {
    const line = 64 + 30 * Math.sin(x / 17) * Math.cos(x / 41)
    return x > 40 && x < 280 && Math.abs(y - line) < 2.4 ? [24, 24, 32] : [255, 255, 255]
  })
