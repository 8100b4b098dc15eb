import { expect } from 'vitest'
import { type Job, photograph } from './job.ts'

/** A household that the village has not had yet, with its head. */
export async function entersHousehold({ at, side, household }: Job): Promise<void> {
  const cadre = await at('cadre')
  const { page } = cadre
  await cadre.visit('/registers/household')
  await page.click('.page-actions button:has-text("新增")')
  await page.click('.row-form button:has-text("添加家庭成员")')
  const pick = (column: string, label: string) =>
    page.selectOption(`[data-column=${column}] select`, { label })
  const fill = (column: string, text: string) => page.fill(`[data-column=${column}] input`, text)
  await fill('code', household.code)
  // all above it is the cadre's own place
  await pick('villageCode', side.village.at(-1)!)
  await pick('class', '脱贫户')
  await pick('cause', '因病')
  await fill('bankAccount', '6222000000000000')
  await fill('name', '示例丙')
  await fill('idNumber', household.identity.replace(/.$/, '?'))
  await page.click('.row-form button[type=submit]')
  await page.waitForSelector('[data-column=relation] .field-error')
  await pick('relation', '户主')
  await pick('sex', '女')
  await pick('labour', '普通劳动力')
  await page.click('.row-form button[type=submit]')
  await page.waitForSelector('[data-column=idNumber] .field-error')
  // the refusal that was provoked, as the browser notes it
  expect(cadre.troubles.splice(0)).toEqual([expect.stringMatching(/4\d\d/)])
  await fill('idNumber', household.identity)
  expect(await cadre.findings()).toEqual([])
  await page.click('.row-form button[type=submit]')
  await page.waitForSelector('.said:has-text("已登记")')
  await page.waitForSelector('.overlay .trail li')
  await page.waitForSelector('[data-part=member] tbody:has-text("示*")')
  expect(await cadre.findings()).toEqual([])
}

/** The bank account was wrong; a new one waits for the county's word. */
export async function proposesAccount({ at, household }: Job): Promise<void> {
  const { page } = await at('cadre')
  await page.click('.overlay-tools button:has-text("修改")')
  await page.fill('[data-column=bankAccount] input', household.account)
  await page.click('.row-form button[type=submit]')
  await page.waitForSelector('.said:has-text("修改已提交，待审核后生效")')
  await page.waitForSelector('.proposals')
}

/** The household agreed on paper, of which there is a photograph: without it nothing is recorded. */
export async function recordsConsent({ at, household }: Job): Promise<void> {
  const cadre = await at('cadre')
  const { page } = cadre
  await cadre.visit('/village/links')
  const offered = page
    .locator('.link-card', { hasText: household.code })
    .filter({ has: page.locator('button') })
  expect(await cadre.findings()).toEqual([])
  await offered.locator('button:has-text("登记农户意见")').click()
  await page.waitForSelector('.overlay form')
  await page.click('.overlay button[type=submit]')
  await page.waitForSelector('.overlay [role=alert]:has-text("纸件")')
  // the refusal that was provoked, as the browser notes it
  expect(cadre.troubles.splice(0)).toEqual([expect.stringContaining('409')])
  await page.setInputFiles('.overlay input[type=file]', photograph)
  await page.waitForSelector('.overlay .photos img')
  expect(await cadre.findings()).toEqual([])
  await page.click('.overlay button[type=submit]')
  await page.waitForSelector('.said:has-text("已登记")')
  await offered.waitFor({ state: 'detached' })
}

/** The money is there: the village asked the household, and says so. */
export async function confirmsPayout({ at, household }: Job, sum: string): Promise<void> {
  const cadre = await at('cadre')
  const { page } = cadre
  await cadre.visit('/home')
  await page.click('.waiting a[href*="village/payouts"]')
  const payout = page.locator('.payout', { hasText: household.code })
  await payout.locator('button:has-text("已到账")').click()
  expect(await payout.locator('.payout-confirm').innerText()).toContain(`家确实收到了 ${sum} 吗？`)
  expect(await cadre.findings()).toEqual([])
  await page.keyboard.press('Enter')
  await page.waitForSelector('.said:has-text("已确认")')
  await payout.waitFor({ state: 'detached' })
  await cadre.visit('/village/links')
  expect(await page.locator('main').innerText()).toContain(household.code)
}
