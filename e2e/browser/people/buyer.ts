import { yearOf } from '@silian/kernel/time/shanghai.ts'
import { expect } from 'vitest'
import { type Job, orderNumber, photograph } from './job.ts'

/** The canteen's budget of the year and what of it is reserved; nobody may declare for a year without a rule. */
export async function declares({ at, side }: Job): Promise<void> {
  const buyer = await at('buyer')
  const { page } = buyer
  const year = yearOf(new Date())
  await buyer.visit('/buyer/quota')
  await page.click('.page-actions a:has-text("填报份额")')
  await buyer.settled()
  await page.getByLabel('年度').selectOption(String(year + 1))
  await page.waitForSelector('.notice:has-text("还没有适用的规则")')
  await page.waitForSelector('.declare button[type=submit]:disabled')
  await page.getByLabel('年度').selectOption(String(year))
  await page.getByLabel('食堂', { exact: true }).selectOption({ label: '机关食堂' })
  await page.getByLabel('全年食堂采购预算（元）').fill('100000')
  await page.getByLabel('预留金额（元）').fill('15000')
  expect(await buyer.findings()).toEqual([])
  await page.click('.declare button[type=submit]')
  await page.waitForURL('**/buyer/quota')
  await page.waitForSelector(`.quota-list .card:has-text("${side.unit} · ${year} 年"):has-text("待确认")`)
  expect(await buyer.findings()).toEqual([])
}

/** From the pavilion into the basket, and out of it for the year's declaration. Answers the order's number. */
export async function orders({ at, side, spec }: Job): Promise<string> {
  const buyer = await at('buyer')
  const { page } = buyer
  await buyer.visit('/shop')
  expect(await buyer.findings()).toEqual([])
  await page.click(`.offer:has-text("${spec}") a`)
  await page.waitForSelector('.reach')
  await buyer.settled()
  await page.waitForSelector('.reach:has-text("到达农户")')
  await page.fill('.add input', '0')
  await page.click('.add button')
  await page.waitForSelector('.field-error:text-is("请填写不小于 1 的整数")')
  await page.fill('.add input', '4')
  await page.click('.add button')
  expect(await buyer.findings()).toEqual([])
  await page.click('.add-inside a')
  await page.waitForURL('**/buyer/basket')
  await buyer.settled()
  expect(await buyer.text('.basket-sum')).toContain('¥320.00')
  const choice = page.locator('.quota-choice', { hasText: side.unit })
  await choice.filter({ hasText: '已完成' }).waitFor()
  expect(await choice.innerText()).toMatch(/申报预留\s+¥15,000.00[\s\S]*待审批[\s\S]*已下单[\s\S]*已完成/)
  expect(await buyer.findings()).toEqual([])
  // the only declaration that fits is chosen already
  await choice.locator('input:checked').waitFor({ state: 'attached' })
  await page.fill('textarea', '请送到后门')
  await page.reload()
  await buyer.settled()
  expect(await page.inputValue('textarea')).toBe('请送到后门')
  await page.click('form button[type=submit]')
  await page.waitForURL(/buyer\/orders\/[0-9a-f-]{36}$/)
  await buyer.settled()
  expect(await buyer.text('.way-now')).toMatch(/审批\s+进行中/)
  expect(await buyer.text('.order-actions')).toBe('取消订单')
  expect(await buyer.findings()).toEqual([])
  return orderNumber.exec(await buyer.text('h1'))![0]
}

/** The goods are looked at, with the invoice and a photograph. */
export async function accepts({ at }: Job, order: string): Promise<void> {
  const buyer = await at('buyer')
  const { page } = buyer
  await buyer.visit('/home')
  expect(await buyer.findings()).toEqual([])
  await page.click('.waiting a:has-text("待验收")')
  await page.click(`a:visible:has-text("${order}")`)
  await page.click('.order-actions button:has-text("验收")')
  await page.fill('#invoiceNumber', 'INV-77')
  await page.click('.ant-modal button[type=submit]')
  await page.waitForSelector('.ant-form-item-explain-error:has-text("请先核对")')
  await page.setInputFiles('.ant-modal input[type=file]', photograph)
  await page.waitForSelector('.ant-modal .photos img')
  await page.check('#goodsOk')
  expect(await buyer.findings()).toEqual([])
  await page.click('.ant-modal button[type=submit]')
  await page.waitForSelector('.photos[aria-label="验收照片"] img')
}

/** Answers the code that the transfer needs. */
export async function asksForCode({ at }: Job): Promise<string> {
  const buyer = await at('buyer')
  const { page } = buyer
  await page.click('.order-actions button:has-text("付款")')
  await page.waitForSelector('.ant-modal form')
  await page.click('.ant-modal button[type=submit]')
  await page.waitForURL(/buyer\/payments\//)
  await page.waitForSelector('.slip-code')
  expect(await buyer.text('.slip-amount')).toBe('¥320.00')
  expect(await buyer.findings()).toEqual([])
  return buyer.text('.slip-code')
}

/** The last of the three: what the money did is told as soon as the order counts. */
export async function evaluates({ at }: Job, order: string): Promise<void> {
  const buyer = await at('buyer')
  const { page } = buyer
  await page.waitForSelector('.slip .badge:has-text("已到账")')
  await buyer.visit('/home')
  await page.click('.waiting a:has-text("待评价")')
  await page.click(`a:visible:has-text("${order}")`)
  await page.click('.order-actions button:has-text("评价")')
  await page.click('.ant-modal label:has-text("5 分")')
  await page.fill('#text', '新鲜')
  expect(await buyer.findings()).toEqual([])
  await page.click('.ant-modal button[type=submit]')
  await page.waitForSelector('.completion:has-text("本订单已完成，计入预留份额")')
  await expect
    .poll(() => reached(page), { timeout: 30_000 })
    .toMatch(/订单收购[\s\S]*¥40\.00[\s\S]*合作社所得/)
  await page.waitForSelector('.trail:has-text("公开日志第")')
  expect(await buyer.text('.trail')).toMatch(/下单[\s\S]*公开日志第 \d+ 条/)
  expect(await buyer.findings()).toEqual([])

  async function reached(shown: typeof page): Promise<string> {
    await shown.reload()
    await buyer.settled()
    return shown.locator('main').innerText()
  }
}
