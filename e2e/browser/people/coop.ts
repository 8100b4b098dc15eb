import { yearOf } from '@silian/kernel/time/shanghai.ts'
import { expect } from 'vitest'
import type { Job } from './job.ts'

/** A link for the household that the village told the code of. */
export async function proposesLink({ at, side, household }: Job): Promise<void> {
  const coop = await at('coop')
  const { page } = coop
  await coop.visit('/supplier/links')
  await page.click('.page-actions button:has-text("提出联结")')
  await page.waitForSelector('.overlay form')
  await page.getByLabel('农户编号').fill(household.code)
  await page.getByLabel('结束日期').fill(`${yearOf(new Date()) + 1}-12-31`)
  await page.getByLabel('收购产品').selectOption({ label: side.product })
  await page.getByLabel('保护价（元）').fill('2')
  expect(await coop.findings()).toEqual([])
  await page.click('.overlay button[type=submit]')
  await page.waitForSelector('.said:has-text("已提出，等待农户同意")')
  await page.waitForSelector(`.link-card:has-text("${household.code}"):has-text("待村里登记农户意见")`)
  expect(await coop.findings()).toEqual([])
}

/** A harvest, half of it the household's, and an offer out of it. */
export async function harvests({ at, side, household, lot }: Job): Promise<void> {
  const coop = await at('coop')
  const { page } = coop
  await coop.visit('/supplier/lots')
  await page.click('.page-actions button:has-text("采收入库")')
  await page.waitForSelector('.overlay form')
  await page.getByLabel('产品').selectOption({ label: side.product })
  await page.getByLabel('批次号').fill(lot)
  // the only place that the co-op has is chosen by itself
  const place = page.locator('.overlay').getByLabel('仓点')
  await expect.poll(() => place.inputValue(), { timeout: 10_000 }).toMatch(/^[0-9a-f-]{36}$/)
  await page.getByLabel('合作社自产（千克）').fill('50')
  await page.getByLabel(`农户 ${household.code}`).fill('50')
  expect(await coop.findings()).toEqual([])
  await page.click('.overlay button[type=submit]')
  await page.waitForSelector('.said:has-text("已入库")')
  await page.waitForSelector(`.desk-table tr:has-text("${lot}"):has-text("100 千克")`)
  expect(await coop.findings()).toEqual([])
}

export async function offers({ at, side, lot, spec }: Job): Promise<void> {
  const coop = await at('coop')
  const { page } = coop
  await coop.visit('/supplier/offers')
  await page.click('.page-actions button:has-text("上架商品")')
  await page.waitForSelector('.overlay form')
  await page.getByLabel('产品').selectOption({ label: side.product })
  const left = page.locator('.overlay option', { hasText: lot })
  await left.waitFor({ state: 'attached' })
  expect(await left.textContent()).toMatch(/ · \d{4}-\d\d-\d\d 采收 · 余 100 千克 · ./)
  await page.getByLabel('批次号').selectOption((await left.getAttribute('value'))!)
  await page.getByLabel('规格（中文）').fill(spec)
  await page.getByLabel('规格（英文）').fill('A whole box')
  await page.getByLabel('每件净重（千克）').fill('5')
  await page.getByLabel('单价（元/件）').fill('80')
  expect(await coop.findings()).toEqual([])
  await page.click('.overlay button[type=submit]')
  await page.waitForSelector('.said:has-text("已上架")')
  await page.waitForSelector(`.desk-table tr:has-text("${spec}"):has-text("在售")`)
  expect(await coop.findings()).toEqual([])
}

export async function ships({ at }: Job, order: string): Promise<void> {
  const coop = await at('coop')
  const { page } = coop
  await coop.visit('/home')
  await page.click('.waiting a:has-text("待发货")')
  await page.click(`a:visible:has-text("${order}")`)
  await page.waitForSelector('.way-steps')
  await page.click('.order-actions button:has-text("发货")')
  await page.getByLabel('承运单位').fill('示范物流')
  await page.getByLabel('运单号').fill('SF-1')
  await coop.still()
  expect(await coop.findings()).toEqual([])
  await page.click('.overlay button[type=submit]')
  await page.waitForSelector('.way-now:has-text("验收")')
  await coop.settled()
  expect(await coop.findings()).toEqual([])
}
