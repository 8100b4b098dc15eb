import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { registerCanteen } from '@silian/chains/supply/quota/service.ts'
import { createOrganisation } from '@silian/kernel/access/organisations.ts'
import { yearOf } from '@silian/kernel/time/shanghai.ts'
import type { Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ownSigner } from '../own-signer.ts'
import { everything, orderAt, proposed, sideOne, sideTwo, strayCredit } from '../refusals/side.ts'
import type { SmallWorld } from '../small-world.ts'
import { desk, phone, type Screen } from './chromium.ts'
import { type Stage, setStage } from './stage.ts'
import { Visitor } from './visitor.ts'

// a browser on a busy machine takes its time
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let stage: Stage
const visitors = new Map<string, Visitor>()
beforeAll(async () => {
  stage = await setStage(prepare)
})
afterAll(async () => {
  await Promise.all([...visitors.values()].map(visitor => visitor.close()))
  await stage?.close()
})

/** What waits at the desks: an offered link, money without a code, orders to ship, a unit that has not declared. */
async function prepare(kit: Whole, world: SmallWorld): Promise<void> {
  const { id, write } = world
  const bank = await ownSigner(kit, world, id('bank'))
  await proposed(kit, sideOne(world))
  await strayCredit(kit, sideTwo(world), bank)
  for (let n = 0; n < 2; n++) await orderAt(kit, sideTwo(world), 'approved')
  const unit = { key: 'unit3', nameZh: '示范第三机关', nameEn: 'Third unit', type: 'budget_unit' as const }
  await write(tx => createOrganisation(tx, { ...unit, id: id('unit3'), areaCode: '440304' }))
  const contractor = { key: 'contractor', nameZh: '示范餐饮', nameEn: 'Caterer', areaCode: '440303' }
  await write(tx =>
    createOrganisation(tx, { ...contractor, id: id('contractor'), type: 'canteen_contractor' }),
  )
  await write(tx =>
    registerCanteen(tx, everything(world.programme), {
      ...{ id: id('canteen outsourced'), nameZh: '外包食堂', nameEn: 'Outsourced', areaCode: '440303' },
      unitIds: [id('unit2')],
    }),
  )
  await world.drain()
}

const pictures = process.env.SILIAN_PICTURES

/** Signed in once a person and screen; every page is looked at when a folder for pictures is named. */
async function at(name: string, screen: Screen, path: string): Promise<Visitor> {
  const key = `${name} ${screen.width}`
  const visitor = visitors.get(key) ?? (await Visitor.open(stage, screen))
  if (!visitors.has(key)) {
    visitors.set(key, visitor)
    await visitor.signIn(name)
  }
  await visitor.visit(path)
  await picture(visitor, `${name}${path}`, screen)
  return visitor
}

async function picture({ page }: Visitor, name: string, { width }: Screen): Promise<void> {
  if (!pictures) return
  mkdirSync(pictures, { recursive: true })
  const file = `${name.replaceAll(/[^\w]+/g, '-')}-${width}.png`
  await page.screenshot({ path: join(pictures, file), fullPage: true })
}

const screens: [string, Screen][] = [
  ['phone', phone],
  ['desk', desk],
]

/** Each page of the desks for whoever it is made for, and a word that shows it is not empty. */
const pages: readonly (readonly [name: string, path: string, shows: string])[] = [
  ['coop', '/supplier/products', '百色芒果'],
  ['coop', '/supplier/lots', 'L1'],
  ['coop', '/supplier/offers', '10斤装'],
  ['coop2', '/supplier/orders', '待发货'],
  ['coop', '/supplier/links', '等待农户同意'],
  ['coop', '/supplier/settlements', '到农户'],
  ['coop', '/supplier/statement', '制表日期'],
  ['buyer', '/buyer/quota', '落后于时间进度'],
  ['buyer', '/buyer/declare', '预留不低于预算'],
  ['buyer', '/buyer/orders?late=true', '只看逾期未发货'],
  ['buyer', '/buyer/settlements', '到农户'],
  ['cadre', '/village/links', '登记农户意见'],
  ['cadre', '/village/payouts', '收款确认'],
  ['district', '/office/declarations', '未填报单位'],
  ['district', '/office/orders', '示范第一机关'],
  ['district', '/office/alerts', '示范第三机关'],
  ['finance', '/office/credits', '未对上'],
  ['finance', '/office/alerts', '待认领'],
  ['auditor', '/office/settlements', '到农户'],
  ['auditor', '/office/prices', '没有报价'],
]

describe.each(screens)('at a %s', (_, screen) => {
  it.each(pages)('%s finds %s', async (name, path, shows) => {
    const visitor = await at(name, screen, path)
    expect(await visitor.text('main')).toContain(shows)
    expect(await visitor.findings()).toEqual([])
  })

  it('an officer reads an order of the area and may do nothing with it', async () => {
    const officer = await at('district', screen, `/office/orders/${stage.settledOrder}`)
    expect(await officer.text('.completion')).toContain('本订单已完成')
    expect(await officer.page.locator('.order-actions').count()).toBe(0)
    expect(await officer.findings()).toEqual([])
  })
})

describe('the desks at work', () => {
  it('a co-operative ships two orders at once, after their packing list', async () => {
    const coop = await at('coop2', desk, '/supplier/orders?state=approved')
    const { page } = coop
    const picks = page.locator('input.pick:visible')
    await picks.first().check()
    await picks.nth(1).check()
    await page.click('a:has-text("打印装箱单")')
    await page.waitForSelector('.packing-sheet >> nth=1')
    await coop.settled()
    await picture(coop, 'coop2-packing', desk)
    expect(await coop.text('.packing-sheet')).toMatch(/高原猕猴桃[\s\S]*L2[\s\S]*装箱人签字/)
    expect(await coop.findings()).toEqual([])
    await coop.visit('/supplier/orders?state=approved')
    await picks.first().check()
    await picks.nth(1).check()
    await page.click('button:has-text("批量发货")')
    await page.waitForSelector('.ant-modal form')
    await page.getByLabel('承运单位').fill('示范物流')
    for (const field of await page.getByLabel(/^运单号/).all()) await field.fill('SF-9')
    await picture(coop, 'coop2-ship-many', desk)
    await page.click('.ant-modal button[type=submit]')
    await page.waitForSelector('.said:has-text("2 笔已发货")')
  })

  it('a cadre cannot record a consent without the paper, and records it with its photograph', async () => {
    const cadre = await at('cadre', phone, '/village/links')
    const { page } = cadre
    await page.click('button:has-text("登记农户意见")')
    await page.waitForSelector('.ant-modal form')
    await page.click('.ant-modal button[type=submit]')
    await page.waitForSelector('.ant-modal [role=alert]:has-text("纸件")')
    await picture(cadre, 'cadre-consent', phone)
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    await page.setInputFiles('.ant-modal input[type=file]', {
      ...{ name: 'paper.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') },
    })
    await page.waitForSelector('.ant-modal .photos img')
    await page.click('.ant-modal button[type=submit]')
    await page.waitForSelector('.said:has-text("已登记")')
    await page.waitForSelector('text=没有等待同意的联结')
    expect(cadre.troubles.filter(trouble => !trouble.includes('409'))).toEqual([])
  })

  it('a buyer is told when there is no rule for the year to declare by', async () => {
    const year = yearOf(new Date()) + 1
    const buyer = await at('buyer2', desk, '/buyer/declare')
    await buyer.page.getByLabel('年度').selectOption(String(year))
    expect(await buyer.text('.notice')).toContain('还没有适用的规则')
    expect(await buyer.page.isDisabled('.declare button[type=submit]')).toBe(true)
  })

  it('a finance officer allots stray money to the payment it was meant for', async () => {
    const finance = await at('finance', desk, '/office/credits')
    await finance.page.click('button:has-text("认领") >> nth=0')
    await finance.page.waitForSelector('.ant-modal form')
    await finance.page.getByLabel('付款识别码').fill('PNOTHING1')
    await finance.page.getByLabel('认领依据').fill('付款单位来电说明')
    await picture(finance, 'finance-allot', desk)
    await finance.page.click('.ant-modal button[type=submit]')
    await finance.page.waitForSelector('.ant-modal [role=alert]')
    expect(await finance.text('.ant-modal [role=alert]')).toContain('没有这笔付款')
  })
})
