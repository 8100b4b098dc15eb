import { base } from '@silian/chains/production/bases/base.register.ts'
import { household } from '@silian/chains/production/households/household.register.ts'
import { saveRows } from '@silian/kernel/register/save.ts'
import { changeRow } from '@silian/kernel/register/service.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { describe, expect, it } from 'vitest'
import { everything } from '../refusals/side.ts'
import { screens } from './chromium.ts'
import { theatre } from './stage.ts'

/** Two bases of the co-operative, and a new account of a household that waits for the county. */
const { at } = theatre(async (kit, { id, programme, write }) => {
  const reach = everything(programme)
  const bases = ['1', '2'].map(n => ({
    values: {
      ...{ code: `JD-70${n}`, name: `示范${n}号基地`, areaCode: '451003', operatorId: id('coop') },
      ...{ type: 'crops', contactPhone: `1000000070${n}` },
    },
  }))
  await write(async tx => ok(await saveRows(tx, kit, base, reach, bases)))
  const account = { id: id('h1'), values: { bankName: '示范农商行', bankAccount: '6228480000000000011' } }
  await write(tx => changeRow(tx, kit, household, reach, account))
})

describe.each(screens)('at a %s', (_, screen) => {
  it('people are looked for by what stands in no address and in no store', async () => {
    const county = await at('county', screen)
    const { page } = county
    const addresses: string[] = []
    page.on('request', request => addresses.push(request.url()))
    await county.visit('/registers/base')
    await page.click('.list-filters-row button:has-text("筛选")')
    await page.fill('[data-filter=contactPhone] input', '10000000701')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.chip-set:has-text("10000000701")')
    await expect.poll(() => page.locator('.row-open:visible').count()).toBe(1)
    expect(await county.findings()).toEqual([])
    await page.click('summary:has-text("导出")')
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('.menu-body >> text=.csv')])
    expect(file.suggestedFilename()).toMatch(/\.csv$/)
    await page.click('summary:has-text("常用视图")')
    await page.waitForSelector('.save-view:has-text("不会保存在视图里")')
    await page.fill('.save-view input', `一号 ${screen.width}`)
    await page.click('.save-view button')
    await page.waitForSelector(`.view:has-text("一号 ${screen.width}")`)
    expect(await county.findings()).toEqual([])
    await page.click(`.view:has-text("一号 ${screen.width}") button:has-text("改名")`)
    await page.fill('.view input', `二号 ${screen.width}`)
    await page.click('.view button:has-text("保存")')
    await page.click(`.view:has-text("二号 ${screen.width}") button:has-text("删除")`)
    await page.waitForSelector(`.view:has-text("二号 ${screen.width}")`, { state: 'detached' })
    expect(addresses.filter(address => address.includes('10000000701'))).toEqual([])
    const stores = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]),
    )
    expect(stores).not.toContain('10000000701')
  })

  it('rows that merge are shown before they do', async () => {
    const county = await at('county', screen)
    const { page } = county
    await county.visit('/registers/base?q=JD-701')
    await page.click('.row-open:visible >> nth=0')
    await page.waitForSelector('.overlay .trail li')
    await page.click('.overlay-tools button:has-text("合并或拆分")')
    await page.selectOption('.overlay fieldset .picker select', { label: 'JD-702 · 示范2号基地' })
    await page.fill('.overlay textarea', '两处基地合并经营')
    await page.click('.overlay button:has-text("先看结果")')
    await page.waitForSelector('.overlay .notice-wait:has-text("将停用 1 条记录，由 1 条承接")')
    expect(await county.findings()).toEqual([])
    if (screen.width < 800) return
    await page.click('.overlay button:has-text("确认办理")')
    await page.waitForSelector('.overlay .kin button:has-text("示范2号基地")')
    await page.waitForSelector('.overlay .trail:has-text("承继"):has-text("示范2号基地")')
    expect(await county.findings()).toEqual([])
  })

  it('changes that wait are listed beside what stands, and decided', async () => {
    const county = await at('county', screen)
    const { page } = county
    await county.visit('/inbox')
    expect(await county.text('.inbox-proposals')).toMatch(/农户台账 · 待审核的修改\s*1/)
    await page.click('.inbox-proposals a')
    await page.waitForSelector('.proposal-list .changes')
    expect(await county.findings()).toEqual([])
    if (screen.width < 800) return
    await page.check('.proposal-head input')
    await page.fill('.bulk input', '已核对存折')
    expect(await county.findings()).toEqual([])
    await page.click('.bulk button:has-text("同意选中")')
    await page.waitForSelector('.said:has-text("1 项修改已生效")')
    await page.waitForSelector('.empty:has-text("没有待审核的修改")')
  })
})
