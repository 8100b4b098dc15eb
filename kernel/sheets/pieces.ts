import { damaged } from './xml.ts'

/** Bytes as text, piece by piece. Throws `Refused('sheet.damaged')` for what is not UTF-8. */
export async function* decoded(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const piece of pieces) yield decoder.decode(piece, { stream: true })
    yield decoder.decode()
  } catch (error) {
    throw error instanceof TypeError ? damaged('encoding') : error
  }
}
