import { afterEach, describe, expect, it } from 'vitest'
import { desk, phone, type Screen } from './chromium.ts'
import { theatre } from './stage.ts'
import type { Visitor } from './visitor.ts'

const house = theatre()

let visitor: Visitor
const open = async (screen: Screen): Promise<Visitor> => {
  visitor = await house.anyone(screen)
  return visitor
}
afterEach(() => visitor?.close())

describe('sign-in', () => {
  it('says what is wrong with a name or password, and asks for what is missing', async () => {
    const { page } = await open(phone)
    await visitor.visit('//sign-in')
    await page.click('form button[type=submit]')
    await expect
      .poll(() => page.locator('.field-error').allInnerTexts())
      .toEqual(['请填写此项', '请填写此项'])
    await page.waitForSelector('input[name=username]:focus')
    await page.fill('input[name=username]', 'buyer2.shenzhen')
    await page.fill('input[name=password]', 'not the password')
    await page.click('form button[type=submit]')
    await page.waitForSelector('[role=alert]:has-text("用户名或密码不对")')
    expect(page.url()).toBe(`${house.stage.url}/sign-in`)
  })

  it('leads back to the page that asked for it, and signing out forgets who it was', async () => {
    const { page } = await open(desk)
    await page.goto(`${house.stage.url}/p/shenzhen/buyer/quota`)
    await page.waitForURL('**/sign-in?to=*')
    await page.fill('input[name=username]', 'buyer.shenzhen')
    await page.fill('input[name=password]', 'a long test password')
    await page.click('form button[type=submit]')
    await page.waitForURL('**/buyer/quota')
    await visitor.settled()
    await page.click('.account button')
    await page.waitForURL('**/sign-in')
    await page.goto(`${house.stage.url}/p/shenzhen/buyer/quota`)
    await page.waitForURL('**/sign-in?to=*')
  })
})

describe('languages', () => {
  it('change in place and are remembered', async () => {
    const { page } = await open(desk)
    await visitor.visit('/open/figures')
    expect(await visitor.text('h1')).toBe('公开数据')
    await page.click('button:has-text("English")')
    await page.waitForSelector('h1:has-text("Figures")')
    expect(await page.getAttribute('html', 'lang')).toBe('en')
    await page.reload()
    await visitor.settled()
    expect(await visitor.text('h1')).toBe('Figures')
    expect(await visitor.findings()).toEqual([])
    await page.click('button:has-text("中文")')
    await page.waitForSelector('h1:has-text("公开数据")')
  })

  it('have two vocabularies', async () => {
    const { page } = await open(phone)
    await visitor.visit('/shop')
    expect(await visitor.text('.nav-bottom')).toContain('帮扶馆')
    await page.click('.preferences .preference >> nth=0')
    await page.waitForSelector('.nav-bottom:has-text("扶贫馆")')
    await page.reload()
    await visitor.settled()
    expect(await visitor.text('.nav-bottom')).toContain('扶贫馆')
  })
})

describe('the shop', () => {
  it('loads no more than 200 kB of compressed scripts and nothing from elsewhere', async () => {
    const citizen = await open(phone)
    await citizen.visit('/shop')
    expect(await citizen.text('.offers')).toContain('百色芒果')
    const bytes = await citizen.scriptBytes()
    expect(bytes).toBeGreaterThan(50_000)
    expect(bytes).toBeLessThan(200_000)
    expect(citizen.troubles).toEqual([])
  })

  it('filters by class and county', async () => {
    const { page } = await open(desk)
    await visitor.visit('/shop')
    await page.selectOption('.filter-county select', { label: '乐业县' })
    await page.waitForURL('**county=451028**')
    await expect.poll(() => page.locator('.offer-name').allInnerTexts()).toEqual(['高原猕猴桃'])
    await page.click('.chip:has-text("茶饮")')
    await page.waitForSelector('.empty:has-text("没有符合条件的商品")')
  })
})

describe('the published figure', () => {
  it('fails the check when the page shows another sum than the log holds', async () => {
    const { page } = await open(desk)
    await page.route('**/figures', async route => {
      const response = await route.fetch()
      const figures = (await response.json()) as { totalFen: number }[]
      await route.fulfill({
        response,
        json: figures.map(figure => ({ ...figure, totalFen: figure.totalFen + 1 })),
      })
    })
    await visitor.visit('/open/figures?month=2025-10')
    await page.click('.check button')
    await page.waitForSelector('.verdict:has([role=alert]):has-text("核验没有通过")')
  })
})
