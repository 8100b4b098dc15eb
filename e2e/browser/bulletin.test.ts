import { expect, it } from 'vitest'
import { desk, phone } from './chromium.ts'
import { theatre } from './stage.ts'
import type { Visitor } from './visitor.ts'

const scene = theatre()

/** The bulletin of October, which the world has published. */
const toBulletin = async (visitor: Visitor) => {
  await visitor.visit('/bulletins')
  await visitor.page.click('.bulletin-list a')
  await visitor.page.waitForURL('**/bulletins/*')
  await visitor.settled()
}

it('opens a flow, different subjects and a ratio to facts that stand in the log', async () => {
  const office = await scene.at('taskforce', desk)
  const { page } = office
  for (const key of ['completed', 'buyers', 'completed_of_ordered']) {
    await toBulletin(office)
    const shown = (await office.text(`[data-figure=${key}]`)).replaceAll(/[^\d.]/g, '')
    await page.click(`[data-figure=${key}] >> nth=0`)
    await page.waitForSelector('dialog .fact-table')
    await office.settled()
    expect(await office.findings()).toEqual([])
    const sum = await office.text('dialog .fact-table tfoot td')
    // a ratio opens into its parts, whose sums are its own
    if (key !== 'completed_of_ordered') expect(sum.replaceAll(/[^\d.]/g, '')).toBe(shown)
    else {
      await page.check('dialog input[type=radio] >> nth=1')
      await page.waitForSelector('dialog .fact-table')
      await office.settled()
      const under = await office.text('dialog .fact-table tfoot td')
      const [over, whole] = [sum, under].map(text => Number(text.replaceAll(/[^\d.]/g, '')))
      expect(((over! / whole!) * 100).toFixed(2)).toBe(shown)
    }
    const fact = await page.getAttribute('dialog .fact-table .fact-link', 'href')
    const entry = await page.request.get(`${scene.stage.url}${fact}`)
    expect(entry.status()).toBe(200)
    expect(await entry.text()).toMatch(/order\.|fact/)
  }
  await page.click('dialog .fact-table td a[href*="/orders/"]')
  await page.waitForURL('**/orders/**')
})

it('gives a visitor the published statement and its check, and English words around the figures', async () => {
  const visitor = await scene.anyone(phone, 'reader')
  const { page } = visitor
  await toBulletin(visitor)
  expect(await visitor.findings()).toEqual([])
  await page.click('[data-figure=by_county] >> nth=0')
  await page.waitForSelector('dialog .statement .fact-link')
  expect(await page.locator('dialog .fact-table').count()).toBe(0)
  expect(await visitor.findings()).toEqual([])
  await page.click('dialog a[href*="open/figures"]')
  await page.waitForURL('**/open/figures?month=2025-10')
  await toBulletin(visitor)
  await page.evaluate(() => localStorage.setItem('silian.language', 'en'))
  await page.reload()
  await visitor.settled()
  expect(await visitor.text('h1')).toBe('Bulletin of consumption assistance, 2025-10')
  expect(await page.locator('caption').allInnerTexts()).toContain('Completed purchases (2025-10)')
  expect(await page.locator('h2').allInnerTexts()).toContain('On whose word')
  expect(await visitor.findings()).toEqual([])
})
