import { grantRole } from '@silian/kernel/access/members.ts'
import { creditCheck } from '@silian/kernel/declared/credit-code.ts'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { phone, screens } from './chromium.ts'
import { theatre } from './stage.ts'
import type { Visitor } from './visitor.ts'

const house = theatre()
const { at, anyone } = house

const openFirst = async ({ page }: Visitor): Promise<void> => {
  await page.click('.row-open:visible >> nth=0')
  await page.waitForSelector('.overlay .trail li')
}

describe.each(screens)('a register at a %s', (_, screen) => {
  it('is listed, narrowed by its columns, and each row opens beside it at an address of its own', async () => {
    const county = await at('county', screen)
    const { page } = county
    await county.visit('/registers/household')
    expect(await county.text('h1')).toBe('农户台账')
    const all = await page.locator('.row-open:visible').count()
    expect(all).toBeGreaterThan(1)
    expect(await county.findings()).toEqual([])

    await page.click('.list-filters-row button:has-text("筛选")')
    await page.check('[data-filter=class] input >> nth=1')
    await page.waitForURL('**class=*')
    await page.waitForSelector('.empty:has-text("没有符合条件的记录")')
    expect(await county.findings()).toEqual([])
    await page.click('.chip-set')
    await expect.poll(() => page.locator('.row-open:visible').count()).toBe(all)

    await openFirst(county)
    expect(page.url()).toMatch(/row=[0-9a-f-]{36}/)
    expect(await county.text('.overlay')).toMatch(/变更历史[\s\S]*登记/)
    expect(await county.findings()).toEqual([])
    await page.reload()
    await page.waitForSelector('.overlay .trail li')
    await page.keyboard.press('Escape')
    await page.waitForSelector('.overlay', { state: 'detached' })
    expect(page.url()).not.toContain('row=')
  })
})

it('shows what is masked only to those who say what for', async () => {
  const county = await at('county')
  const { page } = county
  await county.visit('/registers/household')
  await openFirst(county)
  expect(await county.text('[data-column=headName]')).toMatch(/\*/)
  await page.click('.overlay-tools button:has-text("查看完整信息")')
  await page.click('.reveal button[type=submit]')
  expect(await county.text('.reveal .field-error')).toBe('请填写此项')
  await page.fill('input[name=purpose]', '核对发放对象')
  await page.click('.reveal button[type=submit]')
  await page.waitForSelector('.overlay .notice-wait:has-text("本次查看已记录")')
  await page.waitForSelector('.overlay [data-column=headName]:not(:has-text("*"))')
})

it('a change is typed, kept over a reload, refused at its field and then saved with what was before', async () => {
  const county = await at('county')
  const { page } = county
  await county.visit('/registers/household')
  await openFirst(county)
  await page.click('.overlay-tools button:has-text("修改")')
  await page.fill('[data-column=incomeYear] input', '20x5')
  await page.click('.row-form button[type=submit]')
  await page.waitForSelector('[data-column=incomeYear] .field-error')
  await page.waitForSelector('[data-column=incomeYear] input:focus')
  await page.fill('[data-column=incomeYear] input', '2025')
  await page.fill('[data-column=wageIncome] input', '12,000.5')
  await page.reload()
  await page.waitForSelector('.overlay .trail li')
  await page.click('.overlay-tools button:has-text("修改")')
  expect(await page.inputValue('[data-column=wageIncome] input')).toBe('12,000.5')
  expect(await county.findings()).toEqual([])
  await page.click('.row-form button[type=submit]')
  await page.waitForSelector('.said:has-text("修改已保存")')
  await page.waitForSelector('[data-column=wageIncome]:has-text("12,000.50 元")')
  await page.waitForSelector('.trail li:has-text("修改") .changes:has-text("12,000.50 元")')
})

it('a workbook is tried, its faults told in words, and only then imported', async () => {
  const county = await at('county')
  const { page } = county
  const rows = [
    '基地编号,基地名称,所在地,经营主体,基地类型',
    'JD-900,示范一号基地,451003,示范芒果合作社,蔬菜水果',
    'JD-901,示范二号基地,没有这个地方,示范芒果合作社,蔬菜水果',
  ]
  await county.visit('/registers/base/imports')
  expect(await county.findings()).toEqual([])
  await page.click('form button[type=submit]')
  expect(await county.text('.field-error')).toBe('请填写此项')
  await page.setInputFiles('input[type=file]', {
    name: 'bases.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(rows.join('\r\n')),
  })
  await page.click('form button[type=submit]')
  await page.waitForURL('**run=*')
  await page.waitForSelector('.badge:has-text("已完成")')
  expect(await county.text('[data-count=rows] dd')).toBe('2')
  expect(await county.text('[data-count=added] dd')).toBe('1')
  await page.waitForSelector('.import-faults tbody:has-text("没有这个地方")')
  expect(await county.text('.import-faults tbody')).toMatch(/3[\s\S]*所在地[\s\S]*没有这个地方/)
  expect(await county.findings()).toEqual([])
  await page.click('button:has-text("只导入没有问题的 1 行")')
  await page.waitForSelector('p:has-text("导入完成；1 行有问题")')
  await county.visit('/registers/base?q=JD-900')
  expect(await county.text('.list-table tbody')).toContain('示范一号基地')
})

const caseAddress = /cases\/supplier_entry\/[0-9a-f-]{36}$/

/** Fills the form of a supplier's entry as its clerk would. */
async function fillEntry(page: Page): Promise<void> {
  const fill = (column: string, text: string) =>
    page.fill(`[data-column=${column}] input, [data-column=${column}] textarea`, text)
  const body = '91451003MA5KXXXX0'
  await page.selectOption('[data-column=supplier] select', { label: '示范芒果合作社' })
  await fill('name', '示范芒果合作社')
  await fill('creditCode', body + creditCheck(body))
  await page.selectOption('[data-column=entityType] select', { label: '合作社' })
  // province and city are the co-operative's own
  await page.selectOption('[data-column=countyCode] select', { label: '田阳区' })
  for (const [column, text] of [
    ['legalPerson', '示例甲'],
    ['contact', '示例乙'],
    ['phone', '10000000001'],
    ['products', '芒果'],
    ['monthlySupply', '2500.5'],
    ['households', '12'],
    ['incomePerHousehold', '1200'],
    ['licenceTo', '2031-05-01'],
  ] as const)
    await fill(column, text)
  await page.check('[data-column=mechanism] input >> nth=0')
  await page.check('[data-column=promise] input')
}

it('a co-operative hands in a case from its phone and sees what happens next', async () => {
  const coop = await at('coop', phone)
  const { page } = coop
  await coop.visit('/cases/supplier_entry')
  expect(await coop.text('.empty')).toContain('没有办件')
  await page.click('.page-actions .button-main')
  await page.waitForURL('**/cases/supplier_entry/new')
  await page.click('form button[type=submit]')
  await page.waitForSelector('.field-error')
  expect(await coop.findings()).toEqual([])
  await fillEntry(page)
  await page.click('form button[type=submit]')
  await page.waitForURL(caseAddress)
  await coop.settled()
  expect(await coop.text('h1')).toBe('供应商入驻 · 示范芒果合作社')
  expect(await coop.text('[data-column=monthlySupply]')).toContain('2,500.5 千克')
  expect(await coop.text('[data-column=legalPerson] dd')).toBe('示**')
  expect(await coop.text('.lifecycle [aria-current=step]')).toContain('农业农村部门审核')
  expect(await page.locator('.lifecycle li').first().textContent()).toContain('接下来：乡村振兴部门审核')
  expect(await coop.findings()).toEqual([])
})

it('whoever is asked finds it in the inbox by keys, must give a reason to return it, and passes it on', async () => {
  const officer = await at('agriculture')
  const { page } = officer
  await page.waitForSelector('.bell-count')
  await officer.visit('/inbox')
  expect(await officer.text('.inbox-total')).toContain('1')
  expect(await officer.findings()).toEqual([])
  // what asks for a form is decided alone
  expect(await page.getAttribute('.task .mark:has(input:disabled)', 'title')).toContain('须逐项填表')
  // from wherever one has just come
  await page.keyboard.press('j')
  await page.waitForSelector('.task-link:focus')
  await page.keyboard.press('Enter')
  await page.waitForURL(caseAddress)
  await officer.settled()
  expect(await officer.text('.task-form')).toContain('核实生产、供货能力和质量')
  expect(await officer.findings()).toEqual([])
  await page.click('.task-form button:has-text("转办")')
  await page.waitForSelector('.overlay .empty:has-text("没有可以转给的同事")')
  expect(await officer.findings()).toEqual([])
  await page.keyboard.press('Escape')
  await page.waitForSelector('.overlay', { state: 'detached' })
  await page.click('.task-form button:has-text("退回补正")')
  await page.waitForSelector('.task-form .field-error:has-text("须写明意见")')
  await page.click('.task-form .button-main')
  await page.waitForSelector('.task-form [role=alert]:has-text("有条件不符合，不能通过")')
  // the refusal that was provoked, as the browser notes it
  expect(officer.troubles.splice(0)).toEqual([expect.stringContaining('409')])
  for (const column of ['produces', 'supplies', 'quality']) await page.check(`[data-column=${column}] input`)
  await page.click('.task-form .button-main')
  await page.waitForSelector('.said:has-text("已办理：通过")')
  await page.waitForSelector('.lifecycle [aria-current=step]:has-text("乡村振兴部门审核")')
  await page.waitForSelector('.trail:has-text("通过 → 乡村振兴部门审核")')
  await officer.visit('/inbox')
  expect(await officer.text('.empty')).toContain('没有等您办理的事项')
  await officer.visit('/notifications')
  expect(await officer.text('.told')).toMatch(/示范芒果合作社\s*供应商入驻：新的待办“农业农村部门审核”/)
  // what was told of it is read with it
  await page.waitForSelector('.bell-count', { state: 'detached' })
  await officer.visit('/absences')
  expect(await officer.text('main')).toContain('没有可以代办的同事')
  expect(await officer.findings()).toEqual([])
  const coop = await at('coop', phone)
  await coop.visit('/notifications')
  await coop.page.click('button:has-text("全部标为已读")')
  await coop.page.waitForSelector('.bell-count', { state: 'detached' })
})

/** Gives the task of the co-op's case to a colleague. */
async function giveTo({ page }: Visitor, colleague: string): Promise<void> {
  await page.click('.task-link:has-text("示范芒果合作社")')
  await page.waitForURL(caseAddress)
  await page.click('.task-form button:has-text("转办")')
  await page.selectOption('.overlay select', { label: colleague })
  await page.fill('.overlay input', '出差')
  await page.click('.overlay button[type=submit]')
  await page.waitForSelector('.said:has-text("已转办")')
}

it('a task is given to a colleague who may do it, and back; an absence names its deputy and is cancelled', async () => {
  const { kit, world } = house.stage
  const { id, programme } = world
  await kit.app.write({ programme, actor: 'system' }, tx =>
    grantRole(tx, {
      ...{ memberId: id('member agriculture'), role: 'county_officer', organisationId: id('tianyang') },
    }),
  )
  const [county, officer] = [await at('county'), await at('agriculture')]
  await county.visit('/inbox')
  await giveTo(county, '示例agriculture')
  await county.page.waitForSelector('.task-form', { state: 'detached' })
  await officer.visit('/inbox')
  await giveTo(officer, '示例county')
  const { page } = county
  await county.page.click('.side a:has-text("外出与代办")')
  await page.waitForSelector('.form-grid select')
  const day = `${new Date().getUTCFullYear() + 1}-05-01`
  for (const field of await page.locator('input[type=date]').all()) await field.fill(day)
  await page.selectOption('main select', { label: '示例agriculture' })
  await page.click('button:has-text("登记外出")')
  await page.waitForSelector(`.runs li:has-text("${day} 至 ${day}，由示例agriculture代办")`)
  expect(await county.findings()).toEqual([])
  await page.click('.runs button:has-text("取消外出")')
  await page.waitForSelector('.runs li', { state: 'detached' })
})

it('several tasks that ask the same are decided together', async () => {
  const county = await at('county')
  const { page } = county
  await county.visit('/inbox')
  await page.click('.task-link:has-text("示范芒果合作社")')
  await page.waitForURL(caseAddress)
  await page.check('[data-column=linkClear] input')
  await page.fill('[data-column=householdsChecked] input', '12')
  await page.click('.task-form .button-main')
  await page.waitForSelector('.lifecycle [aria-current=step]:has-text("县级推荐")')
  await county.visit('/inbox')
  await page.check('.task:has-text("示范芒果合作社") .mark input')
  await page.click('.bulk button:has-text("推荐")')
  await page.waitForSelector('.overlay-dialog')
  expect(await county.findings()).toEqual([])
  await page.click('.overlay-dialog button[type=submit]')
  await page.waitForSelector('.said:has-text("已办理 1 项")')
})

it('everybody reads the notices', async () => {
  const citizen = await anyone(phone)
  await citizen.visit('/publicity')
  expect(await citizen.text('.empty')).toContain('现在没有公示')
  expect(await citizen.findings()).toEqual([])
})

describe.each(screens)('figures at a %s', (_, screen) => {
  it('are defined, drawn, told in a table and opened into their facts', async () => {
    const office = await at('taskforce', screen)
    const { page } = office
    await office.visit('/metrics/completed_purchases?from=2025-01&to=2025-12')
    await page.waitForSelector('.chart svg')
    expect(await office.text('h1')).toBe('完成采购额')
    await page.waitForSelector('.metric-table tbody:has-text("893.00 元")')
    expect(await office.text('.metric-table tbody')).toMatch(/2025-10[\s\S]*田阳区[\s\S]*893\.00 元/)
    expect(await office.findings()).toEqual([])
    await page.click('.metric-table button:has-text("893.00 元")')
    await page.waitForSelector('.fact-table tbody:has-text("公开日志第")')
    expect(await office.text('.fact-table tbody')).toMatch(/80\.00 元[\s\S]*公开日志第 \d+ 条/)
    expect(await office.findings()).toEqual([])
    await page.keyboard.press('Escape')
    await page.selectOption('.metric-controls select >> nth=1', { label: '不分组' })
    await page.waitForURL('**by=-*')
    await page.waitForSelector('.metric-table tbody:has-text("1,253.00 元")')
  })

  it('lie on a map that opens from province to county to goods and orders', async () => {
    const office = await at('taskforce', screen)
    const { page } = office
    await office.visit('/cockpit')
    await page.click('.place-list button:has-text("广西壮族自治区")')
    await page.waitForSelector('.place-map-head:has-text("广西壮族自治区")')
    await page.waitForSelector('.area-map svg')
    expect(await office.findings()).toEqual([])
    await page.click('.place-list button:has-text("田阳区")')
    await page.waitForSelector('.county-products a:has-text("百色芒果")')
    await page.click('.county-products button')
    await page.waitForSelector('.fact-table a:has-text("查看订单")')
    expect(await office.findings()).toEqual([])
  })
})

it('a county officer’s figures are the county’s own, on the card and on the page that it opens', async () => {
  const county = await at('county', phone)
  const { page } = county
  await county.visit('/cockpit')
  const card = '.key-figures li:has-text("完成采购额") >> nth=0'
  expect(await county.text(card)).toContain('本辖区')
  expect(await county.findings()).toEqual([])
  await page.click(`${card} >> a`)
  await page.waitForURL('**/metrics/completed_purchases?county=451003')
  await page.waitForSelector('.chip-set:has-text("田阳区")')
  expect(await county.findings()).toEqual([])
  await county.visit('/metrics')
  expect(await county.text('.metric-card:has-text("验收至付款天数")')).toContain('全项目')
})
