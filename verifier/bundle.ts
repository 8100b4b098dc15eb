/**
 * Entries of a bundle: `width` times a big-endian 16-bit length and as many bytes, and nothing after them.
 * `undefined` when the bytes are anything else.
 */
export function parseBundle(bytes: Uint8Array, width: number): Uint8Array[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries: Uint8Array[] = []
  let at = 0
  while (entries.length < width) {
    if (at + 2 > bytes.length) return undefined
    const end = at + 2 + view.getUint16(at)
    if (end > bytes.length) return undefined
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  return at === bytes.length ? entries : undefined
}
