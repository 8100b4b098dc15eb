import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { desk, phone } from './chromium.ts'
import { type Stage, setStage } from './stage.ts'
import { Visitor } from './visitor.ts'

// a browser on a busy machine takes its time
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let stage: Stage
const visitors: Visitor[] = []
beforeAll(async () => {
  stage = await setStage()
})
afterAll(async () => {
  await Promise.all(visitors.map(visitor => visitor.close()))
  await stage?.close()
})

const signedIn = async (name: string, screen = desk): Promise<Visitor> => {
  const visitor = await Visitor.open(stage, screen)
  visitors.push(visitor)
  await visitor.signIn(name)
  return visitor
}

const orderNumber = /\d{8}-[0-9A-Z]{8}/
let order: string

it('a buyer puts a product into the basket, chooses the declaration by its four figures and orders', async () => {
  const buyer = await signedIn('buyer', phone)
  const { page } = buyer
  await buyer.visit(`/shop/offers/${stage.world.id('offer2')}`)
  await page.fill('.add input', '0')
  await page.click('.add button')
  expect(await buyer.text('.field-error')).toBe('请填写不小于 1 的整数')
  await page.fill('.add input', '2')
  await page.click('.add button')
  await page.click('.add-inside a')
  await page.waitForURL('**/buyer/basket')
  await buyer.settled()
  expect(await buyer.text('.basket-sum')).toContain('¥180.00')
  expect(await page.isDisabled('form button[type=submit]')).toBe(true)
  expect(await buyer.text('.quota-choice')).toMatch(
    /申报预留\s+¥15,000.00[\s\S]*待审批[\s\S]*已下单[\s\S]*已完成/,
  )
  expect(await buyer.findings()).toEqual([])
  await page.check('.quota-choice input')
  await page.fill('textarea', '请送到后门')
  await page.reload()
  await buyer.settled()
  expect(await page.inputValue('textarea')).toBe('请送到后门')
  await page.click('form button[type=submit]')
  await page.waitForURL(/buyer\/orders\/[0-9a-f-]{36}$/)
  await buyer.settled()
  order = orderNumber.exec(await buyer.text('h1'))![0]
  expect(await buyer.text('.way-now')).toMatch(/审批\s+进行中/)
  expect(await buyer.text('.order-actions')).toBe('取消订单')
})

it('the approver finds it waiting and approves it', async () => {
  const approver = await signedIn('approver')
  const { page } = approver
  await page.click('.waiting a:has-text("笔订单待审批")')
  await page.waitForURL('**state=in_approval')
  await page.click(`a:has-text("${order}")`)
  await page.waitForSelector('.way-steps')
  await page.click('.order-actions button:has-text("审批")')
  await page.waitForSelector('.ant-modal form')
  await approver.still()
  expect(await approver.findings()).toEqual([])
  await page.click('.ant-modal button[type=submit]')
  await page.waitForSelector('.said:has-text("审批已提交")')
  await page.waitForSelector('.way-now:has-text("发货")')
})

it('the co-operative ships it', async () => {
  const coop = await signedIn('coop2', phone)
  const { page } = coop
  await page.click('.waiting a')
  await page.click(`a:visible:has-text("${order}")`)
  await page.waitForSelector('.way-steps')
  await page.click('.order-actions button:has-text("发货")')
  await page.click('.ant-modal button[type=submit]')
  await page.waitForSelector('.ant-form-item-explain-error')
  await page.fill('#carrier', '示范物流')
  await page.fill('#waybill', 'SF-1')
  await coop.still()
  expect(await coop.findings()).toEqual([])
  await page.click('.ant-modal button[type=submit]')
  await page.waitForSelector('.way-now:has-text("验收")')
})

it('the canteen accepts and evaluates it', async () => {
  const acceptor = await signedIn('acceptor')
  const { page } = acceptor
  await page.click('.waiting a:has-text("待验收")')
  await page.click(`a:has-text("${order}")`)
  await page.click('.order-actions button:has-text("验收")')
  await page.fill('#invoiceNumber', 'INV-77')
  await page.click('.ant-modal button[type=submit]')
  await page.waitForSelector('.ant-form-item-explain-error:has-text("请先核对")')
  await page.check('#goodsOk')
  await page.click('.ant-modal button[type=submit]')
  await page.click('.order-actions button:has-text("评价")')
  await page.click('.ant-modal label:has-text("5 分")')
  await page.fill('#text', '新鲜')
  await page.click('.ant-modal button[type=submit]')
  await page.waitForSelector('.completion:has-text("还差：付款")')
})

it('the accountant gets a code to pay by', async () => {
  const accountant = await signedIn('accountant')
  const { page } = accountant
  await page.click('.waiting a:has-text("待付款")')
  await page.click(`a:has-text("${order}")`)
  await page.click('.order-actions button:has-text("付款")')
  await page.click('.ant-modal button[type=submit]')
  await page.waitForURL(/buyer\/payments\//)
  await page.waitForSelector('.slip-code')
  expect(await accountant.text('.slip-code')).toMatch(/^P[0-9A-Z]{9}$/)
  expect(await accountant.text('.slip-amount')).toBe('¥180.00')
  expect(await accountant.findings()).toEqual([])
})

it('a cadre confirms what a household received', async () => {
  const cadre = await signedIn('cadre2', phone)
  const { page } = cadre
  await cadre.visit('/village/payouts')
  const before = await page.locator('.payout').count()
  expect(before).toBeGreaterThan(0)
  await page.click('.payout button >> nth=0')
  expect(await cadre.text('.payout-confirm')).toMatch(/家确实收到了 ¥[\d,.]+ 吗？/)
  expect(await cadre.findings()).toEqual([])
  await page.keyboard.press('Enter')
  await page.waitForSelector('.said:has-text("已确认")')
  await expect.poll(() => page.locator('.payout').count()).toBe(before - 1)
})

it('the district confirms a declaration, the finance bureau sees its batches, the task force what is published', async () => {
  const district = await signedIn('district2')
  await district.page.click('.waiting a')
  await district.page.click('.desk-table button')
  await district.page.waitForSelector('.ant-modal form')
  await district.still()
  expect(await district.findings()).toEqual([])
  await district.page.click('.ant-modal button[type=submit]')
  await district.page.waitForSelector('.empty:has-text("没有等待确认的申报")')

  const finance = await signedIn('finance')
  await finance.visit('/office/payouts')
  expect(await finance.text('.desk-table')).toContain('田阳区')
  expect(await finance.findings()).toEqual([])

  const taskForce = await signedIn('taskforce')
  await taskForce.visit('/office/figures')
  expect(await taskForce.text('main')).toContain('2025-11')
  expect(await taskForce.findings()).toEqual([])

  const bank = await signedIn('bank', phone)
  await bank.visit('/bank/batches')
  expect(await bank.text('.desk-table')).toContain('已发放')
  expect(await bank.findings()).toEqual([])
})
