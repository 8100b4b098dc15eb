const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const values = new Int16Array(128).fill(-1)
for (let at = 0; at < 64; at++) values[alphabet.charCodeAt(at)] = at

/** Standard padded base64. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const word = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    for (const shift of [18, 12, 6, 0]) text += alphabet[(word >> shift) & 63]
  }
  const spare = (3 - (bytes.length % 3)) % 3
  return text.slice(0, text.length - spare) + '='.repeat(spare)
}

/**
 * Bytes of standard padded base64, or `undefined` for anything else: other alphabets, blanks, missing padding, and
 * unused bits that are not zero. Two texts for the same bytes would let a signature line be altered unnoticed.
 */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined
  const spare = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - spare)
  for (let at = 0; at < text.length; at += 4) {
    const word = decodeGroup(text, at, at + 4 === text.length ? spare : 0)
    if (word < 0) return undefined
    const to = (at / 4) * 3
    for (let byte = 0; byte < 3 && to + byte < bytes.length; byte++)
      bytes[to + byte] = word >> (16 - 8 * byte)
  }
  return bytes
}

/** 24 bits of four characters, the last `spare` of them padding; -1 when not canonical. */
function decodeGroup(text: string, at: number, spare: number): number {
  let word = 0
  for (let place = 0; place < 4; place++) {
    const value = place < 4 - spare ? (values[text.charCodeAt(at + place)] ?? -1) : 0
    if (value < 0) return -1
    word = (word << 6) | value
  }
  const unused = spare === 2 ? 0xffff : spare === 1 ? 0xff : 0
  return (word & unused) === 0 ? word : -1
}

/** Like {@link fromBase64}, but `undefined` also when the bytes are not `length` long. */
export function fromBase64Of(length: number, text: string): Uint8Array | undefined {
  const bytes = fromBase64(text)
  return bytes?.length === length ? bytes : undefined
}
