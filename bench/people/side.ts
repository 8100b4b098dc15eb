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
import { generate, PROGRAMME, type Size } from './generate.ts'

/** What is asked, and by whom. */
export interface Request {
  /** User name in the small world; empty for the public. */
  readonly who: string
  readonly path: string
  /** Asked by POST. */
  readonly body?: object | undefined
  /** Only until the first bytes of the answer. */
  readonly first?: boolean | undefined
}

export interface Reply {
  /** Until the whole answer is there. */
  readonly ms: number
  readonly statements: number
  readonly body: unknown
}

/** A server on a programme of one size, asked over HTTP by people of the small world. */
export interface PeopleSide {
  ask(request: Request): Promise<Reply>
  stop(): Promise<void>
}

export async function peopleSide(stand: Stand, name: string, size: Size): Promise<PeopleSide> {
  const database = `${name}_${size.households}_${size.orderLines}`
  const connections = await stand.database(database)
  const config = configFrom(readEnv({ PORT: '0', SILIAN_DATA: `/nowhere/${name}` }))
  const server = await startServer({
    config,
    secrets: stand.secrets,
    connections,
    logger: createLogger('error'),
  })
  try {
    await filled(stand.superuser(database), server.kit, size)
  } catch (error) {
    await server.stop()
    await stand.drop(database)
    throw error
  }
  const cookies = new Map<string, string>()
  const cookieOf = async (who: string) => {
    const known = cookies.get(who)
    if (known !== undefined) return known
    const cookie = who === '' ? '' : await signIn(server.url, `${who}.${PROGRAMME}`)
    cookies.set(who, cookie)
    return cookie
  }
  return {
    ask: async request => {
      const cookie = await cookieOf(request.who)
      const begun = performance.now()
      const body = await answerOf(server.url, cookie, request)
      return { ms: performance.now() - begun, statements: latest.statements, body }
    },
    stop: () => server.stop(),
  }
}

/** Makes the programme unless an earlier run has left it. */
async function filled(superuser: Pick<Connections, 'owner'>, kit: Whole, size: Size): Promise<void> {
  await asOwner(superuser, async query => {
    const [found] = await query(`select to_regclass('bench_filled') is not null as done`)
    // so many finds are allowed in an hour, of whatever run
    if (found?.done) return query('delete from access_audit')
    await smallWorld(kit, { accounts: true })
    await generate(superuser, { app: kit.app, vault: kit.vault }, size)
    return query('create table bench_filled ()')
  })
}

async function answerOf(url: string, cookie: string, { who, path, body, first }: Request): Promise<unknown> {
  const response = await fetch(`${url}/api/v1/p/${PROGRAMME}${path}`, {
    headers: { cookie, ...(body ? { 'content-type': 'application/json', [OWN_REQUEST]: 'bench' } : {}) },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  })
  if (response.status !== 200)
    throw new Error(`${who} ${path}: ${response.status} ${(await response.text()).slice(0, 300)}`)
  if (first) return firstBytes(response)
  const text = await response.text()
  return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text
}

async function firstBytes(response: Response): Promise<undefined> {
  const reader = response.body!.getReader()
  await reader.read()
  await reader.cancel()
  return undefined
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
