import { setTimeout as pause } from 'node:timers/promises'

/** How long the tour waits for a server that is away or for something it is promised. */
const PATIENCE_MS = 90_000

export class Failed extends Error {
  override readonly name = 'Failed'
}

/** One person at the public API, as a browser would be: a session cookie and nothing else. */
export class Person {
  readonly #base: string
  readonly #username: string
  readonly #password: string
  #cookie = ''

  constructor(base: string, username: string, password: string) {
    this.#base = base
    this.#username = username
    this.#password = password
  }

  async signIn(): Promise<Me> {
    const response = await patiently(() =>
      fetch(`${this.#base}/api/v1/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-silian-request': 'tour' },
        body: JSON.stringify({ username: this.#username, password: this.#password }),
      }),
    )
    if (!response.ok)
      throw new Failed(`${this.#username} cannot sign in: ${response.status} ${await response.text()}`)
    this.#cookie = response.headers
      .getSetCookie()
      .map(line => line.split(';')[0])
      .join('; ')
    return this.get<Me>('/api/v1/me')
  }

  async get<T>(path: string): Promise<T> {
    const response = await patiently(() => fetch(this.#base + path, { headers: { cookie: this.#cookie } }))
    return answer<T>(response, `GET ${path}`)
  }

  /** Sends a file as it is; answers with its id. */
  async upload(path: string, bytes: Buffer, type: string, key: string): Promise<string> {
    const headers = {
      'content-type': type,
      'x-silian-request': 'tour',
      'idempotency-key': key,
      cookie: this.#cookie,
    }
    const response = await patiently(() =>
      fetch(this.#base + path, { method: 'POST', headers, body: new Uint8Array(bytes) }),
    )
    return (await answer<{ id: string }>(response, `POST ${path}`)).id
  }

  /** A command under a key: sent again after a broken line, it acts once. */
  async post<T>(path: string, body: unknown, key: string): Promise<T> {
    const headers = {
      'content-type': 'application/json',
      'x-silian-request': 'tour',
      'idempotency-key': key,
      cookie: this.#cookie,
    }
    const response = await patiently(() =>
      fetch(this.#base + path, { method: 'POST', headers, body: JSON.stringify(body) }),
    )
    return answer<T>(response, `POST ${path}`)
  }
}

export interface Me {
  readonly programmes: readonly {
    readonly id: string
    readonly roles: readonly {
      readonly role: string
      readonly organisation: { readonly id: string; readonly nameZh: string } | null
      readonly areaCode: string | null
    }[]
  }[]
}

async function answer<T>(response: Response, what: string): Promise<T> {
  if (!response.ok) throw new Failed(`${what}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

/** Tries again while the server is away or busy. */
export async function patiently(ask: () => Promise<Response>): Promise<Response> {
  for (const until = Date.now() + PATIENCE_MS; ; await pause(300)) {
    const response = await ask().catch(() => undefined)
    const away = !response || response.status === 502 || response.status === 503 || response.status === 500
    if (!away) return response
    if (Date.now() > until) throw new Failed('the server does not answer')
  }
}

/** Asks until the answer is there. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; ; await pause(200)) {
    const value = await ask()
    if (value !== undefined) return value
    if (Date.now() > end) throw new Failed(`waited in vain for: ${what}`)
  }
}
