import {
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import { type Answer, call } from './call.ts'
import {
  fenOfYuan,
  type Message,
  type Notice,
  type NoticeRefusal,
  type PaymentProvider,
  ProviderFault,
  type Received,
  type RefundState,
  type StatementLine,
  type TradeState,
} from './provider.ts'

/** What a merchant has of WeChat Pay, API v3. Keys are PEM; `apiKey` is the APIv3 key of 32 characters. */
export const wechatSettings = z.object({
  baseUrl: z.url().default('https://api.mch.weixin.qq.com'),
  appId: z.string().min(1),
  merchantId: z.string().min(1),
  /** Serial number of the merchant's certificate, and its key. */
  serial: z.string().min(1),
  privateKey: z.string().min(1),
  apiKey: z.string().length(32),
  /** The platform's certificates or public keys by serial number: several stand while they are replaced. */
  platformKeys: z.record(z.string(), z.string()),
})
export type WechatSettings = z.infer<typeof wechatSettings>

/** A callback is believed for five minutes. */
const WINDOW_SECONDS = 300

const transaction = z.object({
  out_trade_no: z.string(),
  transaction_id: z.string().optional(),
  trade_state: z.string(),
  success_time: z.string().optional(),
  amount: z.object({ total: z.number().int() }).optional(),
})
const refundAnswer = z.object({
  status: z.string(),
  refund_id: z.string().optional(),
  success_time: z.string().optional(),
})
const refundNotice = z.object({
  out_refund_no: z.string(),
  refund_id: z.string().optional(),
  refund_status: z.string(),
  success_time: z.string().optional(),
})
const envelope = z.object({
  event_type: z.string(),
  resource: z.object({
    algorithm: z.literal('AEAD_AES_256_GCM'),
    ciphertext: z.string(),
    associated_data: z.string().default(''),
    nonce: z.string(),
  }),
})

/** WeChat Pay v3: requests signed with SHA256-RSA2048, answers and callbacks verified by the platform's key. */
export class WechatPay implements PaymentProvider {
  readonly name = 'wechat'
  readonly heard = ''
  readonly #settings: WechatSettings
  readonly #key: KeyObject
  readonly #platform: ReadonlyMap<string, KeyObject>
  readonly #patienceMs: number | undefined

  constructor(settings: WechatSettings, patienceMs?: number) {
    this.#settings = settings
    this.#patienceMs = patienceMs
    this.#key = createPrivateKey(settings.privateKey)
    this.#platform = new Map(
      Object.entries(settings.platformKeys).map(([serial, pem]) => [serial, createPublicKey(pem)]),
    )
  }

  async create(trade: Parameters<PaymentProvider['create']>[0]): Promise<{ payUrl: string }> {
    const { appId: appid, merchantId: mchid } = this.#settings
    const answer = await this.#ask('POST', '/v3/pay/transactions/h5', {
      ...{ appid, mchid, description: trade.title, out_trade_no: trade.tradeNo, notify_url: trade.notifyUrl },
      time_expire: trade.expiresAt.toISOString().replace(/\.\d+Z$/, '+00:00'),
      amount: { total: trade.fen, currency: 'CNY' },
      scene_info: { payer_client_ip: trade.payerAddress, h5_info: { type: 'Wap' } },
    })
    const { h5_url } = z.object({ h5_url: z.url() }).parse(jsonOf(answer))
    const back = encodeURIComponent(trade.returnUrl)
    return { payUrl: `${h5_url}${h5_url.includes('?') ? '&' : '?'}redirect_url=${back}` }
  }

  async query(tradeNo: string): Promise<TradeState> {
    const path = `/v3/pay/transactions/out-trade-no/${tradeNo}?mchid=${this.#settings.merchantId}`
    const answer = await this.#ask('GET', path, undefined, [404])
    return answer.status === 404 ? { state: 'unknown' } : stateOf(transaction.parse(jsonOf(answer)))
  }

  async close(tradeNo: string): Promise<void> {
    const path = `/v3/pay/transactions/out-trade-no/${tradeNo}/close`
    // 400: it was paid or closed meanwhile; asking for it tells which
    await this.#ask('POST', path, { mchid: this.#settings.merchantId }, [400, 404])
  }

  async refund(order: Parameters<PaymentProvider['refund']>[0]): Promise<RefundState> {
    const answer = await this.#ask(
      'POST',
      '/v3/refund/domestic/refunds',
      {
        ...{ out_trade_no: order.tradeNo, out_refund_no: order.refundNo, reason: order.reason },
        amount: { refund: order.fen, total: order.totalFen, currency: 'CNY' },
      },
      [400, 403, 404],
    )
    return answer.status === 200 ? refundStateOf(jsonOf(answer)) : { state: 'failed', why: codeOf(answer) }
  }

  async queryRefund({ refundNo }: { refundNo: string }): Promise<RefundState> {
    const answer = await this.#ask('GET', `/v3/refund/domestic/refunds/${refundNo}`, undefined, [404])
    return answer.status === 404
      ? { state: 'failed', why: 'RESOURCE_NOT_EXISTS' }
      : refundStateOf(jsonOf(answer))
  }

  read({ headers, body }: Message, at: Date): Result<Notice, NoticeRefusal> {
    const [timestamp, nonce, signature, serial] = ['timestamp', 'nonce', 'signature', 'serial'].map(name =>
      String(headers[`wechatpay-${name}`] ?? ''),
    )
    if (
      !this.#isSigned({ timestamp: timestamp!, nonce: nonce!, signature: signature!, serial: serial! }, body)
    )
      return refuse('notice.forged')
    if (Math.abs(at.getTime() / 1000 - Number(timestamp)) > WINDOW_SECONDS) return refuse('notice.stale')
    try {
      const { event_type, resource } = envelope.parse(JSON.parse(body.toString()))
      return ok(noticeOf(event_type, JSON.parse(this.#open(resource))))
    } catch {
      return refuse('notice.malformed')
    }
  }

  async statement(day: string): Promise<readonly StatementLine[]> {
    const answer = await this.#ask(
      'GET',
      `/v3/bill/tradebill?bill_date=${day}&bill_type=ALL`,
      undefined,
      [400],
    )
    // of a day without any trade there is none
    if (answer.status === 400 && codeOf(answer) === 'NO_STATEMENT_EXIST') return []
    const bill = z
      .object({ hash_type: z.literal('SHA1'), hash_value: z.string(), download_url: z.url() })
      .parse(jsonOf(answer))
    const { pathname, search, origin } = new URL(bill.download_url)
    if (origin !== new URL(this.#settings.baseUrl).origin) throw new ProviderFault('provider.malformed')
    const file = await this.#send('GET', `${pathname}${search}`, undefined)
    const digest = createHash('sha1').update(file.body).digest('hex')
    if (digest !== bill.hash_value.toLowerCase()) throw new ProviderFault('provider.forged')
    return linesOf(file.body.toString())
  }

  #open({ ciphertext, associated_data, nonce }: z.output<typeof envelope>['resource']): string {
    const sealed = Buffer.from(ciphertext, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', this.#settings.apiKey, nonce)
    decipher.setAuthTag(sealed.subarray(-16))
    decipher.setAAD(Buffer.from(associated_data))
    return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString()
  }

  #isSigned(
    by: { timestamp: string; nonce: string; signature: string; serial: string },
    body: Buffer,
  ): boolean {
    const key = this.#platform.get(by.serial)
    if (!key || !/^\d{1,12}$/.test(by.timestamp)) return false
    const said = Buffer.concat([Buffer.from(`${by.timestamp}\n${by.nonce}\n`), body, Buffer.from('\n')])
    return verify('sha256', said, key, Buffer.from(by.signature, 'base64'))
  }

  /** A request whose answer is signed; other statuses than 2xx and those named are faults. */
  async #ask(method: string, path: string, body?: object, also: readonly number[] = []): Promise<Answer> {
    const answer = await this.#send(method, path, body)
    const told = (name: string) => answer.headers.get(`wechatpay-${name}`) ?? ''
    const signed = {
      ...{ timestamp: told('timestamp'), nonce: told('nonce') },
      ...{ signature: told('signature'), serial: told('serial') },
    }
    if (!this.#isSigned(signed, answer.body)) throw new ProviderFault('provider.forged')
    const isGood = (answer.status >= 200 && answer.status < 300) || also.includes(answer.status)
    if (!isGood) throw new ProviderFault(`provider.answered_${answer.status}`)
    return answer
  }

  #send(method: string, path: string, body?: object): Promise<Answer> {
    const { baseUrl, merchantId, serial } = this.#settings
    const text = body === undefined ? '' : JSON.stringify(body)
    const timestamp = Math.floor(Date.now() / 1000)
    const nonce = randomBytes(16).toString('hex').toUpperCase()
    const said = `${method}\n${path}\n${timestamp}\n${nonce}\n${text}\n`
    const signature = sign('sha256', Buffer.from(said), this.#key).toString('base64')
    const authorization = `WECHATPAY2-SHA256-RSA2048 mchid="${merchantId}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${serial}"`
    const headers = { authorization, accept: 'application/json', 'content-type': 'application/json' }
    return call(`${baseUrl}${path}`, { method, headers, ...(text && { body: text }) }, this.#patienceMs)
  }
}

function jsonOf({ body }: Answer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    throw new ProviderFault('provider.malformed')
  }
}

const codeOf = (answer: Answer): string =>
  String((jsonOf(answer) as { code?: unknown }).code ?? answer.status).slice(0, 64)

function receivedOf(told: z.output<typeof transaction>): Received {
  const { transaction_id: reference, amount, success_time } = told
  if (!reference || !amount || !success_time || Number.isNaN(Date.parse(success_time)))
    throw new ProviderFault('provider.malformed')
  return { tradeNo: told.out_trade_no, reference, fen: amount.total, paidAt: new Date(success_time) }
}

function stateOf(told: z.output<typeof transaction>): TradeState {
  // a refunded trade was paid before
  if (['SUCCESS', 'REFUND'].includes(told.trade_state)) return { state: 'paid', received: receivedOf(told) }
  if (['CLOSED', 'REVOKED', 'PAYERROR'].includes(told.trade_state)) return { state: 'closed' }
  return { state: 'waiting' }
}

function refundStateOf(json: unknown): RefundState {
  const { status, refund_id, success_time } = refundAnswer.parse(json)
  if (status === 'SUCCESS') return { state: 'done', reference: refund_id ?? '', at: timeOf(success_time) }
  return status === 'PROCESSING' ? { state: 'pending' } : { state: 'failed', why: status }
}

function noticeOf(type: string, json: unknown): Notice {
  if (type === 'TRANSACTION.SUCCESS') {
    const told = transaction.parse(json)
    return told.trade_state === 'SUCCESS' ? { kind: 'paid', received: receivedOf(told) } : { kind: 'other' }
  }
  if (!type.startsWith('REFUND.')) return { kind: 'other' }
  const { out_refund_no: refundNo, refund_status: status, ...told } = refundNotice.parse(json)
  return { kind: 'refund', refundNo, told: refundStateOf({ ...told, status }) }
}

function timeOf(text: string | undefined): Date | undefined {
  const at = new Date(text ?? '')
  return Number.isNaN(at.getTime()) ? undefined : at
}

/** A bill is CSV with a backtick before each value, and two lines of sums at its end. */
function linesOf(csv: string): StatementLine[] {
  const [head = '', ...rows] = csv
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/)
  const names = head.split(',').map(name => name.replace(/^`/, '').trim())
  const at = (...called: string[]) => names.findIndex(name => called.includes(name))
  const columns = {
    ...{ reference: at('微信订单号'), tradeNo: at('商户订单号'), state: at('交易状态') },
    ...{ fen: at('订单金额', '应结订单金额'), refund: at('商户退款单号'), refundFen: at('退款金额') },
  }
  if (Object.values(columns).includes(-1)) throw new ProviderFault('provider.malformed')
  return rows
    .filter(row => /^`\d{4}-/.test(row))
    .map(row => {
      const cells = row.split(',`').map(cell => cell.replace(/^`/, '').trim())
      const isRefund = cells[columns.state] === 'REFUND'
      const fen = fenOfYuan(cells[isRefund ? columns.refundFen : columns.fen] ?? '')
      const tradeNo = cells[columns.tradeNo]
      const reference = cells[isRefund ? columns.refund : columns.reference]
      if (fen === undefined || !tradeNo || !reference) throw new ProviderFault('provider.malformed')
      return { kind: isRefund ? 'refund' : 'payment', reference, tradeNo, fen }
    })
}
