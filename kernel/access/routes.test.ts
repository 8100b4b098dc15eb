import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttp } from '../http/server.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { Auth } from './auth.ts'
import { me } from './contract.ts'
import { accessRoutes } from './routes.ts'
import { PASSWORD, Stage } from './stage.ts'

const publicUrl = 'https://silian.example'
let db: TestDatabase
let app: FastifyInstance
let accountId: string
beforeAll(async () => {
  db = await testDatabase()
  const stage = await new Stage(db).set()
  accountId = await stage.account('visitor')
  const auth = new Auth({ database: db.app, vault: stage.vault, secrets: db.secrets, publicUrl })
  const logger = pino({ level: 'silent' })
  app = await createHttp({ logger, version: '0', ready: async () => true, metrics: async () => '' })
  await app.register(accessRoutes({ auth, publicUrl }))
})
afterAll(async () => {
  await app.close()
  await db.close()
})

const signIn = (payload: object, headers: Record<string, string> = { origin: publicUrl }) =>
  app.inject({ method: 'POST', url: '/api/v1/sign-in', payload, headers })
const whoAmI = async (cookie?: string) => {
  const answer = await app.inject({ method: 'GET', url: '/api/v1/me', headers: cookie ? { cookie } : {} })
  expect(answer.headers['cache-control']).toBe('no-store')
  return me.parse(answer.json())
}

describe('over HTTP', () => {
  it('a session is opened, used and ended by its cookie', async () => {
    const answer = await signIn({ username: 'visitor', password: PASSWORD })
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toEqual({ ok: true })
    expect(answer.body).not.toContain('token')
    const cookie = String(answer.headers['set-cookie']).split(';')[0]!
    expect((await whoAmI(cookie)).account).toEqual({
      id: accountId,
      username: 'visitor',
      name: 'visitor 的名字',
    })

    const out = (headers: Record<string, string>) =>
      app.inject({ method: 'POST', url: '/api/v1/sign-out', headers })
    expect((await out({ cookie, origin: 'https://evil.example' })).statusCode).toBe(403)
    expect((await whoAmI(cookie)).account).not.toBeNull()
    const end = await out({ cookie, origin: publicUrl })
    expect(end.statusCode).toBe(200)
    expect(String(end.headers['set-cookie'])).toContain('Max-Age=0')
    expect(await whoAmI(cookie)).toEqual({ account: null, programmes: [] })
  })

  it('refusals are problems with their code', async () => {
    const wrong = await signIn({ username: 'visitor', password: 'bad' })
    expect(wrong.statusCode).toBe(401)
    expect(wrong.headers['content-type']).toContain('application/problem+json')
    expect(wrong.json()).toMatchObject({ status: 401, code: 'sign_in.wrong', params: {} })
    expect(wrong.headers['set-cookie']).toBeUndefined()
    for (let i = 0; i < 5; i++) await signIn({ username: 'ghost', password: 'bad' })
    const locked = await signIn({ username: 'ghost', password: 'bad' })
    expect(locked.statusCode).toBe(429)
    expect(locked.json()).toMatchObject({ code: 'sign_in.locked', params: { minutes: 15 } })
  })

  it('a page elsewhere signs nobody in; a tool without an origin may', async () => {
    const body = { username: 'visitor', password: PASSWORD }
    const foreign = await signIn(body, { origin: 'https://evil.example' })
    expect(foreign.statusCode).toBe(403)
    expect(foreign.headers['set-cookie']).toBeUndefined()
    expect((await signIn(body, {})).statusCode).toBe(200)
  })

  it('refuses what is not a name and a password', async () => {
    for (const payload of [
      {},
      { username: 'a' },
      { username: 1, password: 2 },
      { username: '', password: '' },
    ])
      expect((await signIn(payload)).statusCode).toBe(400)
  })
})
