import { makePayKeys, merchantSettings } from '@silian/bank/pay/keys.ts'
import { type SandboxPay, startSandboxPay } from '@silian/bank/pay/sandbox.ts'
import { tradeNoOf } from '@silian/chains/supply/payments/providers/provider.ts'
import { putProvider } from '@silian/chains/supply/payments/settings.ts'
import { changeMedia } from '@silian/chains/value/products/media.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import type { Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { iconPng } from '../../apps/web/build/shop-icons.ts'
import { everything } from '../refusals/side.ts'
import type { SmallWorld } from '../small-world.ts'
import { phone, screens } from './chromium.ts'
import {
  ask,
  brought,
  delivered,
  listsFromWorkbook,
  rowsOf,
  seesItPaid,
  shipsFromTheList,
} from './people/market.ts'
import { hasItPaid, hasItSigned, ordersForAnother } from './people/point.ts'
import { theatre } from './stage.ts'
import type { Visitor } from './visitor.ts'

let sandbox: SandboxPay

/** A sandbox of both providers, as the demonstration has it. */
async function providers(kit: Whole, { id, programme, write }: SmallWorld): Promise<void> {
  const keys = makePayKeys()
  sandbox = await startSandboxPay({ keys })
  const settings = merchantSettings(keys, sandbox.url)
  await write(tx => putProvider(tx, kit, 'wechat', settings.wechat))
  await write(tx => putProvider(tx, kit, 'alipay', settings.alipay))
  // the world's pictures have rows and no files: goods without any are drawn
  for (const media of ['media', 'media2'])
    await write(tx => changeMedia(tx, everything(programme), id(media), 'remove'))
}

const house = theatre(providers)
afterAll(() => sandbox?.stop())

const shop = (path = '') => `//s/shenzhen${path}`

let guest: Visitor
afterAll(() => guest?.close())

describe('a guest on a phone', () => {
  beforeAll(async () => {
    guest = await house.anyone(phone, 'guest')
    // the answers that get lost below are lost by the test, which a service worker would hide from it
    await guest.page.addInitScript('navigator.serviceWorker.register = () => Promise.reject(new Error())')
  })

  it('finds goods by their initials and puts two sellers’ into the cart', async () => {
    const { page } = guest
    await guest.visit(shop())
    expect(await guest.findings()).toEqual([])
    await page.getByRole('searchbox').fill('bsmg')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/find?q=bsmg')
    await guest.settled()
    expect(await guest.text('.card-name')).toBe('百色芒果')
    expect(await page.locator('.card mark').allInnerTexts()).toContain('百色芒果')
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
    expect(await guest.text('.line-down')).toContain('篮子里的东西都在')
    expect(await page.getByRole('button', { name: '去结算' }).getAttribute('aria-disabled')).toBe('true')
    await page.context().setOffline(false)
    await page.getByRole('link', { name: '去结算' }).click()
    await page.waitForURL('**/checkout')
  })

  it('is told what is missing', async () => {
    const { page } = guest
    await guest.settled()
    await page.getByRole('button', { name: '提交订单' }).click()
    await page.locator('.sticky-foot [role=alert]', { hasText: '还有 4 处要填' }).waitFor()
    expect(await page.locator('.field-bad').count()).toBe(4)
    await page.locator('input[autocomplete=name]:focus').waitFor()
    expect(await guest.findings()).toEqual([])
  })

  it('loses the line in the middle of ordering and of paying, comes back, and has one order of each seller', async () => {
    const { page } = guest
    await saysWhere(guest, '139 0000 0007')
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
    expect(await guest.text('.paid .price')).toBe('¥252.00')
    forget(guest)
    expect(await guest.findings()).toEqual([])
  })

  it('is shown the two orders as one payment, with the time left, and comes back to it', async () => {
    const { page } = guest
    const payment = page.url().split('/').at(-1)!
    // opened anew: no page before it has fetched any words
    await guest.visit(shop('/orders'))
    await page.getByText('这 2 张订单一起付').waitFor()
    expect(await page.locator('.order-card .tag').allInnerTexts()).toEqual(['待付款', '待付款'])
    expect(await page.locator('.order-pay [role=timer]').allInnerTexts()).toEqual([
      expect.stringMatching(/^还有 (\d+:)?\d\d:\d\d$/),
    ])
    expect(await guest.findings()).toEqual([])
    await page.getByRole('button', { name: '去付款' }).click()
    await page.locator('.sheet .button', { hasText: '支付宝' }).waitFor()
    expect(await page.locator('.sheet .button').allInnerTexts()).toEqual(['微信支付', '支付宝'])
    expect(await guest.text('.sheet .price')).toBe('¥252.00')
    expect(await guest.findings()).toEqual([])
    await page.getByRole('button', { name: '微信支付' }).click()
    await page.waitForURL(`**/pay/${payment}`)
    await page.getByRole('link', { name: '打开微信支付' }).waitFor()
  })

  it('pays at the provider’s page and sees by itself that the money is there', async () => {
    const { page } = guest
    const payment = page.url().split('/').at(-1)!
    expect(await page.getByRole('link', { name: '打开微信支付' }).getAttribute('href')).toContain(sandbox.url)
    expect(sandbox.till.pay(sandbox.till.find('wechat', tradeNoOf(payment))!)).toBe(true)
    await page.getByRole('heading', { name: '付款成功' }).waitFor()
    expect(await guest.findings()).toEqual([])
    await page.getByRole('link', { name: '看订单' }).click()
    await page.waitForURL('**/orders')
    await guest.settled()
    expect(await page.locator('.order-card .tag').allInnerTexts()).toEqual(['正在备货', '正在备货'])
    expect(await guest.findings()).toEqual([])
  })

  it('gets it, finds half of it spoilt, sends a photograph, and has the money back', async () => {
    const { page } = guest
    await page.getByRole('link', { name: /百色芒果/ }).click()
    await page.waitForURL('**/orders/*')
    await guest.settled()
    expect(await guest.findings()).toEqual([])
    const order = page.url().split('/').at(-1)!
    await delivered(house.stage, await house.at('coop'), order)
    await page.reload()
    await page.getByRole('heading', { name: '已送到' }).waitFor()
    await guest.settled()
    expect(await guest.findings()).toEqual([])
    await page.getByRole('link', { name: '有问题，要退' }).click()
    await page.waitForURL('**/claim')
    await guest.settled()
    await page.getByRole('radio', { name: /坏了/ }).check()
    await page.getByRole('button', { name: '提交' }).click()
    expect(await guest.text('[role=alert]')).toBe('请选哪些东西、几件')
    expect(await guest.findings()).toEqual([])
    await page.getByRole('button', { name: '多一件' }).click()
    await page.getByLabel('说说情况').fill('有一箱压坏了')
    await page.setInputFiles('input[type=file]', {
      name: 'box.png',
      mimeType: 'image/png',
      buffer: photograph,
    })
    await page.getByRole('img', { name: '照片 1' }).waitFor()
    expect(await guest.findings()).toEqual([])
    await page.getByRole('button', { name: '提交' }).click()
    await page.waitForURL(`**/orders/${order}`)
    await page.getByRole('heading', { name: /等卖家答复/ }).waitFor()
    const coop = await house.at('coop')
    const { items } = (await ask(house.stage, coop, 'GET', '/claims')) as {
      items: { id: string; amountFen: number }[]
    }
    expect(items.map(claim => claim.amountFen)).toEqual([8100])
    await ask(house.stage, coop, 'POST', `/claims/${items[0]!.id}/answer`, { agree: true })
    await refunded(guest, order)
    expect(await guest.findings()).toEqual([])
  })

  it('says that the rest came, and what it was like, with a photograph', async () => {
    const { page } = guest
    await page.getByRole('button', { name: '确认收货' }).click()
    expect(await guest.findings()).toEqual([])
    await page.getByRole('button', { name: '都收到了' }).click()
    await page.getByRole('link', { name: '去评价' }).click()
    await page.waitForURL('**/evaluate')
    await guest.settled()
    expect(await guest.findings()).toEqual([])
    await page.locator('.star-choice label').nth(3).click()
    expect(await page.getByLabel('4 星，满分 5 星').isChecked()).toBe(true)
    await page.getByLabel('说几句，帮帮后面的人').fill('很甜')
    await page.setInputFiles('input[type=file]', {
      name: 'box.png',
      mimeType: 'image/png',
      buffer: photograph,
    })
    await page.getByRole('img', { name: '照片 1' }).waitFor()
    expect(await guest.findings()).toEqual([])
    await page.getByRole('button', { name: '提交评价' }).click()
    await page.getByRole('heading', { name: '已完成' }).waitFor()
    expect(await guest.findings()).toEqual([])
    await guest.visit(shop(`/goods/${house.stage.world.id('offer1')}`))
    expect(await guest.text('.review')).toContain('很甜')
    expect(await page.locator('.review img').count()).toBe(1)
    expect(await guest.findings()).toEqual([])
  })

  it('finds the address of before chosen for the next order', async () => {
    const { page } = guest
    await page.getByRole('button', { name: /^放进篮子/ }).click()
    await page.getByText('已放进篮子').waitFor()
    await guest.visit(shop('/checkout'))
    await page
      .locator('.choice:has(input[name=address]:checked)', { hasText: '深圳市 福田区 示范路 1 号 202' })
      .waitFor()
    expect(await page.getByLabel('收货人').count()).toBe(0)
    await page.locator('.choice .way', { hasText: '支付宝' }).waitFor()
    expect(await page.locator('.choice .way').allInnerTexts()).toEqual(['微信支付', '支付宝'])
    expect(await guest.findings()).toEqual([])
  })

  it('is told that what is not theirs is not there', async () => {
    await guest.visit(shop(`/orders/${newId()}`))
    expect(await guest.text('[role=alert]')).toContain('没有')
    forget(guest)
    expect(await guest.findings()).toEqual([])
  })
})

describe('a seller at the desk', () => {
  it('lists offers from a workbook', async () => {
    await listsFromWorkbook(await house.at('coop2'))
  })

  it('packs and hands over what the guest bought, and is paid', async () => {
    const { stage } = house
    const clerk = await house.at('coop2')
    const { items } = (await ask(stage, guest, 'GET', '/my/orders')) as {
      items: { id: string; sellerName: string }[]
    }
    const order = items.find(({ sellerName }) => sellerName === '示范猕猴桃合作社')!.id
    await brought(stage, await shipsFromTheList(stage, clerk, order))
    await ask(stage, guest, 'POST', `/my/orders/${order}/acceptance`, {})
    await ask(stage, guest, 'POST', `/my/orders/${order}/evaluation`, { score: 5, text: '好' })
    await seesItPaid(stage, clerk, order, '¥90.00')
  })
})

describe('a service point', () => {
  it('orders for an elderly person, has it paid by a square and keeps the signature', async () => {
    const point = await house.at('point', phone)
    const order = await ordersForAnother(house.stage, point)
    await hasItPaid(house.stage, point, sandbox, order)
    await delivered(house.stage, await house.at('coop'), order)
    await hasItSigned(house.stage, point, order)
  })
})

describe('the shop', () => {
  it.each(screens)(
    'is whole on a %s, in large print and at twice the size, in English, too',
    async (_, screen) => {
      const visitor = await house.anyone(screen, 'reader')
      const { page } = visitor
      const pages = [
        '',
        '/find',
        `/goods/${house.stage.world.id('offer2')}`,
        '/counties/451003',
        '/cart',
        '/orders',
        '/me',
      ]
      await visitor.visit(shop('/me'))
      await page.getByLabel(/大字版/).check()
      await page.getByLabel('English').click()
      await page.getByRole('heading', { name: 'Easier to read' }).waitFor()
      expect(await page.evaluate('getComputedStyle(document.documentElement).fontSize')).toBe('20.96px')
      for (const path of pages) {
        await visitor.visit(shop(path))
        expect(await visitor.findings(), path).toEqual([])
        await page.evaluate('document.documentElement.style.fontSize = "200%"')
        expect(await visitor.marks(), `${path} at 200 %`).toEqual([])
      }
      await visitor.close()
    },
  )

  it('says at the field that fewer are left, and beside the button why nothing was ordered', async () => {
    const visitor = await house.anyone(phone, 'crowd')
    const { page } = visitor
    await visitor.visit(shop(`/goods/${house.stage.world.id('offer1')}`))
    const pieces = page.getByRole('textbox', { name: '件数', exact: true })
    await pieces.fill('999999')
    await pieces.press('Enter')
    await page.locator('.pieces-cut', { hasText: /^只剩 \d+ 件，已改为 \d+$/ }).waitFor()
    expect(await visitor.findings()).toEqual([])
    // eighty yuan each: too much for a phone that nobody proved
    await pieces.fill('63')
    await page.getByRole('button', { name: /^放进篮子/ }).click()
    await page.getByText('已放进篮子').waitFor()
    await visitor.visit(shop('/checkout'))
    await saysWhere(visitor, '139 0000 0009')
    await page.getByRole('button', { name: '提交订单' }).click()
    const why = page.locator('.sticky-foot [role=alert]', { hasText: '合计最多 ¥5,000.00' })
    await why.waitFor()
    expect(await visitor.text('.sticky-foot [role=alert]')).not.toContain('请求编号')
    expect(await why.getByRole('link').allInnerTexts()).toEqual(['去验证手机号', '看订单，付款或取消'])
    await page.locator('.hindered:focus').waitFor()
    forget(visitor)
    expect(await visitor.findings()).toEqual([])
    await page.getByLabel('收货人').fill('示例戊')
    await why.waitFor({ state: 'detached' })
    await visitor.close()
  })

  it('keeps the field of the code whatever was asked, and tells what became of the last act alone', async () => {
    const visitor = await house.anyone(phone, 'prover')
    const { page } = visitor
    let codes = 0
    await page.route('**/shop/session/code', route =>
      codes++ === 0
        ? route.fulfill({ json: { againInSeconds: 2, goodForSeconds: 600 } })
        : route.fulfill({ status: 409, json: { code: 'code.too_soon', params: { seconds: 42 } } }),
    )
    await page.route('**/shop/session/proof', route =>
      route.fulfill({ status: 409, json: { code: 'code.wrong', params: {} } }),
    )
    await visitor.visit(shop('/me'))
    await page.getByLabel('手机号', { exact: true }).fill('138')
    await page.getByRole('button', { name: '收验证码' }).click()
    await page.locator('.field-bad', { hasText: '请填 11 位手机号' }).waitFor()
    expect(codes).toBe(0)
    await page.getByLabel('手机号', { exact: true }).fill('138 0000 0001')
    await page.getByRole('button', { name: '收验证码' }).click()
    await page.getByText('验证码已发到 13800000001，10 分钟内有效。').waitFor()
    await page.getByLabel('验证码', { exact: true }).fill('12345')
    await page.getByRole('button', { name: '登录' }).click()
    await page.locator('.field-bad', { hasText: '请填 6 位验证码' }).waitFor()
    await page.getByLabel('验证码', { exact: true }).fill('123456')
    await page.getByRole('button', { name: '登录' }).click()
    await page.locator('[role=alert]', { hasText: '验证码不对或已过期' }).waitFor()
    await page.getByRole('button', { name: '重新获取', exact: true }).click()
    await page.locator('[role=alert]', { hasText: '请 42 秒后再取' }).waitFor()
    expect(await page.locator('[role=alert]').count()).toBe(1)
    expect(await page.getByRole('button', { name: /^\d+ 秒后重新获取$/ }).isDisabled()).toBe(true)
    expect(await page.getByLabel('验证码', { exact: true }).inputValue()).toBe('123456')
    forget(visitor)
    expect(await visitor.findings()).toEqual([])
    await visitor.close()
  })

  it('opens without a line once it was open with one, and keeps no answer of the API', async () => {
    const visitor = await house.anyone(phone, 'traveller')
    const { page } = visitor
    await visitor.visit(shop())
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
    await page.reload()
    await visitor.settled()
    await page.context().setOffline(true)
    await page.goto(`${house.stage.url}/s/shenzhen/cart`)
    await page.getByText('篮子还是空的').waitFor()
    expect(await visitor.text('.line-down')).toContain('网络断开了')
    const kept: string[] = await page.evaluate(
      `caches.keys().then(names => Promise.all(names.map(name => caches.open(name).then(cache => cache.keys()))))
         .then(found => found.flat().map(request => new URL(request.url).pathname))`,
    )
    expect(kept).toContain('/shop.html')
    expect(kept.filter(path => path.startsWith('/api/') && !path.includes('/product-media/'))).toEqual([])
    await visitor.close()
  })

  it.each([
    ['home', '', '田里现摘的，送到您家'],
    ['a product', '/goods/offer1', '放进篮子'],
  ])('stands before any script: %s', async (_, path, words) => {
    const visitor = await house.anyone(phone, 'early')
    const { page } = visitor
    const url = `${house.stage.url}${shop(path.replace('offer1', house.stage.world.id('offer1'))).slice(1)}`
    const bare = await page.request.get(url).then(answer => answer.text())
    expect(bare).toContain(words)
    expect(bare).toContain('百色芒果')
    expect(bare).toContain(`<title>${path === '' ? words : '百色芒果'} · 四链好物</title>`)
    expect(bare).toMatch(/<noscript>[\s\S]*JavaScript[\s\S]*<\/noscript>/)
    if (path === '') expect(await page.request.get(`${url}/`).then(answer => answer.text())).toContain(words)
    for (const [headers, isDrawn] of [
      [{ cookie: 'silian.language=en' }, false],
      [{ cookie: '', 'accept-language': 'en-GB,en;q=0.9' }, false],
      [{ cookie: '', 'accept-language': 'en-GB,en;q=0.9,zh;q=0.5' }, true],
      [{ cookie: 'silian.language=zh', 'accept-language': 'en' }, true],
    ] as const) {
      const answer = await page.request.get(url, { headers }).then(found => found.text())
      expect(answer.includes(words), JSON.stringify(headers)).toBe(isDrawn)
    }
    // what the browser makes of it is what stands there: it complains of nothing when it takes over
    const complaints: string[] = []
    page.on('pageerror', error => void complaints.push(error.message))
    await page.goto(url)
    await visitor.settled()
    await page.getByRole('link', { name: '找货' }).last().click()
    await page.waitForURL('**/find')
    // chosen when the server was not told: what it drew gives way
    await page.evaluate(`localStorage.setItem('silian.language', 'en')`)
    await page.context().clearCookies()
    await page.goto(url)
    await page.locator('html[lang=en]').waitFor({ state: 'attached' })
    await visitor.settled()
    expect(await visitor.text('.bar-bottom')).toContain('Basket')
    expect(complaints).toEqual([])
    await visitor.close()
  })

  it('draws no page of what is not there', async () => {
    const visitor = await house.anyone(phone, 'lost')
    const { page } = visitor
    for (const path of ['/s/nowhere', `/s/shenzhen/goods/${newId()}`, '/s/shenzhen/goods/%3Cb%3E'])
      expect(await page.request.get(house.stage.url + path).then(answer => answer.text())).toContain(
        '<div id="root"></div>',
      )
    await visitor.close()
  })

  it.each([
    ['home', ''],
    ['a product', '/goods/offer1'],
  ])('is light: %s on a slow phone', async (name, path) => {
    const visitor = await house.anyone(phone, 'slow')
    const { page } = visitor
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Network.enable')
    await cdp.send('Network.emulateNetworkConditions', slowLine)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    let script = 0
    const scripts = new Set<string>()
    cdp.on('Network.responseReceived', ({ requestId, type }) => {
      if (type === 'Script') scripts.add(requestId)
    })
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) script += encodedDataLength
    })
    await page.addInitScript(
      `new PerformanceObserver(list => { for (const one of list.getEntries()) globalThis.largest = one.startTime })
         .observe({ type: 'largest-contentful-paint', buffered: true })`,
    )
    await visitor.visit(shop(path.replace('offer1', house.stage.world.id('offer1'))))
    const largest: number = await page.evaluate('globalThis.largest')
    process.stdout.write(`shop, ${name}: largest paint ${Math.round(largest)} ms, scripts ${script} bytes\n`)
    expect(script).toBeGreaterThan(50_000)
    expect(script).toBeLessThan(200_000)
    await visitor.close()
  })
})

/** As Lighthouse draws a phone: 1.6 Mbit/s down, 150 ms there and back. */
const slowLine = {
  ...{ offline: false, latency: 150 },
  ...{ downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 },
}

/** Any PNG will do. */
const photograph = iconPng(64)

/** The provider is asked in the background; its money is where it came from before the page says so. */
async function refunded(guest: Visitor, order: string): Promise<void> {
  const back = await rowsOf(
    house.stage,
    `select r.source, r.amount_fen, p.amount_fen as paid_fen, p.provider from refund r
       join payment p on p.programme_id = r.programme_id and p.id = r.payment_id where r.order_id = '${order}'`,
  )
  expect(back).toEqual([{ source: 'wechat', amount_fen: 8100, paid_fen: 25_200, provider: 'wechat' }])
  const state = () => rowsOf(house.stage, `select state from refund where order_id = '${order}'`)
  await expect.poll(state, { timeout: 30_000 }).toEqual([{ state: 'done' }])
  expect([...sandbox.till.refunds.values()].map(({ fen, state }) => [fen, state])).toEqual([[8100, 'done']])
  await guest.page.reload()
  await guest.settled()
  expect(await guest.text('.what-sum')).toContain('¥81.00')
  expect(await guest.text('.refund')).toBe('已退款 · 微信\n¥81.00')
}

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

/** Whom it goes to and where, as a guest writes it. */
async function saysWhere({ page }: Visitor, mobile: string): Promise<void> {
  await page.getByLabel('收货人').fill('示例丁')
  await page.getByLabel('手机号').fill(mobile)
  // a level waits for the one above it
  expect(await page.getByLabel('城市').isDisabled()).toBe(true)
  await page.getByLabel('省份').selectOption('440000')
  await page.getByLabel('城市').selectOption('440300')
  await page.getByLabel('区县').selectOption('440304')
  await page.getByLabel('街道、门牌号').fill('示范路 1 号 202')
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
  const [row] = await rowsOf<{ count: number }>(house.stage, sql)
  return row!.count
}
