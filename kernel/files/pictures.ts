import sharp from 'sharp'
import { ok, type Result, refuse } from '../result/result.ts'
import { typeOf } from './content-type.ts'

/** Of what is sent, before it is made smaller: 40 megapixels, as phones take them. */
export const MOST_PIXELS = 40_000_000
const KINDS: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp'])

export interface Picture {
  /** WebP, with nothing but the picture: no place, no day, no camera. */
  readonly bytes: Buffer
  /** Pixels. */
  readonly width: number
  readonly height: number
}

export type PictureRefusal =
  | 'file.type_refused'
  | 'file.archive_refused'
  | 'picture.unreadable'
  | 'picture.size'

// one at a time: what is unpacked is many times what was sent
sharp.concurrency(1)
sharp.cache(false)
let turn: Promise<unknown> = Promise.resolve()

/**
 * A picture anew, once for each width: turned upright, no wider than asked and no higher than twice that, never enlarged.
 * What was sent is not kept. Refuses `file.type_refused` {declared, found}, `picture.unreadable`, and `picture.size`
 * {least, most} for one narrower or lower than `least` pixels or of more than `most` megapixels.
 */
export async function picturesOf<W extends readonly number[]>(
  bytes: Buffer,
  widths: W,
  { least = 1 }: { readonly least?: number } = {},
): Promise<Result<{ readonly [I in keyof W]: Picture }, PictureRefusal>> {
  const type = await typeOf(bytes)
  if (!type.ok) return type
  if (!KINDS.has(type.value)) return refuse('file.type_refused', { declared: 'image', found: type.value })
  const mine = turn.then(() => encoded(bytes, widths, least))
  turn = mine.catch(() => undefined)
  return (await mine) as Result<{ readonly [I in keyof W]: Picture }, PictureRefusal>
}

async function encoded(
  bytes: Buffer,
  widths: readonly number[],
  least: number,
): Promise<Result<Picture[], PictureRefusal>> {
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata()
    if (width * height > MOST_PIXELS || Math.min(width, height) < least)
      return refuse('picture.size', { least, most: MOST_PIXELS / 1_000_000 })
    const all: Picture[] = []
    for (const most of widths) all.push(await smaller(bytes, most))
    return ok(all)
  } catch {
    // whatever the decoder says of somebody's bytes is nothing to tell them
    return refuse('picture.unreadable')
  }
}

async function smaller(bytes: Buffer, most: number): Promise<Picture> {
  const { data, info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 })
    .timeout({ seconds: 20 })
    .autoOrient()
    .resize({ width: most, height: most * 2, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 76, effort: 4 })
    .toBuffer({ resolveWithObject: true })
  return { bytes: data, width: info.width, height: info.height }
}
