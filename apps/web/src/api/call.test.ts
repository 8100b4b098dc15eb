import { afterEach, describe, expect, it, vi } from 'vitest'
import { call } from './call.ts'
import { asProblem, isPassing, Problem } from './problem.ts'
import { addressOf } from './send.ts'

afterEach(() => vi.unstubAllGlobals())

const answering = (status: number, body: string, type = 'application/json') => {
  const fetched = vi.fn(
    async (_: string, __: RequestInit) => new Response(body, { status, headers: { 'content-type': type } }),
  )
  vi.stubGlobal('fetch', fetched)
  return fetched
}

describe('addressOf', () => {
  it('puts parameters into the path and leaves out what was not asked', () => {
    expect(
      addressOf('/p/:programme/orders/:order', { params: { programme: 'shenzhen', order: 'a/b' } }),
    ).toBe('/api/v1/p/shenzhen/orders/a%2Fb')
    expect(
      addressOf('/p/:programme/offers', {
        params: { programme: 'x' },
        query: { county: '451003', class: undefined, after: '', limit: 24 },
      }),
    ).toBe('/api/v1/p/x/offers?county=451003&limit=24')
    expect(
      addressOf('/p/:programme/registers/:register', {
        params: { programme: 'x', register: 'point' },
        query: { kind: ['machine', 'counter'], q: '' },
      }),
    ).toBe('/api/v1/p/x/registers/point?kind=machine&kind=counter')
  })
})

describe('call', () => {
  it('sends body and key of a command and gives the answer', async () => {
    const fetched = answering(200, '{"id":"1"}')
    const answer = await call('confirmPayout', {
      params: { programme: 'x', item: '7' },
      key: 'key-1',
      body: {},
    })
    expect(answer).toEqual({ id: '1' })
    const [address, init] = fetched.mock.calls[0]!
    expect(address).toBe('/api/v1/p/x/payout-items/7/confirmation')
    expect(init).toMatchObject({
      method: 'POST',
      body: '{}',
      credentials: 'same-origin',
      headers: { 'idempotency-key': 'key-1', 'content-type': 'application/json' },
    })
  })

  it('sends neither body nor key with a read', async () => {
    const fetched = answering(200, '{"account":null,"programmes":[]}')
    await call('me', {})
    expect(fetched.mock.calls[0]![1]).toMatchObject({
      method: 'GET',
      headers: { accept: 'application/json' },
    })
    expect(fetched.mock.calls[0]![1]).not.toHaveProperty('body')
  })

  it('rejects with what the server said', async () => {
    answering(409, '{"code":"order.over_budget","params":{"leftFen":5},"status":409,"requestId":"r1"}')
    const refused = await call('me', {}).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Problem)
    expect(refused).toMatchObject({
      code: 'order.over_budget',
      status: 409,
      params: { leftFen: 5 },
      requestId: 'r1',
    })
  })

  it('has its own codes for no answer, no sense and no code', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('failed to fetch')))
    await expect(call('me', {})).rejects.toMatchObject({ code: 'network.failed', status: 0 })
    answering(200, '<html>')
    await expect(call('me', {})).rejects.toMatchObject({ code: 'network.unreadable' })
    answering(500, '{"message":"x"}')
    await expect(call('me', {})).rejects.toMatchObject({ code: 'server.unknown', status: 500 })
  })

  it('does not call a fetch that was given up a failed network', async () => {
    const aborted = AbortSignal.abort()
    vi.stubGlobal('fetch', async () => Promise.reject(aborted.reason))
    await expect(call('me', { signal: aborted })).rejects.toBe(aborted.reason)
  })
})

describe('problems', () => {
  it('tell what may pass by itself from what will not', () => {
    expect([0, 429, 500, 503].map(status => isPassing(new Problem('x', status)))).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect([400, 401, 404, 409].some(status => isPassing(new Problem('x', status)))).toBe(false)
    expect(isPassing(new Error('bug'))).toBe(false)
  })

  it('make an error of our own program one of them', () => {
    expect(asProblem(new TypeError('x is undefined')).code).toBe('page.broken')
  })
})
