import { afterEach, describe, expect, it } from 'vitest'
import { desk, phone, type Screen, screens } from './chromium.ts'
import { theatre } from './stage.ts'
import type { Visitor } from './visitor.ts'

const house = theatre()

let visitor: Visitor
const open = async (screen: Screen): Promise<Visitor> => {
  visitor = await house.anyone(screen)
  return visitor
}
afterEach(() => visitor?.close())

describe.each(screens)('a buyer at a %s', (_, screen) => {
  it('finds what waits, an order, the pavilion, a product and the figure, each open to everybody', async () => {
    const buyer = await open(screen)
    await buyer.signIn('buyer')
    expect(await buyer.text('h1')).toBe('您好，示例buyer')
    expect(await buyer.text('.waiting')).toContain('笔订单待评价')
    expect(await buyer.findings()).toEqual([])

    await buyer.visit('/buyer/orders')
    expect(await buyer.page.locator('a[href*="/buyer/orders/"]:visible').count()).toBeGreaterThan(5)
    expect(await buyer.findings()).toEqual([])

    await buyer.visit(`/buyer/orders/${house.stage.settledOrder}`)
    expect(await buyer.text('.completion')).toContain('本订单已完成，计入预留份额')
    expect(await buyer.text('.benefit')).toMatch(/示\*+[\s\S]*订单收购[\s\S]*合作社所得/)
    expect(await buyer.text('.trail')).toMatch(/下单[\s\S]*公开日志第 \d+ 条/)
    expect(await buyer.findings()).toEqual([])

    await buyer.visit('/shop')
    expect(await buyer.text('.offers')).toContain('百色芒果')
    expect(await buyer.findings()).toEqual([])

    await buyer.page.click('.offer-link >> nth=0')
    await buyer.page.waitForSelector('.reach')
    await buyer.settled()
    expect(await buyer.text('.reach')).toContain('到达农户')
    expect(await buyer.findings()).toEqual([])

    await buyer.visit('/open/figures')
    expect(await buyer.text('.months')).toContain('2025-10')
    expect(await buyer.text('.cited')).toContain('引用 S1-1')
    expect(await buyer.findings()).toEqual([])
  })

  it('sees the rest of the pages without being kept out', async () => {
    const buyer = await open(screen)
    await buyer.visit('//sign-in')
    expect(await buyer.findings()).toEqual([])
    await buyer.signIn('buyer')
    for (const path of ['/buyer/quota', '/buyer/basket', '//nowhere']) {
      await buyer.visit(path)
      expect(await buyer.findings(), path).toEqual([])
    }
  })
})

describe('sign-in', () => {
  it('works by keys alone, from the skip link to the home', async () => {
    const { page } = await open(desk)
    await visitor.visit('//sign-in')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.className')).toBe('skip')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.type('buyer.shenzhen')
    await page.keyboard.press('Tab')
    await page.keyboard.type('a long test password')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/p/shenzhen/home')
    await visitor.settled()
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1')
    expect(await page.title()).toBe('您好，示例buyer · 四链')
  })

  it('says what is wrong with a name or password, and asks for what is missing', async () => {
    const { page } = await open(phone)
    await visitor.visit('//sign-in')
    await page.click('form button[type=submit]')
    expect(await page.locator('.field-error').allInnerTexts()).toEqual(['请填写此项', '请填写此项'])
    expect(await page.evaluate('document.activeElement.name')).toBe('username')
    await page.fill('input[name=username]', 'buyer2.shenzhen')
    await page.fill('input[name=password]', 'not the password')
    await page.click('form button[type=submit]')
    const alert = await page.waitForSelector('[role=alert]')
    expect(await alert.innerText()).toContain('用户名或密码不对')
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
    expect(citizen.scriptBytes).toBeGreaterThan(50_000)
    expect(citizen.scriptBytes).toBeLessThan(200_000)
    expect(citizen.troubles).toEqual([])
  })

  it('filters by class and county', async () => {
    const { page } = await open(desk)
    await visitor.visit('/shop')
    await page.selectOption('.filter-county select', { label: '乐业县' })
    await page.waitForURL('**county=451028**')
    await visitor.settled()
    expect(await page.locator('.offer-name').allInnerTexts()).toEqual(['高原猕猴桃'])
    await page.click('.chip:has-text("茶饮")')
    await page.waitForSelector('.empty')
    expect(await visitor.text('.empty')).toContain('没有符合条件的商品')
  })
})

describe('the published figure', () => {
  it('is checked in the browser, in words', async () => {
    const { page } = await open(desk)
    await visitor.visit('/open/figures?month=2025-10')
    await page.click('.check button')
    await page.waitForSelector('.verdict-good, .verdict .notice', { timeout: 30_000 })
    const verdict = await visitor.text('.verdict')
    expect(verdict).toContain('核验通过：本数字与公开日志逐条一致，重新计算结果相同')
    expect(verdict).toContain('没有证明什么')
    await page.click('.check button')
    await page.waitForSelector('.verdict:has-text("是本浏览器上次所见")')
    expect(await visitor.findings()).toEqual([])
  })

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
    await page.waitForSelector('.verdict [role=alert]')
    expect(await visitor.text('.verdict')).toContain('核验没有通过')
  })
})
