import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import { readBill } from './alipay-bill.ts'
import { call } from './call.ts'
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
  yuanOfFen,
} from './provider.ts'

/** What a merchant has of Alipay's open platform, signing RSA2. Keys are PEM. */
export const alipaySettings = z.object({
  gateway: z.url().default('https://openapi.alipay.com/gateway.do'),
  appId: z.string().min(1),
  /** The merchant's account (2088…): a callback for another is not ours. */
  sellerId: z.string().min(1),
  privateKey: z.string().min(1),
  alipayPublicKey: z.string().min(1),
})
export type AlipaySettings = z.infer<typeof alipaySettings>

type Params = Readonly<Record<string, string>>

/** What is signed: all parameters that have a value, in the order of their names, joined as they are. */
export const signedText = (params: Params, without: readonly string[] = ['sign']): string =>
  Object.keys(params)
    .filter(name => !without.includes(name) && params[name] !== '')
    .sort()
    .map(name => `${name}=${params[name]}`)
    .join('&')

const trade = z.object({
  code: z.string(),
  sub_code: z.string().optional(),
  trade_no: z.string().optional(),
  out_trade_no: z.string().optional(),
  trade_status: z.string().optional(),
  total_amount: z.string().optional(),
  send_pay_date: z.string().optional(),
  gmt_refund_pay: z.string().optional(),
  refund_status: z.string().optional(),
  bill_download_url: z.string().optional(),
})
type Told = z.output<typeof trade>

/** Alipay by RSA2: sorted parameters signed with SHA256-RSA, answers verified over their own bytes. */
export class Alipay implements PaymentProvider {
  readonly name = 'alipay'
  readonly heard = 'success'
  readonly #settings: AlipaySettings
  readonly #key: KeyObject
  readonly #platform: KeyObject
  readonly #patienceMs: number | undefined

  constructor(settings: AlipaySettings, patienceMs?: number) {
    this.#settings = settings
    this.#patienceMs = patienceMs
    this.#key = createPrivateKey(settings.privateKey)
    this.#platform = createPublicKey(settings.alipayPublicKey)
  }

  /** Nothing is asked: the payer's browser takes the signed request along. */
  async create(order: Parameters<PaymentProvider['create']>[0]): Promise<{ payUrl: string }> {
    const content = {
      ...{ out_trade_no: order.tradeNo, total_amount: yuanOfFen(order.fen), subject: order.title },
      ...{ product_code: 'QUICK_WAP_WAY', time_expire: beijing(order.expiresAt) },
    }
    const params = this.#signed('alipay.trade.wap.pay', content, {
      notify_url: order.notifyUrl,
      return_url: order.returnUrl,
    })
    return { payUrl: `${this.#settings.gateway}?${new URLSearchParams(params)}` }
  }

  async query(tradeNo: string): Promise<TradeState> {
    const told = await this.#ask('alipay.trade.query', { out_trade_no: tradeNo })
    if (told.sub_code === 'ACQ.TRADE_NOT_EXIST') return { state: 'unknown' }
    assertGood(told)
    if (['TRADE_SUCCESS', 'TRADE_FINISHED'].includes(told.trade_status ?? ''))
      return { state: 'paid', received: receivedOf({ ...told, gmt_payment: told.send_pay_date }) }
    return { state: told.trade_status === 'TRADE_CLOSED' ? 'closed' : 'waiting' }
  }

  async close(tradeNo: string): Promise<void> {
    const told = await this.#ask('alipay.trade.close', { out_trade_no: tradeNo })
    if (
      told.code !== '10000' &&
      !/^ACQ\.(TRADE_NOT_EXIST|TRADE_STATUS_ERROR|REASON_)/.test(told.sub_code ?? '')
    )
      assertGood(told)
  }

  async refund(order: Parameters<PaymentProvider['refund']>[0]): Promise<RefundState> {
    const told = await this.#ask('alipay.trade.refund', {
      ...{ out_trade_no: order.tradeNo, out_request_no: order.refundNo },
      ...{ refund_amount: yuanOfFen(order.fen), refund_reason: order.reason },
    })
    if (told.code !== '10000') return { state: 'failed', why: told.sub_code ?? told.code }
    // asking for it tells whether and when, also of the same refund asked for again
    const found = await this.queryRefund(order)
    return found.state === 'done' ? found : { state: 'pending' }
  }

  /** Without a status it was never received, or failed: the same number may be asked for again, and is made once. */
  async queryRefund(order: { tradeNo: string; refundNo: string }): Promise<RefundState> {
    const told = await this.#ask('alipay.trade.fastpay.refund.query', {
      ...{ out_trade_no: order.tradeNo, out_request_no: order.refundNo },
      query_options: ['gmt_refund_pay'],
    })
    if (told.code !== '10000') return { state: 'failed', why: told.sub_code ?? told.code }
    return told.refund_status === 'REFUND_SUCCESS'
      ? { state: 'done', reference: order.refundNo, at: timeOf(told.gmt_refund_pay) }
      : { state: 'failed', why: 'REFUND_NOT_EXIST' }
  }

  read({ body }: Message, _at: Date): Result<Notice, NoticeRefusal> {
    const params = Object.fromEntries(new URLSearchParams(body.toString()))
    const said = Buffer.from(signedText(params, ['sign', 'sign_type']))
    const isSigned = verify('sha256', said, this.#platform, Buffer.from(params.sign ?? '', 'base64'))
    const isOurs = params.app_id === this.#settings.appId && params.seller_id === this.#settings.sellerId
    if (params.sign_type !== 'RSA2' || !isSigned || !isOurs) return refuse('notice.forged')
    // Alipay repeats for 25 hours and signs no time of sending: the trade's number keeps it from counting twice
    if (!['TRADE_SUCCESS', 'TRADE_FINISHED'].includes(params.trade_status ?? '') || params.refund_fee)
      return ok({ kind: 'other' })
    try {
      return ok({ kind: 'paid', received: receivedOf(params) })
    } catch {
      return refuse('notice.malformed')
    }
  }

  async statement(day: string): Promise<readonly StatementLine[]> {
    const told = await this.#ask('alipay.data.dataservice.bill.downloadurl.query', {
      ...{ bill_type: 'trade', bill_date: day },
    })
    if (told.sub_code === 'isp.bill_not_exist') return []
    assertGood(told)
    const file = await call(told.bill_download_url ?? '', { method: 'GET' }, this.#patienceMs)
    if (file.status !== 200) throw new ProviderFault(`provider.answered_${file.status}`)
    return readBill(file.body)
  }

  async #ask(method: string, content: object): Promise<Told> {
    const answer = await call(
      this.#settings.gateway,
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
        body: new URLSearchParams(this.#signed(method, content)).toString(),
      },
      this.#patienceMs,
    )
    if (answer.status !== 200) throw new ProviderFault(`provider.answered_${answer.status}`)
    return this.#verified(answer.body.toString(), `${method.replaceAll('.', '_')}_response`)
  }

  /** The signature is over the answer's own characters, so that they are cut out and not written again. */
  #verified(text: string, node: string): Told {
    const found = new RegExp(
      `^\\{"${node}":(\\{.*\\}),(?:"alipay_cert_sn":"[^"]*",)?"sign":"([^"]+)"\\}$`,
      's',
    ).exec(text.trim())
    const [, said = '', signature = ''] = found ?? []
    if (!found || !verify('sha256', Buffer.from(said), this.#platform, Buffer.from(signature, 'base64')))
      throw new ProviderFault('provider.forged')
    return trade.parse(JSON.parse(said))
  }

  #signed(method: string, content: object, more: Params = {}): Record<string, string> {
    const params = {
      ...{ app_id: this.#settings.appId, method, format: 'JSON', charset: 'utf-8', sign_type: 'RSA2' },
      ...{ timestamp: beijing(new Date()), version: '1.0', ...more },
      biz_content: JSON.stringify(content),
    }
    const signature = sign('sha256', Buffer.from(signedText(params)), this.#key)
    return { ...params, sign: signature.toString('base64') }
  }
}

/** `2026-01-05 09:30:00`, as the provider tells time. */
const beijing = (at: Date): string =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

/** Undefined for what is no time. */
function timeOf(text: string | undefined): Date | undefined {
  const at = new Date(`${(text ?? '').replace(' ', 'T')}+08:00`)
  return Number.isNaN(at.getTime()) ? undefined : at
}

function assertGood({ code, sub_code }: Told): void {
  if (code !== '10000') throw new ProviderFault(`provider.answered_${sub_code ?? code}`.slice(0, 80))
}

function receivedOf(told: Readonly<Record<string, string | undefined>>): Received {
  const fen = fenOfYuan(told.total_amount ?? '')
  const paidAt = timeOf(told.gmt_payment)
  const { out_trade_no: tradeNo, trade_no: reference } = told
  if (fen === undefined || !tradeNo || !reference || !paidAt) throw new ProviderFault('provider.malformed')
  return { tradeNo, reference, fen, paidAt }
}
