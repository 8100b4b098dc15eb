import { describe, expect, it } from 'vitest'
import { screens } from './chromium.ts'
import { theatre } from './stage.ts'
import type { Visitor } from './visitor.ts'

const { at } = theatre()

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
  expect(await county.text('[data-column=headName]')).not.toMatch(/\*/)
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
  expect(await page.evaluate('document.activeElement.closest("[data-column]").dataset.column')).toBe(
    'incomeYear',
  )
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
  expect(await county.text('.import-faults tbody')).toMatch(/3[\s\S]*所在地[\s\S]*没有这个地方/)
  expect(await county.findings()).toEqual([])
  await page.click('button:has-text("只导入没有问题的 1 行")')
  await page.waitForSelector('p:has-text("导入完成；1 行有问题")')
  await county.visit('/registers/base?q=JD-900')
  expect(await county.text('.list-table tbody')).toContain('示范一号基地')
})
