import { crc32, deflateSync } from 'node:zlib'

type Colour = readonly [red: number, green: number, blue: number]
type Inside = (x: number, y: number) => boolean

const persimmon: Colour = [194, 65, 12]
const sun: Colour = [255, 179, 71]
const fruit: Colour = [255, 244, 224]
const leaf: Colour = [122, 178, 84]

const circle =
  (cx: number, cy: number, r: number): Inside =>
  (x, y) =>
    (x - cx) ** 2 + (y - cy) ** 2 <= r * r
const both =
  (a: Inside, b: Inside): Inside =>
  (x, y) =>
    a(x, y) && b(x, y)

/** A fruit with its leaf before a rising sun, in a square of side one; later shapes lie over earlier ones. */
const picture: readonly (readonly [Inside, Colour])[] = [
  [() => true, persimmon],
  [circle(0.5, 0.98, 0.46), sun],
  [circle(0.5, 0.56, 0.25), fruit],
  // a leaf is what two circles share
  [both(circle(0.47, 0.17, 0.19), circle(0.66, 0.31, 0.19)), leaf],
]

/** Points of one pixel's side that are looked at, for smooth edges. */
const FINE = 3

/** The shop's icon as PNG bytes; whole and square, so that a phone may cut it to its own shape. */
export function iconPng(side: number): Buffer {
  const rows = Buffer.alloc(side * (side * 3 + 1))
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) rows.set(colourAt(x, y, side), y * (side * 3 + 1) + 1 + x * 3)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  // eight bits a colour, red green blue
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function colourAt(x: number, y: number, side: number): number[] {
  const sum = [0, 0, 0]
  for (let n = 0; n < FINE * FINE; n++) {
    const [u, v] = [(x + (n % FINE) / FINE) / side, (y + Math.floor(n / FINE) / FINE) / side]
    const found = picture.findLast(([inside]) => inside(u, v))![1]
    found.forEach((value, at) => {
      sum[at] = sum[at]! + value
    })
  }
  return sum.map(value => Math.round(value / (FINE * FINE)))
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** The same picture for screens of any size. */
export const iconSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><clipPath id="c"><rect width="100" height="100" rx="22"/></clipPath><g clip-path="url(#c)"><path fill="#c2410c" d="M0 0h100v100H0z"/><circle cx="50" cy="98" r="46" fill="#ffb347"/><circle cx="50" cy="56" r="25" fill="#fff4e0"/><path d="M47.5 36A19 19 0 0 1 65.5 12A19 19 0 0 1 47.5 36" fill="#7ab254"/></g></svg>`
