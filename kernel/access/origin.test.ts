import { describe, expect, it } from 'vitest'
import { cookieValue, tokenFrom } from './cookies.ts'
import { isForeign } from './origin.ts'

const publicUrl = 'https://silian.example/'
const ask = (method: string, headers: Record<string, string | string[]>) =>
  isForeign({ method, headers: { host: 'silian.example', ...headers } }, publicUrl)

describe('a foreign request', () => {
  it.each([
    ['reading', 'GET', { origin: 'https://evil.example' }, false],
    ['our public address', 'POST', { origin: 'https://silian.example' }, false],
    ['another site', 'POST', { origin: 'https://evil.example' }, true],
    ['our name without https', 'POST', { origin: 'http://silian.example' }, true],
    ['our name with another port', 'POST', { origin: 'https://silian.example:8443' }, true],
    ['a name that begins like ours', 'DELETE', { origin: 'https://silian.example.evil.example' }, true],
    ['a sandboxed page', 'POST', { origin: 'null' }, true],
    ['two origins', 'POST', { origin: ['https://silian.example', 'https://evil.example'] }, true],
    ['nothing at all', 'POST', {}, true],
    ['a script that says so', 'POST', { 'x-silian-request': '1' }, false],
    ['another site that says so', 'POST', { origin: 'https://evil.example', 'x-silian-request': '1' }, true],
    ['this machine', 'PUT', { origin: 'http://127.0.0.1:8320', host: '127.0.0.1:8320' }, false],
    ['this machine by name', 'PUT', { origin: 'http://localhost:8320', host: 'localhost:8320' }, false],
    ['this machine, IPv6', 'PUT', { origin: 'http://[::1]:8320', host: '[::1]:8320' }, false],
    [
      'another program of this machine',
      'PUT',
      { origin: 'http://localhost:3000', host: 'localhost:8320' },
      true,
    ],
    [
      'a name bound to this machine',
      'PUT',
      { origin: 'http://evil.example:8320', host: 'evil.example:8320' },
      true,
    ],
  ] as const)('%s: %s %o is %s', (_, method, headers, foreign) => {
    expect(ask(method, headers as Record<string, string>)).toBe(foreign)
  })
})

describe('cookies', () => {
  it('are found by their whole name', () => {
    const header =
      'asilian.session_token=1; silian.session_token=a%2Eb%3D; silian.session_token=2; bad=%E0%A4%A'
    expect(cookieValue(header, 'silian.session_token')).toBe('a.b=')
    expect(cookieValue(header, 'session_token')).toBeUndefined()
    expect(cookieValue(header, 'bad')).toBeUndefined()
    expect(cookieValue(undefined, 'a')).toBeUndefined()
  })

  it.each(['', 'token', 'token.', '.sig', 'token.AAAA', `token.${'A'.repeat(43)}=`])(
    'are no session with the value "%s"',
    value => {
      expect(tokenFrom(`s=${value}`, 's', 'secret')).toBeUndefined()
    },
  )
})
