import { expect, it } from 'vitest'
import { phone } from './chromium.ts'
import { theatre } from './stage.ts'

const { at, anyone } = theatre()

const dialog = '.overlay-dialog[open]'

let password: string

it('the security administrator makes an account, and its password is shown once', async () => {
  const security = await at('security')
  const { page } = security
  await security.visit('/admin/people')
  await page.click('.page-actions button')
  await page.waitForSelector(dialog)
  await page.fill('input[name=username]', 'new.clerk.shenzhen')
  await page.fill('input[name=name]', '示例新人')
  await page.click('.overlay-dialog[open] button[type=submit]')
  await page.waitForSelector('.shown-once code')
  password = await security.text('.shown-once code')
  expect(password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
  expect(await security.findings()).toEqual([])
  await page.click('.shown-once .button-main')
  await page.fill('input[type=search]', 'new.clerk')
  await page.click('a:has-text("new.clerk.shenzhen")')
  await page.waitForSelector('h1:has-text("new.clerk.shenzhen")')
  await page.waitForSelector('.page-lead:has-text("示**"):has-text("待本人改密")')
})

it('and grants a role in an organisation found by initials; oneself nothing', async () => {
  const security = await at('security')
  const { page } = security
  await security.visit('/admin/people')
  await page.fill('input[type=search]', 'new.clerk')
  await page.click('a:has-text("new.clerk.shenzhen")')
  await page.click('button:has-text("授予角色")')
  await page.waitForSelector(dialog)
  await page.selectOption('.overlay-dialog[open] select >> nth=0', 'coop_clerk')
  await page.fill('.overlay-dialog[open] input[type=search]', 'sfmg')
  await page.waitForSelector('option:has-text("示范芒果合作社")', { state: 'attached' })
  await page.selectOption('.overlay-dialog[open] select:has(option:has-text("示范芒果合作社"))', {
    label: '示范芒果合作社 · 田阳区',
  })
  expect(await security.findings()).toEqual([])
  await page.click('.overlay-dialog[open] button[type=submit]')
  await page.waitForSelector('.history li:has-text("合作社人员")')
  await page.click('button:has-text("授予角色")')
  await page.selectOption('.overlay-dialog[open] select >> nth=0', 'platform_admin')
  await page.click('.overlay-dialog[open] button[type=submit]')
  await page.waitForSelector('.history li:has-text("系统管理员")')
  await page.click('button:has-text("授予角色")')
  await page.selectOption('.overlay-dialog[open] select >> nth=0', 'audit_admin')
  await page.click('.overlay-dialog[open] button[type=submit]')
  await page.waitForSelector('.overlay-dialog[open] .notice-bad:has-text("三员分立")')
  await security.visit('/admin/people')
  await page.fill('input[type=search]', 'security.')
  await page.click('a:has-text("security.shenzhen")')
  await page.waitForSelector('.notice:has-text("这是您自己的账号")')
  expect(await page.locator('button:has-text("授予角色")').count()).toBe(0)
})

it('whoever is given it sets a password of their own, and the given one opens nothing any more', async () => {
  const clerk = await anyone(phone)
  const { page } = clerk
  await clerk.visit('//sign-in')
  await page.fill('input[name=username]', 'new.clerk.shenzhen')
  await page.fill('input[name=password]', password)
  await page.click('form button[type=submit]')
  await page.waitForSelector('input[name=newPassword]')
  await page.fill('input[name=newPassword]', 'one of my own')
  await page.click('form button[type=submit]')
  await page.waitForURL('**/home')
  const again = await anyone()
  await again.visit('//sign-in')
  await again.page.fill('input[name=username]', 'new.clerk.shenzhen')
  await again.page.fill('input[name=password]', password)
  await again.page.click('form button[type=submit]')
  await again.page.waitForSelector('.notice-bad:has-text("用户名或密码不对")')
})

it('an organisation is renamed; the tree says how it is and how it was', async () => {
  const admin = await at('admin')
  const { page } = admin
  await admin.visit('/admin/organisations')
  expect(await admin.text('main > .page > .notice')).toContain('这是现在的样子')
  await page.click('.tree-name:has-text("示范第二机关")')
  await page.waitForSelector('dialog[open] .facts')
  expect(await admin.findings()).toEqual([])
  await page.click('dialog[open] button:has-text("改名")')
  await page.fill('input[name=nameZh]', '示范新机关')
  await page.fill('input[name=nameEn]', 'New unit')
  await page.click('.overlay-dialog[open] button[type=submit]')
  await page.waitForSelector('dialog[open] h2:has-text("示范新机关")')
  await page.keyboard.press('Escape')
  await page.fill('input[type=date]', '2024-06-01')
  await page.waitForSelector('.notice:has-text("这是 2024-06-01 当时的样子")')
  await page.waitForSelector('.tree-row:has-text("示范第二机关"):has-text("现为 示范新机关")')
  expect(await admin.findings()).toEqual([])
})

it('a key is shown once and revoked; a setting is changed and keeps what it was', async () => {
  const admin = await at('admin', phone)
  const { page } = admin
  await admin.visit('/admin/clients')
  await page.click('.page-actions button')
  await page.fill('.overlay-dialog[open] input[name=name]', '县里的系统')
  await page.fill('.overlay-dialog[open] input[type=search]', '芒果')
  await page.waitForSelector('option:has-text("示范芒果合作社")', { state: 'attached' })
  await page.selectOption('.overlay-dialog[open] select:has(option:has-text("示范芒果合作社"))', {
    label: '示范芒果合作社 · 田阳区',
  })
  await page.fill('.overlay-dialog[open] input[name=scopes]', 'offer.browse order.*')
  await page.click('.overlay-dialog[open] button[type=submit]')
  await page.waitForSelector('.shown-once code')
  expect(await admin.text('.shown-once code')).toMatch(/^sln_[\w-]{43}$/)
  await page.click('.shown-once .button-main')
  await page.click('button:has-text("吊销")')
  await page.click('.overlay-dialog[open] button[type=submit]')
  await page.waitForSelector('.badge-bad:has-text("已吊销")')

  await admin.visit('/admin/settings')
  await page.click('.card:has-text("公示天数") button')
  await page.fill('.overlay-dialog[open] input[name=value]', '4')
  await page.click('.overlay-dialog[open] button[type=submit]')
  await page.waitForSelector('.overlay-dialog[open] .notice-bad:has-text("不符合要求")')
  await page.fill('.overlay-dialog[open] input[name=value]', '10')
  await page.click('.overlay-dialog[open] button[type=submit]')
  await page.waitForSelector('.card:has-text("公示天数") strong:has-text("10 天")')
  // the refusal is told by the browser too
  const refused = 'Failed to load resource: the server responded with a status of 409 (Conflict)'
  expect(await admin.findings()).toEqual([refused])
})

it('the audit administrator finds who did it, by choosing what is shown', async () => {
  const audit = await at('audit')
  const { page } = audit
  await audit.visit('/admin/audit')
  await page.click('.tree-name:has-text("授予角色") >> nth=0')
  await expect.poll(() => page.locator('.table tbody tr').count()).toBe(2)
  expect(await audit.text('.table tbody')).toContain('security.shenzhen')
  expect(await audit.findings()).toEqual([])
})

it('search opens with a key, goes by arrows, and Enter opens what was found', async () => {
  const buyer = await at('buyer')
  const { page } = buyer
  await page.keyboard.press('/')
  await page.waitForSelector('dialog[open] .search-field:focus')
  await page.keyboard.type('mangguo')
  await page.waitForSelector('.search-hit')
  // what the first letters found is gone before the arrows go through it
  await buyer.settled()
  expect(await buyer.findings()).toEqual([])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/(shop|registers|buyer)\//)
  await page.waitForSelector('dialog[open]', { state: 'detached' })
})

it('on a phone a cadre looks for a person by number, for a purpose', async () => {
  const cadre = await at('cadre', phone)
  const { page } = cadre
  await page.click('.search-open')
  await page.fill('.search-field', '10000000000')
  await page.waitForSelector('input[name=purpose]')
  await page.fill('input[name=purpose]', '回访')
  await page.click('.overlay-dialog[open] button[type=submit]')
  await page.waitForSelector('.search-hit:has-text("HH-1")')
  expect(await cadre.findings()).toEqual([])
})
