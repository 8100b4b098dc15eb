import { roles } from '@silian/kernel/access/roles.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { worldPassword } from '../small-world.ts'
import type { Who } from './expectations.ts'
import type { Shot } from './requests.ts'
import { personOfRole, type Stage } from './stage.ts'

export type Asker = Who | 'public'
export const askers: readonly Asker[] = ['public', 'client', ...roles]

export interface Answer {
  readonly status: number
  /** As it came over the wire. */
  readonly text: string
  readonly type: string
  readonly body: Readonly<Record<string, unknown>>
}

export interface Send {
  readonly method: string
  /** From the root: `/api/v1/…`. */
  readonly path: string
  readonly body?: object | string
  readonly headers?: Readonly<Record<string, string>>
}

export type Http = (send: Send) => Promise<Answer>

/** Real requests to a server; a body given as text or bytes is sent as it is. */
export const httpTo =
  (url: string): Http =>
  async ({ method, path, body, headers = {} }) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: body === undefined ? headers : { 'content-type': typeFor(body), ...headers },
      ...(body === undefined ? {} : { body: sentAs(body) }),
    })
    const type = response.headers.get('content-type') ?? ''
    const text = await response.text()
    return { status: response.status, text, type, body: type.includes('json') ? JSON.parse(text) : {} }
  }

const typeFor = (body: object | string): string =>
  body instanceof Uint8Array ? 'application/octet-stream' : 'application/json'
const sentAs = (body: object | string): string | Uint8Array<ArrayBuffer> => {
  if (body instanceof Uint8Array) return new Uint8Array(body)
  return typeof body === 'string' ? body : JSON.stringify(body)
}

export const under = (programme: string, path: string): string => `/api/v1/p/${programme}${path}`

/** What each asker sends along with every request: a session's cookie, a key, or nothing. */
export type Credentials = ReadonlyMap<Asker, Readonly<Record<string, string>>>

export async function signIn(url: string, username: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: worldPassword }),
  })
  if (response.status !== 200) throw new Error(`${username} cannot sign in: ${response.status}`)
  return response.headers.getSetCookie()[0]!.split(';')[0]!
}

/** Signs a person of every role in, once. */
export async function credentials(url: string, { own, clientSecret }: Stage): Promise<Credentials> {
  const all = new Map<Asker, Record<string, string>>([
    ['public', {}],
    ['client', { authorization: `Bearer ${clientSecret}` }],
  ])
  for (const [role, person] of personOfRole)
    all.set(role, {
      cookie: await signIn(url, `${person}.${own.world.programme}`),
      'x-silian-request': '1',
    })
  return all
}

/** Every request under a key of its own, so that none is taken for another's repetition. */
export const keyed = (headers: Readonly<Record<string, string>>): Record<string, string> => ({
  ...headers,
  'idempotency-key': newId(),
})

export const sendOf = (method: string, programme: string, { path, body }: Shot): Send => ({
  method,
  path: under(programme, path),
  ...(body ? { body } : {}),
})
