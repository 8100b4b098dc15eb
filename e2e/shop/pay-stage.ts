import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makePayKeys, merchantSettings } from '@silian/bank/pay/keys.ts'
import { type SandboxPay, startSandboxPay } from '@silian/bank/pay/sandbox.ts'
import { giveToWallet } from '@silian/chains/supply/customers/give.ts'
import { newCustomer } from '@silian/chains/supply/customers/service.ts'
import { placeOrders } from '@silian/chains/supply/orders/place.ts'
import { readNow } from '@silian/chains/supply/orders/place-reads.ts'
import { askProvider, closeTrade } from '@silian/chains/supply/payments/ask.ts'
import type { PayWay } from '@silian/chains/supply/payments/contract.ts'
import { openMyPayment } from '@silian/chains/supply/payments/pay.ts'
import type { ProviderName } from '@silian/chains/supply/payments/providers/provider.ts'
import { tradeNoOf } from '@silian/chains/supply/payments/providers/provider.ts'
import { receiveNotice } from '@silian/chains/supply/payments/receive.ts'
import { askRefund } from '@silian/chains/supply/payments/refund-ask.ts'
import { putProvider } from '@silian/chains/supply/payments/settings.ts'
import type { Scope } from '@silian/kernel/database/database.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { must, ok, type Result } from '@silian/kernel/result/result.ts'
import { RaceStage } from '../races/stage.ts'
import { worldTime } from '../small-world.ts'

/** What a citizen's purse may be filled with, and what of each sort is bought: boxes of mangoes at 80 yuan. */
export const BOX = 8000

/** A small world with both sandbox providers, whose callbacks reach it at the world's own time. */
export class PayStage {
  readonly race: RaceStage
  readonly sandbox: SandboxPay
  /** Minutes after the world's time. */
  minutes = 0
  readonly #hooks: { readonly url: string; close(): Promise<void> }

  private constructor(race: RaceStage, sandbox: SandboxPay, hooks: PayStage['hooks']) {
    this.race = race
    this.sandbox = sandbox
    this.#hooks = hooks
  }

  static async open(): Promise<PayStage> {
    const race = await RaceStage.open()
    const keys = makePayKeys()
    // the clock is the stage's own, which stands in the sandbox before it is made
    const clock = { now: () => worldTime }
    const sandbox = await startSandboxPay({ keys, now: () => clock.now() })
    const hooks = await listen((name, headers, body) =>
      receiveNotice(race.kit, stage.scope(), name, { headers, body }),
    )
    const stage = new PayStage(race, sandbox, hooks)
    clock.now = () => stage.now
    const settings = merchantSettings(keys, sandbox.url)
    must(await stage.write(tx => putProvider(tx, race.kit, 'wechat', settings.wechat)))
    must(await stage.write(tx => putProvider(tx, race.kit, 'alipay', settings.alipay)))
    return stage
  }

  get hooks(): { readonly url: string; close(): Promise<void> } {
    return this.#hooks
  }

  get now(): Date {
    return new Date(worldTime.getTime() + this.minutes * 60_000)
  }

  scope(): Scope {
    return { programme: 'shenzhen', actor: 'test', at: this.now }
  }

  write<T>(work: Parameters<RaceStage['run']>[0]): Promise<Result<T>> {
    return this.race.kit.app.write(this.scope(), work) as Promise<Result<T>>
  }

  /** A proven customer with so much in the wallet. */
  async customer(walletFen = 0): Promise<string> {
    const { kit } = this.race
    return must(
      await this.write<string>(async tx => {
        const phone = `139${String(Number.parseInt(newId().slice(-6), 16) % 10 ** 8).padStart(8, '0')}`
        const id = await newCustomer(tx, kit, phone, { provenAt: tx.at })
        if (walletFen > 0) must(await giveToWallet(tx, kit, { customerId: id, fen: walletFen }))
        return ok(id)
      }),
    )
  }

  /** An order of so many boxes that waits for its payment; of both co-operatives there are two. */
  async order(customer: string, { boxes = 1, walletFen = 0, both = false } = {}): Promise<string[]> {
    const { kit, world } = this.race
    const id = newId()
    const lines = [{ offerId: world.id('offer1'), offerVersion: 1, pieces: boxes }]
    if (both) lines.push({ offerId: world.id('offer2'), offerVersion: 1, pieces: boxes })
    const placed = await this.write<string[]>(async tx => {
      const delivery = { name: '示例丙', phone: '13900000000', areaCode: '440304', address: '示范路1号' }
      const input = { buyer: 'citizen' as const, id, lines, note: '', delivery, walletFen }
      const ask = { actor: customer, units: [], customers: [customer], input }
      const [outcome] = await placeOrders(tx, kit, [ask], await readNow(tx, [ask]))
      return outcome!.ok ? ok(outcome!.value.orders.map(order => order.id)) : outcome!
    })
    return must(placed)
  }

  /** Opens a payment and, by a provider, has it asked where to confirm. */
  async pay(customer: string, orderIds: string[], way: PayWay, fen?: number): Promise<string> {
    const id = newId()
    must(
      await this.write(tx =>
        openMyPayment(tx, this.race.kit, [customer], {
          id,
          orderIds,
          way,
          ...(fen !== undefined && { fen }),
        }),
      ),
    )
    if (way !== 'wallet') await this.ask(id)
    return id
  }

  async ask(payment: string): Promise<void> {
    await askProvider(this.race.kit, this.scope(), payment, {
      ...{ publicUrl: this.hooks.url, payerAddress: '203.0.113.7' },
    })
    const [row] = await this.race.db.owner<{ pay_url: string | null; provider: string }>(
      'select pay_url, provider from payment where id = $1',
      [payment],
    )
    // Alipay learns of a trade from the payer's browser
    if (row!.provider === 'alipay' && row!.pay_url) await fetch(row!.pay_url)
  }

  trade(way: ProviderName, payment: string) {
    return this.sandbox.till.find(way, tradeNoOf(payment))!
  }

  confirm(way: ProviderName, payment: string, manner?: Parameters<SandboxPay['confirm']>[2]) {
    return this.sandbox.confirm(way, tradeNoOf(payment), manner)
  }

  close(payment: string): Promise<void> {
    return closeTrade(this.race.kit, this.scope(), payment)
  }

  /** Runs what waits to be asked of providers, as the worker would. */
  async askRefunds(): Promise<void> {
    const waiting = await this.race.db.owner<{ id: string }>(
      `select id from refund where state in ('ordered', 'asked') and source in ('wechat', 'alipay') order by id`,
    )
    for (const { id } of waiting) await askRefund(this.race.kit, this.scope(), id)
  }

  async state(order: string) {
    const [row] = await this.race.db.owner<{
      state: string
      paid: boolean
      refunded: number
      completed: boolean
    }>(
      `select state, paid_at is not null as paid, refunded_fen as refunded, completed_at is not null as completed
         from "order" where id = $1`,
      [order],
    )
    return row!
  }

  balance(account: string): Promise<number> {
    return this.race.account(account).then(found => found.balance)
  }

  refunds(order: string) {
    return this.race.db.owner<{ source: string; fen: number; state: string }>(
      'select source, amount_fen::int as fen, state from refund where order_id = $1 order by ordered_at, tender_no',
      [order],
    )
  }

  async end(): Promise<void> {
    await this.sandbox.stop()
    await this.hooks.close()
    await this.race.close()
  }
}

type Take = (
  name: ProviderName,
  headers: Record<string, string | string[] | undefined>,
  body: Buffer,
) => Promise<Result<{ heard: string }>>

/** Our side of the callbacks, as the route is, but at the stage's time. */
async function listen(take: Take): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    const name = request.url!.split('/').at(-1) as ProviderName
    const heard = await take(name, request.headers, Buffer.concat(pieces)).catch(() => undefined)
    response.writeHead(heard?.ok ? 200 : heard ? 401 : 500).end(heard?.ok ? heard.value.heard : '')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}
