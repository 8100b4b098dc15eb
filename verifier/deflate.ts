/** No receipt of ours is longer; what unfolds to more is not unfolded. */
const MOST = 512 * 1024
/** What one piece unfolds to is held whole: a thousand times this. */
const PIECE = 4096

/** Raw DEFLATE (RFC 1951) of the bytes; undefined where there are more than a receipt has. */
export const deflate = (bytes: Uint8Array): Promise<Uint8Array | undefined> =>
  through(bytes, new CompressionStream('deflate-raw'))

/** What one whole stream of raw DEFLATE unfolds to: undefined where it is broken, cut short, has more behind it or is too much. */
export const inflate = (bytes: Uint8Array): Promise<Uint8Array | undefined> =>
  through(bytes, new DecompressionStream('deflate-raw'))

function inPieces(bytes: Uint8Array): ReadableStream<BufferSource> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(at, at + PIECE) as BufferSource)
      at += PIECE
    },
  })
}

async function through(
  bytes: Uint8Array,
  by: CompressionStream | DecompressionStream,
): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for (const reader = inPieces(bytes).pipeThrough(by).getReader(); ; ) {
      const { done, value } = await reader.read()
      if (done) break
      length += value.length
      if (length > MOST) return undefined
      parts.push(value)
    }
  } catch {
    return undefined
  }
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer())
}
