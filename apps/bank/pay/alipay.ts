import { createPublicKey, sign, verify } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { ZipFile } from 'yazl'
import { MERCHANT, type PayKeys } from './keys.ts'
import { beijing, doneOn, type Manner, type Till, type Trade, yuan } from './till.ts'

type Keys = PayKeys['alipay']
type Params = Record<string, string>

const signedText = (params: Params, without: readonly string[]): string =>
  Object.keys(params)
    .filter(name => !without.includes(name) && params[name] !== '')
    .sort()
    .map(name => `${name}=${params[name]}`)
    .join('&')

const isMerchants = (params: Params, keys: Keys): boolean =>
  params.app_id === MERCHANT.alipay.appId &&
  params.sign_type === 'RSA2' &&
  verify(
    'sha256',
    Buffer.from(signedText(params, ['sign'])),
    createPublicKey(keys.merchant.publicKey),
    Buffer.from(params.sign ?? '', 'base64'),
  )

/** The gateway: a page for the payer by GET, the merchant's questions by POST. */
export function alipayRoutes(app: FastifyInstance, keys: Keys, till: Till, url: () => string): void {
  app.get('/gateway.do', (request, reply) => {
    const params = request.query as Params
    if (params.method !== 'alipay.trade.wap.pay' || !isMerchants(params, keys))
      return reply.code(400).send('invalid-signature')
    const content = JSON.parse(params.biz_content!) as Params
    const trade = till.open({
      ...{
        provider: 'alipay',
        tradeNo: content.out_trade_no!,
        fen: Math.round(Number(content.total_amount) * 100),
      },
      ...{ title: content.subject!, notifyUrl: params.notify_url!, returnUrl: params.return_url! },
      expiresAt: new Date(`${content.time_expire!.replace(' ', 'T')}+08:00`),
    })
    return trade ? reply.redirect(`/pay/alipay/${trade.tradeNo}`) : reply.code(400).send('trade-differs')
  })
  app.post('/gateway.do', (request, reply): FastifyReply | Promise<never> => {
    if (till.asleep) return new Promise<never>(() => undefined)
    const params = Object.fromEntries(new URLSearchParams(String(request.body)))
    const told = isMerchants(params, keys)
      ? answerTo(params.method!, JSON.parse(params.biz_content!), till, url())
      : { code: '40002', sub_code: 'isv.invalid-signature' }
    const node = JSON.stringify({ msg: told.code === '10000' ? 'Success' : 'Business Failed', ...told })
    const signature = sign('sha256', Buffer.from(node), keys.platform.privateKey).toString('base64')
    const name = `${params.method!.replaceAll('.', '_')}_response`
    return reply.type('application/json').send(`{"${name}":${node},"sign":"${signature}"}`)
  })
  app.get('/bill/:day', async (request, reply) => {
    const { day } = request.params as { day: string }
    const zip = new ZipFile()
    // the words of this bill are the same in GBK as they are made here: see `gbk`
    zip.addBuffer(gbk(billOf(till, day)), `2088000000000001_${day}_details.csv`)
    zip.end()
    return reply.type('application/zip').send(zip.outputStream)
  })
}

const good = (more: object) => ({ code: '10000', ...more })
const bad = (sub_code: string) => ({ code: '40004', sub_code })

function answerTo(method: string, content: Params, till: Till, url: string): { code: string } & object {
  const trade = till.find('alipay', content.out_trade_no ?? '')
  if (method === 'alipay.data.dataservice.bill.downloadurl.query')
    return good({ bill_download_url: `${url}/bill/${content.bill_date}` })
  if (!trade) return bad('ACQ.TRADE_NOT_EXIST')
  if (method === 'alipay.trade.query') return good(tradeOf(trade))
  if (method === 'alipay.trade.close') return closed(trade)
  if (method === 'alipay.trade.refund') {
    const fen = Math.round(Number(content.refund_amount) * 100)
    const refund = till.refund('alipay', trade.tradeNo, content.out_request_no!, fen)
    if (typeof refund === 'string') return bad('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL')
    return good({ trade_no: trade.reference })
  }
  const refund = till.refunds.get(`alipay/${content.out_request_no}`)
  return good(
    refund?.state === 'done' ? { refund_status: 'REFUND_SUCCESS', gmt_refund_pay: beijing(refund.at) } : {},
  )
}

function closed(trade: Trade): { code: string } & object {
  if (trade.state === 'paid') return bad('ACQ.TRADE_STATUS_ERROR')
  trade.state = 'closed'
  return good({ out_trade_no: trade.tradeNo })
}

const tradeOf = (trade: Trade) => ({
  ...{ out_trade_no: trade.tradeNo, total_amount: yuan(trade.fen) },
  trade_status: { waiting: 'WAIT_BUYER_PAY', paid: 'TRADE_SUCCESS', closed: 'TRADE_CLOSED' }[trade.state],
  ...(trade.paidAt && { trade_no: trade.reference, send_pay_date: beijing(trade.paidAt) }),
})

/** A callback's form, signed over its sorted parameters without `sign` and `sign_type`. */
export function alipayNotice(keys: Keys, till: Till, trade: Trade, manner: Manner) {
  const params: Params = {
    ...{
      app_id: MERCHANT.alipay.appId,
      seller_id: MERCHANT.alipay.sellerId,
      charset: 'utf-8',
      version: '1.0',
    },
    ...{ notify_type: 'trade_status_sync', notify_id: trade.reference, notify_time: beijing(till.now()) },
    ...{ out_trade_no: trade.tradeNo, trade_no: trade.reference, trade_status: 'TRADE_SUCCESS' },
    ...{ total_amount: yuan(trade.fen + (manner === 'amount' ? 1 : 0)), gmt_payment: beijing(trade.paidAt!) },
    sign_type: 'RSA2',
  }
  const said = signedText(params, ['sign', 'sign_type'])
  params.sign = sign('sha256', Buffer.from(said), keys.platform.privateKey).toString('base64')
  if (manner === 'forged') params.total_amount = yuan(trade.fen + 100)
  const headers: Record<string, string> = {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
  }
  return { headers, body: new URLSearchParams(params).toString() }
}

const HEAD =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,订单金额（元）,商家实收（元）,退款批次号/请求号,备注'

export function billOf(till: Till, day: string): string {
  const ofDay = (at: Date) => beijing(at).startsWith(day)
  const paid = [...till.trades.values()].filter(t => t.provider === 'alipay' && t.paidAt && ofDay(t.paidAt))
  const back = doneOn(till, 'alipay', day)
  const row = (t: Trade, kind: string, at: Date, fen: string, no: string) =>
    [t.reference, t.tradeNo, kind, '商品', beijing(at), beijing(at), fen, fen, no, ''].join('\t,')
  return [
    '#支付宝业务明细查询',
    `#账号：[${MERCHANT.alipay.sellerId}0156]`,
    '#-----------------------------------------业务明细列表----------------------------------------',
    HEAD,
    ...paid.map(t => row(t, '交易', t.paidAt!, yuan(t.fen), '')),
    ...back.map(r => row(till.find('alipay', r.tradeNo)!, '退款', r.at, `-${yuan(r.fen)}`, r.refundNo)),
    '#-----------------------------------------业务明细列表结束------------------------------------',
    `#导出时间：[${beijing(till.now())}]`,
  ].join('\r\n')
}

/** Two bytes a character, found by decoding all there are: the runtime reads GBK and writes it not. */
function gbk(text: string): Buffer {
  return Buffer.concat([...text].map(letter => codes().get(letter) ?? Buffer.from(letter)))
}

let known: Map<string, Buffer> | undefined
function codes(): Map<string, Buffer> {
  if (known) return known
  known = new Map()
  const decoder = new TextDecoder('gbk')
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++) {
      const bytes = Buffer.from([high, low])
      const letter = decoder.decode(bytes)
      if ([...letter].length === 1 && !known.has(letter)) known.set(letter, bytes)
    }
  return known
}
