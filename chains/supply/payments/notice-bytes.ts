import type { Readable } from 'node:stream'

const MOST = 65_536

/** The bytes of a provider's message; undefined for more than any of them is long. */
export async function bytesOf(raw: Readable): Promise<Buffer | undefined> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of raw as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > MOST) return undefined
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
