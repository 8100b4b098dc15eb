import Fastify, { type FastifyInstance } from 'fastify'
import { alipayNotice, alipayRoutes } from './alipay.ts'
import type { PayKeys } from './keys.ts'
import { payPage } from './page.ts'
import { type Manner, manners, type Provider, Till, type Trade } from './till.ts'
import { wechatNotice, wechatRoutes } from './wechat.ts'

export interface SandboxPay {
  readonly url: string
  readonly till: Till
  /** The payer confirms; resolves when the callback was answered, with the statuses of the answers. */
  confirm(provider: Provider, tradeNo: string, manner?: Manner): Promise<number[]>
  /** Says once more what was said, or says it before anybody was asked. */
  notify(trade: Trade, manner?: Manner): Promise<{ status: number; body: string }>
  /** Ends every conversation without an answer. */
  hangUp(): void
  stop(): Promise<void>
}

export interface SandboxOptions {
  readonly keys: PayKeys
  readonly port?: number
  readonly now?: () => Date
}

const LATE_MS = 3_000

/** Both providers by their published rules, on loopback, misbehaving as they are told to. */
export async function startSandboxPay({ keys, port = 0, now }: SandboxOptions): Promise<SandboxPay> {
  const till = new Till(now)
  const app = Fastify({ logger: false, forceCloseConnections: true })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  let url = ''
  wechatRoutes(app, keys.wechat, till, () => url)
  alipayRoutes(app, keys.alipay, till, () => url)
  const notify = (trade: Trade, manner: Manner = 'prompt') => send(trade, noticeOf(keys, till, trade, manner))
  const confirm = async (provider: Provider, tradeNo: string, manner: Manner = 'prompt') => {
    const trade = till.find(provider, tradeNo)
    if (!trade || !till.pay(trade) || manner === 'silent') return []
    const first = await notify(trade, manner)
    return manner === 'double' ? [first.status, (await notify(trade, manner)).status] : [first.status]
  }
  pageRoutes(app, till, confirm)
  url = await app.listen({ host: '127.0.0.1', port })
  return {
    url,
    till,
    confirm,
    notify,
    hangUp: () => app.server.closeAllConnections(),
    stop: () => app.close(),
  }
}

const noticeOf = (keys: PayKeys, till: Till, trade: Trade, manner: Manner) =>
  trade.provider === 'wechat'
    ? wechatNotice(keys.wechat, till, trade, manner)
    : alipayNotice(keys.alipay, till, trade, manner)

async function send(
  { notifyUrl }: Trade,
  { headers, body }: { headers: Record<string, string>; body: string },
): Promise<{ status: number; body: string }> {
  try {
    const response = await fetch(notifyUrl, { method: 'POST', headers, body })
    return { status: response.status, body: await response.text() }
  } catch {
    return { status: 0, body: '' }
  }
}

/** What the payer sees: the sum, a button, and, for those who try things, how the word of it goes astray. */
function pageRoutes(app: FastifyInstance, till: Till, confirm: SandboxPay['confirm']): void {
  app.get('/pay/:provider/:no', (request, reply) => {
    const { provider, no } = request.params as { provider: Provider; no: string }
    const trade = till.find(provider, no)
    const back = String((request.query as { redirect_url?: string }).redirect_url ?? trade?.returnUrl ?? '')
    if (!trade) return reply.code(404).send()
    return reply.type('text/html; charset=utf-8').send(payPage(trade, back))
  })
  app.post('/pay/:provider/:no', async (request, reply) => {
    const { provider, no } = request.params as { provider: Provider; no: string }
    const form = new URLSearchParams(String(request.body))
    const manner = manners.find(each => each === form.get('manner')) ?? 'prompt'
    const answered =
      manner === 'late' ? later(() => confirm(provider, no, manner)) : confirm(provider, no, manner)
    if (manner !== 'late') await answered
    const back = form.get('back') ?? ''
    return /^https?:\/\//.test(back)
      ? reply.redirect(back, 303)
      : reply.redirect(`/pay/${provider}/${no}`, 303)
  })
}

const later = (work: () => Promise<unknown>): Promise<void> =>
  new Promise(resolve => setTimeout(() => void work().finally(resolve), LATE_MS).unref())
