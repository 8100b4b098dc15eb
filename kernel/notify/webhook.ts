import { createHmac } from 'node:crypto'
import { lookup } from 'node:dns'
import { request as httpRequest } from 'node:http'
import { request } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Addresses of our own house and of machines beside it: nobody may have us call them. */
const inside = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits)
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, bits, 'ipv6')

// an old address in a new one's dress is nobody's honest name
const isInside = (address: string): boolean =>
  isIP(address) === 6
    ? /^::ffff:/i.test(address) || inside.check(address, 'ipv6')
    : inside.check(address, 'ipv4')

/** Whether an address is https and, as far as it can be told by reading it, another's machine. */
export function isOutside(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, username } = new URL(address)
  const host = hostname.replace(/^\[|\]$/g, '')
  if (protocol !== 'https:' || username !== '') return false
  return isIP(host) ? !isInside(host) : host.includes('.') && !/\.(local|internal|localhost)$/.test(host)
}

/** Names are looked up at the moment of calling, and what they lead to is checked then. */
const lookOutside: LookupFunction = (host, options, done) =>
  lookup(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, '')
    const outside = found.filter(({ address }) => !isInside(address))
    if (outside.length === 0) return done(Object.assign(new Error('inside'), { code: 'EINSIDE' }), '')
    return options.all ? done(null, outside) : done(null, outside[0]!.address, outside[0]!.family)
  })

export interface Hook {
  readonly url: string
  /** `whsec_` and base64. */
  readonly secret: string
  /** The same at every attempt, so that the receiver knows it again. */
  readonly id: string
  readonly at: Date
  readonly body: string
}

export interface HookOptions {
  /** For tests: plain http on loopback. */
  readonly insideToo?: boolean
}

/** What Standard Webhooks signs: `<id>.<unix seconds>.<body>`. */
export const signatureOf = ({ secret, id, at, body }: Omit<Hook, 'url'>): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${id}.${seconds(at)}.${body}`)
    .digest('base64')}`

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)

const PATIENCE_MS = 10_000

/** Sends a signed message as Standard Webhooks has it. Throws unless it is answered with 2xx within ten seconds. */
export function callHook(hook: Hook, { insideToo = false }: HookOptions = {}): Promise<void> {
  if (!insideToo && !isOutside(hook.url)) return Promise.reject(undelivered('address'))
  const send = insideToo && hook.url.startsWith('http:') ? httpRequest : request
  return new Promise((resolve, reject) => {
    const call = send(hook.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(hook.body),
        'user-agent': 'silian',
        'webhook-id': hook.id,
        'webhook-timestamp': String(seconds(hook.at)),
        'webhook-signature': signatureOf(hook),
      },
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(insideToo ? {} : { lookup: lookOutside }),
    })
    call.on('response', answer => {
      answer.resume()
      const status = answer.statusCode ?? 0
      if (status >= 200 && status < 300) resolve()
      else reject(undelivered(`http_${status}`))
    })
    call.on('error', error => reject(undelivered((error as NodeJS.ErrnoException).code ?? 'network')))
    call.end(hook.body)
  })
}

/** Says what kind of failure it was, never to whom. */
export const undelivered = (code: string): Error =>
  Object.assign(new Error('a notification was not delivered'), { code: `delivery.${code}` })
