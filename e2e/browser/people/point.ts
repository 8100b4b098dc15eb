import type { SandboxPay } from '@silian/bank/pay/sandbox.ts'
import { tradeNoOf } from '@silian/chains/supply/payments/providers/provider.ts'
import { expect } from 'vitest'
import type { Stage } from '../stage.ts'
import type { Visitor } from '../visitor.ts'
import { rowsOf } from './market.ts'

/** Orders mangoes for somebody at home. Answers the order. */
export async function ordersForAnother(stage: Stage, point: Visitor): Promise<string> {
  const { page } = point
  await point.visit('/point/orders')
  expect(await point.findings()).toEqual([])
  await page.getByRole('button', { name: '代他人下单' }).click()
  const dialog = page.locator('dialog')
  await dialog.getByLabel('姓名').fill('示例戊')
  await dialog.getByLabel('电话').fill('13900000021')
  for (const [level, code] of Object.entries({ 省级: '440000', 市级: '440300', 县级: '440304' }))
    await dialog.getByLabel(level).selectOption(code)
  await dialog.getByLabel('街道、门牌号').fill('示范里 3 号')
  await dialog.getByRole('combobox', { name: '商品' }).fill('bsmg')
  await dialog
    .getByRole('option', { name: /百色芒果/ })
    .first()
    .waitFor()
  expect(await point.findings()).toEqual([])
  await page.keyboard.press('Enter')
  expect(await point.findings()).toEqual([])
  await dialog.getByRole('button', { name: '下单' }).click()
  await page.waitForSelector('.said:has-text("已下单，请付款")')
  await page.getByText('示**').first().waitFor()
  expect(await point.findings()).toEqual([])
  const [order] = await rowsOf<{ order_id: string }>(stage, 'select order_id from proxy_order')
  return order!.order_id
}

/** Somebody scans the square and pays; the page, which shows it, finds out. */
export async function hasItPaid(
  stage: Stage,
  point: Visitor,
  { till }: SandboxPay,
  order: string,
): Promise<void> {
  const { page } = point
  await page.getByRole('button', { name: '扫码付款' }).click()
  await page.getByRole('button', { name: '生成付款码' }).click()
  await page.locator('.ant-qrcode').waitFor()
  expect(await point.findings()).toEqual([])
  const [payment] = await rowsOf<{ payment_id: string }>(
    stage,
    `select payment_id from payment_allocation where order_id = '${order}'`,
  )
  expect(till.pay(till.find('wechat', tradeNoOf(payment!.payment_id))!)).toBe(true)
  await page.getByRole('button', { name: '已付款，查询' }).click()
  await page.locator('.ant-qrcode').waitFor({ state: 'detached' })
  await expect
    .poll(() => rowsOf(stage, `select state from "order" where id = '${order}'`))
    .toEqual([{ state: 'approved' }])
}

/** Brought home: nothing is taken without a signature; the one that is drawn is kept and accepts the goods. */
export async function hasItSigned(stage: Stage, point: Visitor, order: string): Promise<void> {
  const { page } = point
  await point.visit('/point/orders')
  await page.getByRole('button', { name: '送达签收' }).click()
  await page.getByRole('button', { name: '确认签收' }).click()
  await page.locator('dialog').getByText('请先签名，再确认').waitFor()
  const box = (await page.locator('.signature-pad').boundingBox())!
  await page.mouse.move(box.x + 20, box.y + 20)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width - 20, box.y + box.height - 20, { steps: 6 })
  await page.mouse.up()
  expect(await point.findings()).toEqual([])
  await page.getByRole('button', { name: '确认签收' }).click()
  await page.waitForSelector('.said:has-text("已签收")')
  await point.settled()
  expect(await point.findings()).toEqual([])
  expect(
    await rowsOf(
      stage,
      `select o.state, x.signature from "order" o
         join proxy_order x on x.programme_id = o.programme_id and x.order_id = o.id where o.id = '${order}'`,
    ),
  ).toEqual([{ state: 'accepted', signature: 'drawn' }])
}
