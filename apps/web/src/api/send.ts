import { Problem } from './problem.ts'
import type { Route } from './route.ts'

type ParamsIn<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamsIn<Rest>
  : P extends `${string}:${infer Name}`
    ? Name
    : never

type ShapeOf<R> = R extends Route<string, infer S> ? S : never
type WithParams<P extends string> = [ParamsIn<P>] extends [never]
  ? object
  : { params: Record<ParamsIn<P>, string> }
type WithQuery<S> = S extends { query: infer Q } ? { query?: Q } : object
type WithBody<S> = S extends { body: infer B } ? { body: B } : object
type WithKey<C> = C extends true ? { key: string } : object

/** Of each route by itself: of several, what each of them takes, and not every query with every body. */
export type OptionsOf<R extends Route> =
  R extends Route<infer P, infer S, infer C>
    ? WithParams<P> & WithQuery<S> & WithBody<S> & WithKey<C> & { signal?: AbortSignal }
    : never
export type AnswerOf<R extends Route> = ShapeOf<R>['answer']

interface Given {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
  key?: string
  signal?: AbortSignal
}

/**
 * Calls a route. Rejects with `Problem`: the server's own, or `network.failed` / `network.unreadable`
 * when there was no proper answer, so that callers know one kind of failure only.
 */
export async function send<R extends Route>(route: R, options: OptionsOf<R>): Promise<AnswerOf<R>> {
  const given: Given = options
  const response = await reach(addressOf(route.path, given), {
    method: route.method,
    headers: headersOf(given),
    credentials: 'same-origin',
    ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    ...(given.signal ? { signal: given.signal } : {}),
  })
  const answer = await readJson(response)
  if (!response.ok) throw Problem.of(answer, response.status)
  return answer as AnswerOf<R>
}

export interface Fetched {
  readonly name: string
  readonly content: Blob
}

/** A file asked for by a body: what it is asked for may stand in no address. Rejects with `Problem`, as `send`. */
export async function sendForFile(path: string, given: Pick<Given, 'params' | 'body'>): Promise<Fetched> {
  const response = await reach(addressOf(path, given), {
    method: 'POST',
    headers: headersOf(given),
    credentials: 'same-origin',
    body: JSON.stringify(given.body),
  })
  if (!response.ok) throw Problem.of(await readJson(response), response.status)
  const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')
  return { name: decodeURIComponent(named?.[1] ?? path.split('/').at(-1)!), content: await response.blob() }
}

/**
 * The address of a route with its parameters in place; query values that are undefined or empty are left out, a list
 * stands once for each of its values.
 */
export function addressOf(path: string, { params = {}, query = {} }: Given): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== '') search.append(name, String(one))
  const text = search.toString()
  return `/api/v1${filled}${text ? `?${text}` : ''}`
}

function headersOf({ body, key }: Given): Record<string, string> {
  return {
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  }
}

let asking: typeof fetch = (address, init) => fetch(address, init)

/** Where pages are drawn on the server, its own routes are asked without a network between. */
export const reachBy = (ask: typeof fetch): void => {
  asking = ask
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await asking(address, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new Problem('network.failed', 0)
  }
}

async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return null
  try {
    return await response.json()
  } catch {
    throw new Problem('network.unreadable', response.status)
  }
}
