import { signIn } from '@silian/e2e/refusals/asker.ts'
import { smallWorld } from '@silian/e2e/small-world.ts'
import { configFrom } from '@silian/kernel/config/config.ts'
import { readEnv } from '@silian/kernel/config/env.ts'
import { createLogger } from '@silian/kernel/http/logger.ts'
import { startServer } from '@silian/server/server.ts'
import pg from 'pg'
import { asOwner, type Stand } from '../stand.ts'
import { generate, type Size } from './generate.ts'

/** A server on a programme of one size, asked over HTTP by people of the small world. */
export interface PeopleSide {
  /** Milliseconds until the whole answer is there, and the statements it took. */
  ask(who: string, path: string): Promise<{ ms: number; statements: number; body: unknown }>
  owner<T extends Record<string, unknown>>(text: string): Promise<T[]>
  stop(): Promise<void>
}

const PROGRAMME = 'shenzhen'

export async function peopleSide(stand: Stand, name: string, size: Size): Promise<PeopleSide> {
  const connections = await stand.database(name)
  const config = configFrom(readEnv({ PORT: '0', SILIAN_DATA: `/nowhere/${name}` }))
  const server = await startServer({
    config,
    secrets: stand.secrets,
    connections,
    logger: createLogger('silent'),
  })
  await smallWorld(server.kit, { accounts: true })
  await generate(connections, size)
  const cookies = new Map<string, string>()
  const cookieOf = async (who: string) => {
    const known = cookies.get(who)
    if (known !== undefined) return known
    const cookie = who === '' ? '' : await signIn(server.url, `${who}.${PROGRAMME}`)
    cookies.set(who, cookie)
    return cookie
  }
  return {
    ask: async (who, path) => {
      const headers = { cookie: await cookieOf(who) }
      const [counted, begun] = [statements, performance.now()]
      const response = await fetch(`${server.url}/api/v1/p/${PROGRAMME}${path}`, { headers })
      const text = await response.text()
      if (response.status !== 200) throw new Error(`${who} ${path}: ${response.status} ${text.slice(0, 300)}`)
      const json = response.headers.get('content-type')?.includes('json') ?? false
      return {
        ms: performance.now() - begun,
        statements: statements - counted,
        body: json ? JSON.parse(text) : text,
      }
    },
    owner: text => asOwner(connections, query => query(text)) as never,
    stop: () => server.stop(),
  }
}

// every statement of the process goes through here; the sides are asked one at a time
let statements = 0
const query = pg.Client.prototype.query as (...args: unknown[]) => unknown
pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]) {
  statements += 1
  return query.apply(this, args)
} as never
