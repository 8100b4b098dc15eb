import type { FetchBytes } from './source.ts'

/** Larger than the largest bundle (256 × 65,537 bytes): a hostile server must not fill the memory. */
const maxBytes = 17 * 1024 * 1024
const timeoutMs = 30_000
const attempts = 3

/** Reads a log over HTTP. `base` is its address, e.g. `https://silian.example.cn/log/shenzhen`. Works in browsers. */
export function httpSource(base: string): FetchBytes {
  const root = base.endsWith('/') ? base : `${base}/`
  return async path => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await get(`${root}${path}`)
      } catch (error) {
        if (attempt === attempts || error instanceof Refusal) throw error
      }
    }
  }
}

/** The server's own answer: asking again will not change it. */
class Refusal extends Error {
  override name = 'Refusal'
}

async function get(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
  if (response.status >= 500) throw new Error(`HTTP ${response.status}`)
  if (!response.ok) throw new Refusal(`HTTP ${response.status}`)
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of chunks(response)) {
    length += part.length
    if (length > maxBytes) throw new Refusal(`over ${maxBytes} bytes`)
    parts.push(part)
  }
  return new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer())
}

/** Not every browser can iterate a response body directly. */
async function* chunks({ body }: Response): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader()
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) yield next.value
}
