import { createCipheriv, createHash, createPublicKey, randomBytes, sign, verify } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { MERCHANT, type PayKeys, PLATFORM_SERIAL } from './keys.ts'
import { beijing, doneOn, type Manner, type Refund, type Till, type Trade, yuan } from './till.ts'

type Keys = PayKeys['wechat']

/** The platform's signature over a time, a word used once and a body. */
function headersOf(keys: Keys, body: string, at: Date): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const nonce = randomBytes(16).toString('hex')
  const signature = sign('sha256', Buffer.from(`${timestamp}\n${nonce}\n${body}\n`), keys.platform.privateKey)
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-signature': signature.toString('base64'),
    'wechatpay-serial': PLATFORM_SERIAL,
    'content-type': 'application/json',
  }
}

function answer(reply: FastifyReply, keys: Keys, till: Till, status: number, body?: object): FastifyReply {
  const text = body === undefined ? '' : JSON.stringify(body)
  return reply
    .code(status)
    .headers(headersOf(keys, text, till.now()))
    .send(text)
}

/** Whether the request carries the merchant's own signature, as API v3 asks for it. */
function isMerchants({ method, url, headers, body }: FastifyRequest, keys: Keys): boolean {
  const text = headers.authorization ?? ''
  const told = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(text)?.[1] ?? ''
  if (!text.startsWith('WECHATPAY2-SHA256-RSA2048 ')) return false
  if (told('mchid') !== MERCHANT.wechat.merchantId || told('serial_no') !== MERCHANT.wechat.serial)
    return false
  const said = `${method}\n${url}\n${told('timestamp')}\n${told('nonce_str')}\n${String(body ?? '')}\n`
  const key = createPublicKey(keys.merchant.publicKey)
  return verify('sha256', Buffer.from(said), key, Buffer.from(told('signature'), 'base64'))
}

const tradeOf = (trade: Trade) => ({
  ...{ appid: MERCHANT.wechat.appId, mchid: MERCHANT.wechat.merchantId, out_trade_no: trade.tradeNo },
  trade_state: { waiting: 'NOTPAY', paid: 'SUCCESS', closed: 'CLOSED' }[trade.state],
  ...(trade.paidAt && {
    ...{ transaction_id: trade.reference, success_time: `${beijing(trade.paidAt).replace(' ', 'T')}+08:00` },
    amount: { total: trade.fen, payer_total: trade.fen, currency: 'CNY', payer_currency: 'CNY' },
    ...{ trade_type: 'MWEB', payer: { openid: 'o-sandbox' } },
  }),
})

const refundOf = (refund: Refund) => ({
  ...{ refund_id: refund.reference, out_refund_no: refund.refundNo, out_trade_no: refund.tradeNo },
  status: { done: 'SUCCESS', pending: 'PROCESSING', closed: 'CLOSED', abnormal: 'ABNORMAL' }[refund.state],
  ...(refund.state === 'done' && { success_time: `${beijing(refund.at).replace(' ', 'T')}+08:00` }),
  amount: { refund: refund.fen },
})

/** The merchant's side of API v3 as far as our shop uses it. `url` is the sandbox's own address. */
export function wechatRoutes(app: FastifyInstance, keys: Keys, till: Till, url: () => string): void {
  const handle =
    (work: (request: FastifyRequest) => readonly [number, object?]) =>
    (request: FastifyRequest, reply: FastifyReply): FastifyReply | Promise<never> => {
      // never answered: whoever asked gives up by themselves
      if (till.asleep) return new Promise<never>(() => undefined)
      if (!isMerchants(request, keys)) return answer(reply, keys, till, 401, { code: 'SIGN_ERROR' })
      const [status, body] = work(request)
      return answer(reply, keys, till, status, body)
    }
  const bodyOf = (request: FastifyRequest) => JSON.parse(String(request.body))
  const named = (request: FastifyRequest) => (request.params as { no: string }).no
  app.post(
    '/v3/pay/transactions/h5',
    handle(request => {
      const body = bodyOf(request)
      const trade = till.open({
        ...{
          provider: 'wechat',
          tradeNo: body.out_trade_no,
          fen: body.amount.total,
          title: body.description,
        },
        ...{ notifyUrl: body.notify_url, returnUrl: '', expiresAt: new Date(body.time_expire) },
      })
      if (!trade) return [400, { code: 'INVALID_REQUEST' }]
      return [200, { h5_url: `${url()}/pay/wechat/${trade.tradeNo}` }]
    }),
  )
  app.get(
    '/v3/pay/transactions/out-trade-no/:no',
    handle(request => {
      const trade = till.find('wechat', named(request))
      return trade ? [200, tradeOf(trade)] : [404, { code: 'ORDER_NOT_EXIST' }]
    }),
  )
  app.post(
    '/v3/pay/transactions/out-trade-no/:no/close',
    handle(request => {
      const trade = till.find('wechat', named(request))
      if (!trade) return [404, { code: 'ORDER_NOT_EXIST' }]
      if (trade.state === 'paid') return [400, { code: 'ORDER_PAID' }]
      trade.state = 'closed'
      return [204]
    }),
  )
  app.post(
    '/v3/refund/domestic/refunds',
    handle(request => {
      const { out_trade_no, out_refund_no, amount } = bodyOf(request)
      const trade = till.find('wechat', out_trade_no)
      if (trade && trade.fen !== amount.total) return [400, { code: 'INVALID_REQUEST' }]
      const refund = till.refund('wechat', out_trade_no, out_refund_no, amount.refund)
      if (refund === 'none') return [404, { code: 'RESOURCE_NOT_EXISTS' }]
      return refund === 'over' ? [400, { code: 'INVALID_REQUEST' }] : [200, refundOf(refund)]
    }),
  )
  app.get(
    '/v3/refund/domestic/refunds/:no',
    handle(request => {
      const refund = till.refunds.get(`wechat/${named(request)}`)
      return refund ? [200, refundOf(refund)] : [404, { code: 'RESOURCE_NOT_EXISTS' }]
    }),
  )
  app.get(
    '/v3/bill/tradebill',
    handle(request => {
      const day = String((request.query as { bill_date: string }).bill_date)
      const hash_value = createHash('sha1').update(billOf(till, day)).digest('hex')
      return [
        200,
        { hash_type: 'SHA1', hash_value, download_url: `${url()}/v3/billdownload/file?token=${day}` },
      ]
    }),
  )
  app.get('/v3/billdownload/file', (request, reply) => {
    if (!isMerchants(request, keys)) return answer(reply, keys, till, 401, { code: 'SIGN_ERROR' })
    return reply.type('text/plain').send(billOf(till, String((request.query as { token: string }).token)))
  })
}

const HEAD =
  '交易时间,公众账号ID,商户号,微信订单号,商户订单号,交易状态,应结订单金额,微信退款单号,商户退款单号,退款金额,订单金额'

/** Every value with a backtick before it, and two lines of sums at the end. */
export function billOf(till: Till, day: string): string {
  const { appId, merchantId } = MERCHANT.wechat
  const row = (...cells: string[]) => cells.map(cell => `\`${cell}`).join(',')
  const ofDay = (at: Date) => beijing(at).startsWith(day)
  const paid = [...till.trades.values()].filter(t => t.provider === 'wechat' && t.paidAt && ofDay(t.paidAt))
  const back = doneOn(till, 'wechat', day)
  return [
    HEAD,
    ...paid.map(t =>
      row(
        beijing(t.paidAt!),
        appId,
        merchantId,
        t.reference,
        t.tradeNo,
        'SUCCESS',
        yuan(t.fen),
        '0',
        '0',
        '0.00',
        yuan(t.fen),
      ),
    ),
    ...back.map(r => {
      const { reference } = till.find('wechat', r.tradeNo)!
      return row(
        beijing(r.at),
        appId,
        merchantId,
        reference,
        r.tradeNo,
        'REFUND',
        '0.00',
        r.reference,
        r.refundNo,
        yuan(r.fen),
        '0.00',
      )
    }),
    '总交易单数,应结订单总金额',
    row(String(paid.length), yuan(paid.reduce((sum, t) => sum + t.fen, 0))),
  ].join('\r\n')
}

/** A callback's headers and body: the trade sealed under the merchant's key, the whole signed by the platform. */
export function wechatNotice(keys: Keys, till: Till, trade: Trade, manner: Manner) {
  const total = trade.fen + (manner === 'amount' ? 1 : 0)
  const told = { ...tradeOf(trade), amount: { total, currency: 'CNY' } }
  const nonce = randomBytes(6).toString('hex')
  const cipher = createCipheriv('aes-256-gcm', keys.apiKey, nonce)
  cipher.setAAD(Buffer.from('transaction'))
  const sealed = Buffer.concat([cipher.update(JSON.stringify(told)), cipher.final(), cipher.getAuthTag()])
  const body = JSON.stringify({
    ...{ id: trade.reference, create_time: beijing(till.now()), event_type: 'TRANSACTION.SUCCESS' },
    ...{ resource_type: 'encrypt-resource', summary: '支付成功' },
    resource: {
      ...{
        algorithm: 'AEAD_AES_256_GCM',
        original_type: 'transaction',
        associated_data: 'transaction',
        nonce,
      },
      ciphertext: sealed.toString('base64'),
    },
  })
  const at = manner === 'stale' ? new Date(till.now().getTime() - 600_000) : till.now()
  // somebody else's hand: the body is another than what was signed
  return {
    headers: headersOf(keys, body, at),
    body: manner === 'forged' ? body.replace('成功', '失败') : body,
  }
}
