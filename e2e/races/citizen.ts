import { alipayNotice } from '@silian/bank/pay/alipay.ts'
import { makePayKeys, merchantSettings, type PayKeys } from '@silian/bank/pay/keys.ts'
import { type SandboxPay, startSandboxPay } from '@silian/bank/pay/sandbox.ts'
import { putProvider } from '@silian/chains/supply/payments/settings.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { must } from '@silian/kernel/result/result.ts'
import type { RaceStage } from './stage.ts'

type Body = Record<string, unknown>

/** A guest who buys from servers that come and go, and pays by Alipay's sandbox, whose words we carry. */
export class Citizen {
  /** Of the server that is there now. */
  url: string
  readonly sandbox: SandboxPay
  readonly #keys: PayKeys
  #cookie = ''

  private constructor(url: string, sandbox: SandboxPay, keys: PayKeys) {
    this.url = url
    this.sandbox = sandbox
    this.#keys = keys
  }

  static async begin(stage: RaceStage, url: string): Promise<Citizen> {
    const keys = makePayKeys()
    const sandbox = await startSandboxPay({ keys })
    const { alipay } = merchantSettings(keys, sandbox.url)
    must(await stage.run(tx => putProvider(tx, stage.kit, 'alipay', alipay)))
    const citizen = new Citizen(url, sandbox, keys)
    const begun = await citizen.#post('/shop/session', { phone: '13900000009' })
    citizen.#cookie = begun.headers.getSetCookie()[0]!.split(';')[0]!
    return citizen
  }

  #post(path: string, body: Body): Promise<Response> {
    const headers = {
      ...{ 'content-type': 'application/json', 'idempotency-key': newId(), cookie: this.#cookie },
      ...{ 'x-silian-request': '1', 'x-silian-as': 'customer' },
    }
    const url = `${this.url}/api/v1/p/shenzhen${path}`
    return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  }

  /** An order with its payment opened: where to confirm it has been seen by the payer. */
  async order(offerId: string, pieces: number): Promise<{ order: string; payment: string }> {
    const delivery = { name: '示例丙', phone: '13900000009', areaCode: '440304', address: '示范路1号' }
    const lines = [{ offerId, offerVersion: 1, pieces }]
    const placed = await this.#post('/orders', { buyer: 'citizen', lines, delivery })
    const { orders } = (await placed.json()) as { orders: { id: string }[] }
    const order = orders[0]!.id
    const opened = await this.#post('/my/payments', { orderIds: [order], way: 'alipay' })
    const { id: payment, payUrl } = (await opened.json()) as { id: string; payUrl: string }
    await fetch(payUrl)
    return { order, payment }
  }

  /** Pays at the provider, of which nobody hears yet. */
  pay(payment: string): Promise<number[]> {
    return this.sandbox.confirm('alipay', payment.replaceAll('-', ''), 'silent')
  }

  /** The provider's word of a payment, and what it was answered. */
  async hear(payment: string): Promise<string> {
    const trade = this.sandbox.till.find('alipay', payment.replaceAll('-', ''))!
    const { headers, body } = alipayNotice(this.#keys.alipay, this.sandbox.till, trade, 'prompt')
    const url = `${this.url}/api/v1/p/shenzhen/payment-notices/alipay`
    const heard = await fetch(url, { method: 'POST', headers, body })
    return `${heard.status} ${await heard.text()}`
  }
}
