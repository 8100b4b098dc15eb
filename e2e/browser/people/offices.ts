import { expect } from 'vitest'
import type { Job } from './job.ts'

/** The county's word on the account that the village asked for. */
export async function confirmsAccount({ at, household }: Job): Promise<void> {
  const county = await at('county')
  const { page } = county
  await county.visit(`/registers/household?q=${household.code}`)
  await page.click('.row-open:visible')
  await page.waitForSelector('.proposals:has-text("银行账号")')
  expect(await county.findings()).toEqual([])
  await page.click('.proposals button:has-text("同意修改")')
  await page.waitForSelector('.said:has-text("修改已生效")')
  await page.waitForSelector('.proposals', { state: 'detached' })
  expect(await county.findings()).toEqual([])
}

/** The district's word on the unit's declaration. */
export async function confirmsDeclaration({ at, side }: Job): Promise<void> {
  const district = await at('district')
  const { page } = district
  await district.visit('/home')
  await page.click('.waiting a[href*="office/declarations"]')
  await district.settled()
  expect(await district.findings()).toEqual([])
  await page.click(`.desk-table tr:has-text("${side.unit}") button`)
  await page.waitForSelector('.ant-modal form')
  expect(await district.findings()).toEqual([])
  await page.getByRole('radio', { name: '确认', exact: true }).check()
  await page.click('.ant-modal button[type=submit]')
  await page.waitForSelector('.empty:has-text("没有等待确认的申报")')
  await district.settled()
  expect(await district.findings()).toEqual([])
}

/** What the county's completed purchases of this month are in the cockpit, in fen, after the map was opened down to it. */
export async function readsCockpit({ at, side }: Job): Promise<number> {
  const officer = await at('taskforce')
  const { page } = officer
  await officer.visit('/cockpit')
  expect(await officer.findings()).toEqual([])
  await page.click('.place-list button:has-text("广西壮族自治区")')
  await page.waitForSelector('.place-map-head:has-text("广西壮族自治区")')
  await page.waitForSelector('.area-map svg')
  await officer.settled()
  const month = new Date().toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' }).slice(0, 7)
  if (!(await officer.text('.place-map-head')).includes(month)) return 0
  const row = page.locator('.place-list li', { hasText: side.county.name })
  if ((await row.count()) === 0) return 0
  return Math.round(Number((await row.locator('.number').innerText()).replaceAll(/[^\d.]/g, '')) * 100)
}

/** From the county in the cockpit to the very order. */
export async function opensOrder({ at, side }: Job, order: string): Promise<void> {
  const officer = await at('taskforce')
  const { page } = officer
  await page.click(`.place-list button:has-text("${side.county.name}")`)
  await page.waitForSelector(`.county-products a:has-text("${side.product}")`)
  expect(await officer.findings()).toEqual([])
  await page.click('.county-products button')
  await page.waitForSelector('.fact-table a:has-text("查看订单")')
  expect(await officer.findings()).toEqual([])
  await page.click('.fact-table a:has-text("查看订单") >> nth=0')
  await page.waitForSelector(`h1:has-text("${order}")`)
  await officer.settled()
  expect(await page.locator('.order-actions').count()).toBe(0)
  expect(await officer.findings()).toEqual([])
}
