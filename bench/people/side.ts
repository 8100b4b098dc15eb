import { AsyncLocalStorage } from 'node:async_hooks'
import { Server } from 'node:http'
import { signIn } from '@silian/e2e/refusals/asker.ts'
import { smallWorld } from '@silian/e2e/small-world.ts'
import { OWN_REQUEST } from '@silian/kernel/access/origin.ts'
import { configFrom } from '@silian/kernel/config/config.ts'
import { readEnv } from '@silian/kernel/config/env.ts'
import type { Connections } from '@silian/kernel/database/provision.ts'
import { createLogger } from '@silian/kernel/http/logger.ts'
import type { Whole } from '@silian/server/compose.ts'
import { startServer } from '@silian/server/server.ts'
import pg from 'pg'
import { asOwner, type Stand } from '../stand.ts'
import { bulletins } from './fill/bulletins.ts'
import { generate, PROGRAMME, type Size } from './generate.ts'

/** What is asked, and by whom. */
export interface Request {
  /** User name in the small world; empty for the public. */
  readonly who: string
  readonly path: string
  /** Asked by POST. */
  readonly body?: object | undefined
  /** Of a list of lines: only so many of them. */
  readonly rows?: number | undefined
}

export interface Reply {
  /** Until the whole answer is there. */
  readonly ms: number
  readonly statements: number
  readonly body: unknown
  /** Lines that were read of a list of lines, without its heading. */
  readonly rows: number
}

/** A server on a programme of one size, asked over HTTP by people of the small world. */
export interface PeopleSide {
  ask(request: Request): Promise<Reply>
  stop(): Promise<void>
}

export async function peopleSide(stand: Stand, name: string, size: Size): Promise<PeopleSide> {
  const database = databaseOf(name, size)
  const { kit, ...side } = await openSide(await stand.database(database), stand.secrets)
  try {
    await filled(stand.superuser(database), kit, size)
  } catch (error) {
    await side.stop()
    await stand.drop(database)
    throw error
  }
  return side
}

export const databaseOf = (name: string, size: Size): string =>
  `${name}_${size.households}_${size.orderLines}`

/** The same of a database that is there. */
export async function openSide(
  connections: Connections,
  secrets: Stand['secrets'],
): Promise<PeopleSide & { readonly kit: Whole }> {
  const config = configFrom(readEnv({ PORT: '0', SILIAN_DATA: '/nowhere/bench' }))
  const server = await startServer({ config, secrets, connections, logger: createLogger('error') })
  const cookies = new Map<string, string>()
  const cookieOf = async (who: string) => {
    const known = cookies.get(who)
    if (known !== undefined) return known
    const cookie = who === '' ? '' : await signIn(server.url, `${who}.${PROGRAMME}`)
    cookies.set(who, cookie)
    return cookie
  }
  return {
    kit: server.kit,
    ask: async request => {
      const cookie = await cookieOf(request.who)
      const begun = performance.now()
      const answer = await answerOf(server.url, cookie, request)
      return { ms: performance.now() - begun, statements: latest.statements, ...answer }
    },
    stop: () => server.stop(),
  }
}

/** Makes the programme unless an earlier run has left it. */
async function filled(superuser: Pick<Connections, 'owner'>, kit: Whole, size: Size): Promise<void> {
  await asOwner(superuser, async query => {
    const [found] = await query(`select to_regclass('bench_filled') is not null as done`)
    // so many finds are allowed in an hour, of whatever run
    if (found?.done) {
      await bulletins(query)
      return query('delete from access_audit')
    }
    await smallWorld(kit, { accounts: true })
    await generate(superuser, { app: kit.app, vault: kit.vault }, size)
    await bulletins(query)
    return query('create table bench_filled ()')
  })
}

type Answer = Pick<Reply, 'body' | 'rows'>

async function answerOf(url: string, cookie: string, { who, path, body, rows }: Request): Promise<Answer> {
  const response = await fetch(`${url}/api/v1/p/${PROGRAMME}${path}`, {
    headers: { cookie, ...(body ? { 'content-type': 'application/json', [OWN_REQUEST]: 'bench' } : {}) },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  })
  if (response.status !== 200)
    throw new Error(`${who} ${path}: ${response.status} ${(await response.text()).slice(0, 300)}`)
  if (rows !== undefined) return { body: null, rows: await linesOf(response, rows) }
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return { body: isJson ? JSON.parse(text) : text, rows: 0 }
}

/** Reads so many lines after the heading, or all there are; how many. */
async function linesOf(response: Response, most: number): Promise<number> {
  const reader = response.body!.getReader()
  let feeds = 0
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return Math.max(0, feeds - 1)
    for (const byte of value) if (byte === 10) feeds++
    if (feeds <= most) continue
    await reader.cancel()
    return most
  }
}

/** Statements of one request, and none of the background's. */
const requests = new AsyncLocalStorage<{ statements: number }>()
let latest = { statements: 0 }
const emit = Server.prototype.emit as (...args: unknown[]) => boolean
Server.prototype.emit = function inRequest(this: Server, ...args: unknown[]) {
  if (args[0] !== 'request') return emit.apply(this, args)
  latest = { statements: 0 }
  return requests.run(latest, () => emit.apply(this, args))
} as never
const query = pg.Client.prototype.query as (...args: unknown[]) => unknown
pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]) {
  const request = requests.getStore()
  if (request) request.statements += 1
  return query.apply(this, args)
} as never
