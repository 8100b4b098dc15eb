import { ProviderFault } from './provider.ts'

/** How long a provider may take; whoever asked waits so long and nobody else. */
export const PATIENCE_MS = 8_000
const MOST_BYTES = 20_000_000

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Buffer
}

/** One request to a provider. Throws `ProviderFault`: `provider.unreachable`, `provider.too_large`. */
export async function call(
  url: string,
  init: RequestInit,
  patienceMs: number = PATIENCE_MS,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    })
    const body = Buffer.from(await response.arrayBuffer())
    if (body.length > MOST_BYTES) throw new ProviderFault('provider.too_large')
    return { status: response.status, headers: response.headers, body }
  } catch (error) {
    if (error instanceof ProviderFault) throw error
    throw new ProviderFault('provider.unreachable')
  }
}
