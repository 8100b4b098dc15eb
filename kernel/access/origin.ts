/** What of a request decides whether it comes from our own pages. */
export interface AskedBy {
  readonly method: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** Scripts and tools that send no Origin say with this header that no foreign page made them send the cookie. */
export const OWN_REQUEST = 'x-silian-request'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Whether a page of another origin may have made the browser send this. Anything that changes something needs an Origin
 * of ours (the public address, or on this machine the very host that was asked); without an Origin, which browsers
 * always send on such requests, the custom header, which a foreign page cannot send unasked.
 */
export function isForeign({ method, headers }: AskedBy, publicUrl: string): boolean {
  if (SAFE.has(method)) return false
  const origin = headers.origin
  if (origin === undefined) return headers[OWN_REQUEST] === undefined
  if (typeof origin !== 'string' || !URL.canParse(origin)) return true
  const from = new URL(origin)
  if (from.origin === new URL(publicUrl).origin) return false
  return !(LOOPBACK.test(from.hostname) && from.host === headers.host)
}
