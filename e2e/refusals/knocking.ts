import { expect, it } from 'vitest'
import { askers, type Send, under } from './asker.ts'
import { asksRightly } from './cases.ts'
import { expectations } from './expectations.ts'
import type { Ground } from './ground.ts'
import { keyless } from './keyless.ts'
import { requests } from './requests.ts'
import { stateOf } from './state.ts'

const posts = expectations.filter(({ route }) => route.startsWith('POST'))

/** What is settled before an operation is even looked at; everything here is refused and leaves nothing behind. */
export function knocking(at: () => Ground): void {
  const told = async (send: Send) => {
    const { status, body } = await at().http(send)
    return `${status} ${body.code}`
  }
  const leavesAll = async (work: () => Promise<void>) => {
    const before = await stateOf(at().db)
    await work()
    expect(await stateOf(at().db)).toEqual(before)
  }
  const home = () => under(at().stage.own.world.programme, '/home')
  const households = () => under(at().stage.own.world.programme, '/registers/household')

  it('is no programme: not found, whoever asks', () =>
    leavesAll(async () => {
      for (const asker of askers)
        for (const programme of ['guangzhou', 'platform', 'Shenzhen', '%5c', '%00', "x'--", 'a'.repeat(33)])
          for (const path of ['/home', '/registers/household'])
            expect(
              await told({
                method: 'GET',
                path: under(programme, path),
                headers: at().signedIn.get(asker)!,
              }),
            ).toBe('404 programme.not_found')
    }))

  it('is no operation: not found, whoever asks', () =>
    leavesAll(async () => {
      const headers = at().signedIn.get('auditor')!
      for (const [method, path] of [
        ['GET', '/nothing'],
        ['DELETE', '/registers/household'],
        ['PUT', '/home'],
      ] as const)
        expect(await told({ method, path: under('shenzhen', path), headers })).toBe('404 route.not_found')
      // what the router itself refuses is a problem like any other
      const long = { method: 'GET', path: under('shenzhen', `/orders/${'a'.repeat(129)}`), headers }
      expect(await told(long)).toBe('414 input.malformed')
      expect(await told({ method: 'GET', path: '/api/v1/p/%zz/home' })).toBe('400 input.malformed')
    }))

  it('is a key that is none: forged, even where everyone may ask, and with a good session beside it', () =>
    leavesAll(async () => {
      const { clientSecret } = at().stage
      const good = at().signedIn.get('auditor')!
      const last = clientSecret.at(-1) === 'A' ? 'B' : 'A'
      for (const authorization of [
        `Bearer ${clientSecret.slice(0, -1)}${last}`,
        `Bearer sln_${'A'.repeat(43)}`,
        `Bearer ${clientSecret} `.repeat(2),
        `bearer ${clientSecret}`,
        `Basic ${Buffer.from(`auditor.shenzhen:${clientSecret}`).toString('base64')}`,
        'Bearer',
      ])
        for (const path of [home(), households()])
          for (const beside of [{}, good])
            expect(await told({ method: 'GET', path, headers: { ...beside, authorization } })).toBe(
              '401 credential.forged',
            )
    }))

  it("is a session's cookie with another signature: nobody", () =>
    leavesAll(async () => {
      const { cookie } = at().signedIn.get('auditor')!
      const [name, value] = cookie!.split('=')
      const [token, signature] = decodeURIComponent(value!).split('.')
      for (const forged of [`${token}`, `${token}.`, `${token!.slice(1)}.${signature}`, `.${signature}`])
        expect(
          await told({
            method: 'GET',
            path: households(),
            headers: { cookie: `${name}=${encodeURIComponent(forged)}` },
          }),
        ).toBe('401 sign_in.required')
    }))

  it("is another site's page that sends the cookie along: foreign", () =>
    leavesAll(async () => {
      const { cookie } = at().signedIn.get('village_cadre')!
      for (const { route } of posts)
        for (const from of [
          { origin: 'https://evil.example' },
          { origin: 'null' },
          { origin: 'http://127.0.0.1.evil.example', 'x-silian-request': '1' },
          {},
        ]) {
          const { path, body } = await requests[route]!(at().stage.own, undefined)
          const headers = { cookie: cookie!, 'idempotency-key': 'a foreign key', ...from }
          expect(await told({ method: 'POST', path: under('shenzhen', path), body: body!, headers })).toBe(
            '403 request.foreign_origin',
          )
        }
    }))

  it('has no idempotency key, or one too short: refused where one is needed', () =>
    leavesAll(async () => {
      for (const line of posts.filter(({ route }) => !keyless.includes(route))) {
        const { path, body } = await requests[line.route]!(at().stage.own, undefined)
        const headers = at().signedIn.get(asksRightly(line))!
        const send = { method: 'POST', path: under('shenzhen', path), body: body! }
        expect(await told({ ...send, headers })).toBe('400 idempotency.missing')
        const short = await at().http({ ...send, headers: { ...headers, 'idempotency-key': 'short' } })
        expect([short.status, short.body.code, short.body.params]).toEqual([
          400,
          'input.invalid',
          { fields: ['headers/idempotency-key'], reasons: ['too_small'] },
        ])
      }
    }))

  it('is over a mebibyte, or no JSON: refused before it is read', () =>
    leavesAll(async () => {
      const headers = at().signedIn.get('village_cadre')!
      const large = JSON.stringify({ text: 'x'.repeat(1_048_576) })
      const send = { method: 'POST', path: households() }
      expect(await told({ ...send, body: large, headers })).toBe('413 input.too_large')
      expect(await told({ ...send, body: large })).toBe('413 input.too_large')
      expect(await told({ ...send, body: '{"code":', headers })).toBe('400 input.malformed')
      expect(await told({ ...send, body: '', headers })).toBe('400 input.malformed')
      const xml = { ...headers, 'content-type': 'application/xml' }
      expect(await told({ ...send, body: '<a/>', headers: xml })).toBe('415 input.malformed')
    }))
}
