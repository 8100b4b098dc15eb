import { describe, expect, it } from 'vitest'
import { worldPassword } from '../small-world.ts'
import { signIn } from './asker.ts'
import { expectations, publicOperations as listed } from './expectations.ts'
import type { Ground } from './ground.ts'

interface Operation {
  readonly summary?: string
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[]
  readonly requestBody?: object
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly content?: object }>>
}

interface Document {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: object
}

/** The operations outside a programme's address, each open to all. */
export function publicOperations(at: () => Ground): void {
  const get = (path: string, headers: Record<string, string> = {}) =>
    at().http({ method: 'GET', path, headers })
  const document = async () => (await get('/api/openapi.json')).body as unknown as Document

  describe('GET /api/openapi.json', () => {
    it('is OpenAPI 3.1 and describes every operation, with every parameter of its address', async () => {
      const { openapi, info, paths } = await document()
      expect([openapi, info.title]).toEqual(['3.1.0', 'Silian 四链'])
      expect(info.version).toMatch(/^\d+\.\d+\.\d+$/)
      const described = Object.entries(paths).flatMap(([path, operations]) =>
        Object.keys(operations).map(method => `${method.toUpperCase()} ${path}`),
      )
      const outside = described.filter(operation => !operation.includes('/p/{programme}'))
      expect(outside.filter(operation => !listed.includes(operation))).toEqual([])
      expect(described.filter(operation => !outside.includes(operation)).sort()).toEqual(
        expectations.map(({ route }) => route.replace(' ', ' /api/v1/p/{programme}')).sort(),
      )
      for (const [path, operations] of Object.entries(paths))
        for (const { summary, parameters = [], responses } of Object.values(operations)) {
          expect(summary).toBeTruthy()
          const inPath = parameters.filter(parameter => parameter.in === 'path')
          expect(inPath.map(({ name }) => name).sort()).toEqual(
            [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort(),
          )
          expect(inPath.every(({ required }) => required)).toBe(true)
          expect(Object.keys(responses)).toContain('200')
          for (const { description } of Object.values(responses))
            expect(description).toEqual(expect.any(String))
        }
    })

    it('refers to nothing that it does not hold', async () => {
      const whole = await document()
      const refs = [...JSON.stringify(whole).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref!)
      const missing = refs.filter(
        ref =>
          !ref.startsWith('#/') ||
          ref
            .slice(2)
            .split('/')
            .reduce<unknown>((part, step) => (part as Record<string, unknown>)?.[step], whole) === undefined,
      )
      expect(missing).toEqual([])
    })
  })

  it('GET /api/docs shows them', async () => {
    const { status, type } = await get('/api/docs/')
    expect([status, type]).toEqual([200, 'text/html; charset=utf-8'])
  })

  it('an address of no operation is a page where the pages are built, and never below /api, /log and /assets', async () => {
    for (const path of ['/api/v1/nothing', '/log/nothing', '/assets/nothing.js'])
      expect(await get(path)).toMatchObject({ status: 404, body: { code: 'route.not_found' } })
    const { status, type } = await get('/orders/1')
    expect([200, 404]).toContain(status)
    expect(type).toBe(status === 200 ? 'text/html; charset=utf-8' : 'application/problem+json')
  })

  it('GET /healthz and GET /readyz say how the server is', async () => {
    expect(await get('/healthz')).toMatchObject({ status: 200, body: { ok: true } })
    expect(await get('/readyz')).toMatchObject({ status: 200, body: { ready: true } })
  })

  it('GET /api/v1/programmes names the programmes', async () => {
    const { body } = await get('/api/v1/programmes')
    expect(body).toEqual([
      { id: 'shenzhen', nameZh: '示范', nameEn: 'Test', demo: true },
      { id: 'tongzhou', nameZh: '示范', nameEn: 'Test', demo: true },
    ])
  })

  it('GET /api/v1/totals adds what the programmes have stated, and only what adds up', async () => {
    const ask = (metric: string, month: string) => get(`/api/v1/totals?metric=${metric}&month=${month}`)
    const { body } = await ask('completed_purchases', '2024-01')
    const named = { nameZh: '示范', nameEn: 'Test', stated: null }
    expect(body).toEqual({
      ...{ metric: 'completed_purchases.v2', month: '2024-01' },
      groups: [
        {
          ...{ demo: true, total: '0', count: 0 },
          programmes: [
            { id: 'shenzhen', ...named },
            { id: 'tongzhou', ...named },
          ],
        },
      ],
    })
    // households would be counted twice, and there are not 13 months
    for (const [metric, month] of [
      ['households_driven', '2024-01'],
      ['nothing', '2024-01'],
      ['completed_purchases', '2024-13'],
    ] as const)
      expect(await ask(metric, month)).toMatchObject({ status: 400, body: { code: 'input.invalid' } })
  })

  it('POST /api/v1/sign-in, GET /api/v1/me, POST /api/v1/sign-out: a session begins, is known, and ends', async () => {
    const { http, server, stage } = at()
    const cookie = await signIn(server.url, 'coop2.shenzhen')
    const { body } = await get('/api/v1/me', { cookie })
    expect(body).toMatchObject({
      account: { username: 'coop2.shenzhen', name: '示例coop2' },
      programmes: [
        { id: 'shenzhen', roles: [{ role: 'coop_clerk', organisation: { id: stage.other.coop } }] },
      ],
    })
    expect((body.programmes as object[]).length).toBe(1)
    const out = { method: 'POST', path: '/api/v1/sign-out' }
    expect((await http({ ...out, headers: { cookie } })).body.code).toBe('request.foreign_origin')
    expect((await http({ ...out, headers: { cookie, 'x-silian-request': '1' } })).status).toBe(200)
    expect((await get('/api/v1/me', { cookie })).body).toEqual({ account: null, programmes: [] })
    expect((await get('/api/v1/p/shenzhen/lots', { cookie })).body.code).toBe('sign_in.required')
  })

  it('a name that is unknown and a password that is wrong are told apart by nothing', async () => {
    const send = (username: string, password: string) =>
      at().http({ method: 'POST', path: '/api/v1/sign-in', body: { username, password } })
    const wrong = await send('coop2.shenzhen', 'not the password')
    const unknown = await send('nobody.shenzhen', worldPassword)
    expect([wrong.status, wrong.body.code]).toEqual([401, 'sign_in.wrong'])
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' })
  })

  it('/log/:programme/… serves what anyone may check, and nothing of a programme that is not', async () => {
    for (const programme of ['shenzhen', 'tongzhou', 'platform'])
      for (const path of ['checkpoint', 'vkey', 'policy'])
        expect((await get(`/log/${programme}/${path}`)).status).toBe(200)
    const { text } = await get('/log/shenzhen/checkpoint')
    const size = Number(text.split('\n')[1])
    expect(size).toBeGreaterThan(50)
    for (const path of ['checkpoint', 'vkey', 'policy', 'tile/0/000', 'tile/entries/000'])
      expect((await get(`/log/guangzhou/${path}`)).status).toBe(404)
    for (const path of ['tile/0/999', 'tile/entries/x001', 'tile/..%2fcheckpoint', 'key', "tile/0/000.p/1'"])
      expect((await get(`/log/shenzhen/${path}`)).status).toBe(404)
  })

  it('GET /metrics counts by route, never by id', async () => {
    const { status, text } = await get('/metrics')
    expect(status).toBe(200)
    expect(text).toContain('route="/api/v1/p/:programme/orders/:order"')
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/)
  })
}
