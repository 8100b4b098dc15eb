import { fromBase64, toBase64 } from './base64.ts'
import { equalBytes, fromUtf8, utf8 } from './bytes.ts'
import { deflate, inflate } from './deflate.ts'

const EXTRA = /^extra ([^\n]*)$/m

/**
 * A receipt as the end of an address, where no server sees it: base64url of its compressed text. JSON that it carries stands in
 * it as it is, since compressing what was made base64 saves nothing; what is packed stays so. Undefined for a file that would not come back the same.
 */
export async function toFragment(proof: Uint8Array): Promise<string | undefined> {
  const loose = loosened(fromUtf8(proof) ?? '')
  const packed = await deflate(utf8(loose))
  const text = toBase64(packed!).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  const back = await fromFragment(text)
  return back && equalBytes(back, proof) ? text : undefined
}

/** The receipt at the end of an address; undefined where there is none. */
export async function fromFragment(text: string): Promise<Uint8Array | undefined> {
  const base64 = text.replaceAll('-', '+').replaceAll('_', '/')
  const packed = fromBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, '='))
  const loose = packed && (await inflate(packed))
  const whole = loose && tightened(fromUtf8(loose) ?? '')
  return whole ? utf8(whole) : undefined
}

const loosened = (text: string): string =>
  text.replace(EXTRA, (line, base64: string) => {
    const plain = fromUtf8(fromBase64(base64) ?? new Uint8Array())
    return !plain?.startsWith('{') || plain.includes('\n') ? line : `extra ${plain}`
  })

const tightened = (text: string): string =>
  text.replace(EXTRA, (line, given: string) =>
    given.startsWith('{') ? `extra ${toBase64(utf8(given))}` : line,
  )
