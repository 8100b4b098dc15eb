import { afterEach, describe, expect, it } from 'vitest'
import { createLogger } from './logger.ts'
import { safeHeaders } from './safe-headers.ts'
import { createHttp } from './server.ts'

const logged: string[] = []
const http = (more: Partial<Parameters<typeof createHttp>[0]> = {}) =>
  createHttp({
    logger: createLogger('info', { write: line => void logged.push(line) }),
    version: '0',
    ready: async () => true,
    metrics: async () => '',
    ...more,
  })
afterEach(() => void logged.splice(0))

describe('a fault', () => {
  it('is told without detail and logged by where it was, never by what was sent', async () => {
    const app = await http()
    app.get('/broken', () => {
      throw Object.assign(new Error('invalid input: "王小明"'), { code: '22P02' })
    })
    const { statusCode, body } = await app.inject('/broken?name=%E7%8E%8B')
    expect(statusCode).toBe(500)
    expect(JSON.parse(body)).toMatchObject({ code: 'server.fault', params: {} })
    const fault = logged.map(line => JSON.parse(line)).find(({ level }) => level === 50)
    expect(fault).toMatchObject({ code: '22P02', name: 'Error' })
    expect(fault.stack[0]).toMatch(/^at .*server\.test\.ts/)
    expect(`${logged.join()}${body}`).not.toMatch(/王小明|%E7/)
  })

  it('of a database that is away asks to come again', async () => {
    const app = await http()
    app.get('/away', () => {
      throw Object.assign(new Error(), { code: '57P01' })
    })
    const { statusCode, headers } = await app.inject('/away')
    expect([statusCode, headers['retry-after']]).toEqual([503, '1'])
  })
})

describe('an address that no operation has', () => {
  it('is a page where there are pages, and else not found', async () => {
    const app = await http({
      page: ({ url }, reply) => (url.startsWith('/api') ? undefined : reply.send('the page')),
    })
    expect((await app.inject('/orders')).body).toBe('the page')
    expect((await app.inject('/api/orders')).json()).toMatchObject({ status: 404, code: 'route.not_found' })
    expect((await (await http()).inject('/orders')).statusCode).toBe(404)
  })

  it('that is broken or too long is a problem like any other', async () => {
    const app = await http()
    app.get('/a/:id', () => 'a')
    for (const [url, status] of [
      ['/a/%zz', 400],
      [`/a/${'x'.repeat(129)}`, 414],
    ] as const) {
      const answer = await app.inject(url)
      expect([answer.statusCode, answer.headers['content-type'], answer.json().code]).toEqual([
        status,
        'application/problem+json',
        'input.malformed',
      ])
    }
  })
})

it('every answer tells the browser what it must not do, and the documents their own of it', async () => {
  const app = await http()
  for (const url of ['/healthz', '/api/openapi.json', '/nothing'])
    expect((await app.inject(url)).headers).toMatchObject(safeHeaders)
  const { headers } = await app.inject('/api/docs/')
  expect(headers['content-security-policy']).toContain("script-src 'self'")
  expect(headers['x-content-type-options']).toBe('nosniff')
})

it('counts are told to the machine itself only', async () => {
  const app = await http({ metrics: async () => 'requests 1' })
  const asked = async (remoteAddress: string) => {
    const { statusCode, body } = await app.inject({ url: '/metrics', remoteAddress })
    return [statusCode, body.includes('requests 1')]
  }
  expect(await Promise.all(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'].map(asked))).toEqual(
    Array(4).fill([200, true]),
  )
  expect(await Promise.all(['10.0.0.5', '::ffff:10.0.0.5', '1270.0.0.1'].map(asked))).toEqual(
    Array(3).fill([404, false]),
  )
})
