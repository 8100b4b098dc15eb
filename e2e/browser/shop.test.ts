import { makePayKeys, merchantSettings } from '@silian/bank/pay/keys.ts'
import { type SandboxPay, startSandboxPay } from '@silian/bank/pay/sandbox.ts'
import { hearEvents } from '@silian/chains/supply/delivery/events.ts'
import { tradeNoOf } from '@silian/chains/supply/payments/providers/provider.ts'
import { putProvider } from '@silian/chains/supply/payments/settings.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import type { Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SmallWorld } from '../small-world.ts'
import { desk, phone, screens } from './chromium.ts'
import { theatre } from './stage.ts'
import type { Visitor } from './visitor.ts'

let sandbox: SandboxPay

/** A sandbox of both providers, as the demonstration has it. */
async function providers(kit: Whole, { write }: SmallWorld): Promise<void> {
  const keys = makePayKeys()
  sandbox = await startSandboxPay({ keys })
  const settings = merchantSettings(keys, sandbox.url)
  await write(tx => putProvider(tx, kit, 'wechat', settings.wechat))
  await write(tx => putProvider(tx, kit, 'alipay', settings.alipay))
}

const house = theatre(providers)
afterAll(() => sandbox?.stop())

const shop = (path = '') => `//s/shenzhen${path}`

describe('a guest on a phone', () => {
  let guest: Visitor
  beforeAll(async () => {
    guest = await house.anyone(phone, 'guest')
    // the answers that get lost below are lost by the test, which a service worker would hide from it
    await guest.page.addInitScript('navigator.serviceWorker.register = () => Promise.reject(new Error())')
  })
  afterAll(() => guest?.close())

  it('finds goods by their initials and puts two sellers’ into the cart', async () => {
    const { page } = guest
    await guest.visit(shop())
    expect(await guest.findings()).toEqual([])
    await page.getByRole('searchbox').fill('bsmg')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/find?q=bsmg')
    await guest.settled()
    expect(await page.locator('.card mark').first().innerText()).toBe('百色芒果')
    expect(await guest.findings()).toEqual([])
    await putIn(guest, '百色芒果', 2)
    await guest.visit(shop('/find'))
    await putIn(guest, '高原猕猴桃', 1)
    await page.locator('.bar-bottom .bar-count').getByText('2', { exact: true }).waitFor()
    await page.locator('.bar-bottom a[href$="/cart"]').click()
    await page.waitForURL('**/cart')
    await guest.settled()
    expect(await page.locator('.cart-seller').allInnerTexts()).toEqual(['示范芒果合作社', '示范猕猴桃合作社'])
    expect(await guest.findings()).toEqual([])
  })

  it('reads the cart without a line, and is told so', async () => {
    const { page } = guest
    await page.context().setOffline(true)
    expect(await page.locator('.line-down').innerText()).toContain('篮子里的东西都在')
    expect(await page.getByRole('button', { name: '去结算' }).getAttribute('aria-disabled')).toBe('true')
    await page.context().setOffline(false)
    await page.getByRole('link', { name: '去结算' }).click()
    await page.waitForURL('**/checkout')
  })

  it('is told what is missing', async () => {
    const { page } = guest
    await guest.settled()
    await page.getByRole('button', { name: '提交订单' }).click()
    expect(await page.locator('.field-bad').count()).toBe(4)
    expect(await guest.findings()).toEqual([])
  })

  it('loses the line in the middle of ordering and of paying, comes back, and has one order of each seller', async () => {
    const { page } = guest
    await page.getByLabel('收货人').fill('示例丁')
    await page.getByLabel('手机号').fill('139 0000 0007')
    await page.getByLabel('省份').selectOption('440000')
    await page.getByLabel('城市').selectOption('440300')
    await page.getByLabel('区县').selectOption('440304')
    await page.getByLabel('街道、门牌号').fill('示范路 1 号 202')
    const lost = await loseAnswers(guest, '**/api/v1/p/shenzhen/orders', '**/api/v1/p/shenzhen/my/payments')
    await page.getByRole('button', { name: '提交订单' }).click()
    // sent again by itself the order is found and not made anew; then the payment's answer is lost, too
    await page.getByRole('heading', { name: '订单已经下好，还差付款' }).waitFor()
    await page.reload()
    await page.waitForURL('**/pay/*')
    await guest.settled()
    expect(lost()).toEqual(['orders', 'payments'])
    expect(await countOf('select count(*)::int from "order" where buyer_kind = \'citizen\'')).toBe(2)
    expect(await countOf("select count(*)::int from payment where provider = 'wechat'")).toBe(1)
    expect(await page.locator('.paid .price').innerText()).toBe('¥250.00')
    forget(guest)
    expect(await guest.findings()).toEqual([])
  })

  it('pays at the provider’s page and sees that the money is there', async () => {
    const { page } = guest
    const payment = page.url().split('/').at(-1)!
    expect(await page.getByRole('link', { name: '打开微信支付' }).getAttribute('href')).toContain(sandbox.url)
    expect(sandbox.till.pay(sandbox.till.find('wechat', tradeNoOf(payment))!)).toBe(true)
    await page.getByRole('button', { name: '我已付款' }).click()
    await page.getByRole('heading', { name: '付款成功' }).waitFor()
    expect(await guest.findings()).toEqual([])
    await page.getByRole('link', { name: '看订单' }).click()
    await page.waitForURL('**/orders')
    await guest.settled()
    expect(await page.locator('.order-card .tag').allInnerTexts()).toEqual(['正在备货', '正在备货'])
    expect(await guest.findings()).toEqual([])
  })
})

/** From a list to the goods of that name, and so many of them into the cart. */
async function putIn(guest: Visitor, name: string, pieces: number): Promise<void> {
  const { page } = guest
  await page.locator('.card-name', { hasText: name }).first().click()
  await page.waitForURL('**/goods/*')
  await guest.settled()
  expect(await guest.findings()).toEqual([])
  for (let n = 1; n < pieces; n++) await page.getByRole('button', { name: '多一件' }).click()
  await page.getByRole('button', { name: /^放进篮子/ }).click()
  await page.getByText('已放进篮子').waitFor()
}

/** The first answer at each address is lost on the way back, as on a line that breaks: the server has done it. */
async function loseAnswers({ page }: Visitor, ...addresses: string[]): Promise<() => string[]> {
  const lost: string[] = []
  for (const address of addresses) {
    const name = address.split('/').at(-1)!
    await page.route(address, async route => {
      if (route.request().method() !== 'POST' || lost.includes(name)) return route.continue()
      await route.fetch()
      lost.push(name)
      await route.abort('connectionreset')
    })
  }
  return () => lost
}

/** What a broken line leaves in the console is the test's own doing. */
const forget = (guest: Visitor): void => {
  guest.troubles.splice(0)
}

async function countOf(sql: string): Promise<number> {
  const { kit, world } = house.stage
  const scope = { programme: world.programme, actor: 'test' }
  const [row] = await kit.app.read(scope, tx => tx.query<{ count: number }>(sql, []))
  return row!.count
}
