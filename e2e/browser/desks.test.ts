import { placeOrder } from '@silian/chains/supply/orders/place.ts'
import { decideOrder } from '@silian/chains/supply/orders/service.ts'
import { registerCanteen } from '@silian/chains/supply/quota/service.ts'
import { createOrganisation } from '@silian/kernel/access/organisations.ts'
import type { Whole } from '@silian/server/compose.ts'
import { expect, it } from 'vitest'
import { ownSigner } from '../own-signer.ts'
import { everything, orderAt, proposed, sideOne, sideTwo, strayCredit } from '../refusals/side.ts'
import type { SmallWorld } from '../small-world.ts'
import { declarations, theatre } from './stage.ts'
import { beyond, people, shows } from './walk/pages.ts'
import { Walk } from './walk/walk.ts'

/** What waits at the desks: an offered link, money without a code, orders to ship, a unit that has not declared. */
async function prepare(kit: Whole, world: SmallWorld): Promise<void> {
  const { id, write } = world
  await declarations(kit, world)
  const bank = await ownSigner(kit, world, id('bank'))
  await proposed(kit, sideOne(world))
  await strayCredit(kit, sideTwo(world), bank)
  for (let n = 0; n < 2; n++) await orderAt(kit, sideTwo(world), 'approved')
  const lines = [{ offerId: id('offer2'), offerVersion: 1, pieces: 3 }]
  const parts = { id: id('in two parcels'), declarationId: id('declaration2'), note: '', lines }
  await write(tx => placeOrder(tx, kit, [id('unit2')], parts), 'buyer2')
  await write(tx => decideOrder(tx, kit, parts.id, { approve: true, note: '' }), 'approver2')
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
}

const house = theatre(prepare)
const walk = new Walk(shows)

it.each(people)('the desk of %s keeps nobody out, on a phone and at a desk', async name => {
  const visitor = await house.at(name)
  expect(await walk.desk(visitor)).toEqual([])
  expect(
    await walk.pages(
      visitor,
      (beyond[name] ?? []).map(page => page(house.stage)),
    ),
  ).toEqual([])
})

it('nor do the pages that are open to everybody', async () => {
  const citizen = await house.anyone()
  const open = ['//sign-in', '//nowhere', `/shop/offers/${house.stage.world.id('offer2')}`]
  expect(await walk.pages(citizen, ['/shop', '/open/figures', '/metrics', '/publicity', ...open])).toEqual([])
})

it('an officer reads an order of the area and may do nothing with it', async () => {
  const officer = await house.at('district')
  await officer.visit(`/office/orders/${house.stage.settledOrder}`)
  expect(await officer.text('.completion')).toContain('本订单已完成')
  expect(await officer.page.locator('.order-actions').count()).toBe(0)
})

it('a co-operative sends an order in two parcels, and its buyer reads what is still to come', async () => {
  const { stage } = house
  const coop = await house.at('coop2')
  const { page } = coop
  const order = stage.world.id('in two parcels')
  await coop.visit(`/supplier/orders/${order}`)
  await page.click('.order-actions button:has-text("打包")')
  const pieces = page.locator('.overlay input[type=number]')
  await pieces.waitFor()
  expect(await pieces.inputValue()).toBe('3')
  await pieces.fill('1')
  await page.waitForSelector('.overlay [role=status]:has-text("本包裹 1 件，余下 2 件")')
  expect(await walk.here(coop)).toEqual([])
  await page.click('.overlay button[type=submit]')
  await page.waitForSelector('.said:has-text("已打包")')
  await page.waitForSelector('li:has-text("还有 3 件待发")')
  expect(await walk.here(coop)).toEqual([])
  await page.click('.order-actions button:has-text("发货")')
  await page.getByLabel('承运单位').fill('示范物流')
  await page.getByLabel('运单号').fill('SF-2')
  await pieces.fill('1')
  await page.click('.overlay button[type=submit]')
  await page.waitForSelector('.page-lead:has-text("部分发货")')
  await page.waitForSelector('li:has-text("还有 2 件待发")')
  const buyer = await house.at('buyer2')
  await buyer.visit(`/buyer/orders/${order}`)
  await buyer.page.waitForSelector('li:has-text("还有 2 件待发")')
})

it('a co-operative ships two orders at once, after their packing list', async () => {
  const coop = await house.at('coop2')
  const { page } = coop
  await coop.visit('/supplier/orders?state=approved')
  const picks = page.locator('input.pick:visible')
  await picks.first().check()
  await picks.nth(1).check()
  await page.click('a:has-text("打印装箱单")')
  await page.waitForSelector('.packing-sheet >> nth=1')
  await page.waitForSelector('.packing-sheet:has-text("装箱人签字")')
  await coop.settled()
  expect(await coop.text('.packing-sheet')).toMatch(/高原猕猴桃[\s\S]*L2[\s\S]*装箱人签字/)
  expect(await walk.here(coop)).toEqual([])
  await coop.visit('/supplier/orders?state=approved')
  await picks.first().check()
  await picks.nth(1).check()
  await page.click('button:has-text("批量发货")')
  await page.waitForSelector('.ant-modal form')
  await page.getByLabel('承运单位').fill('示范物流')
  for (const field of await page.getByLabel(/^运单号/).all()) await field.fill('SF-9')
  expect(await walk.here(coop)).toEqual([])
  await page.click('.ant-modal button[type=submit]')
  await page.waitForSelector('.said:has-text("2 笔已发货")')
})

it('an accountant pays two orders by one code, and finance allots what came for them by the code of neither', async () => {
  const accountant = await house.at('accountant2')
  const { page } = accountant
  await accountant.visit('/buyer/orders?payable=true')
  const picks = page.locator('input.pick:visible')
  await picks.first().check()
  await picks.nth(1).check()
  await page.waitForSelector('[role=status]:has-text("应付合计")')
  expect(await walk.here(accountant)).toEqual([])
  await page.click('button:has-text("合并付款（2 笔）")')
  await page.waitForSelector('.overlay li >> nth=1')
  expect(await walk.here(accountant)).toEqual([])
  await page.click('.overlay button[type=submit]')
  await page.waitForURL('**/buyer/payments/*')
  await page.waitForSelector('.slip-orders li >> nth=1')
  const finance = await house.at('finance')
  await finance.visit('/office/credits')
  await finance.page.click('.desk-table button:has-text("认领")')
  await finance.page.getByLabel('一笔或几笔订单').check()
  await finance.page.waitForSelector('.overlay [role=status]:has-text("须与来款")')
  await finance.page.waitForSelector('.overlay input[type=checkbox]')
  expect(await finance.page.locator('.overlay button[type=submit]').isDisabled()).toBe(true)
  expect(await walk.here(finance)).toEqual([])
})

it('the inbox says what waits elsewhere, and whoever may not look has nothing to filter', async () => {
  const accountant = await house.at('accountant2')
  await accountant.visit('/inbox')
  await accountant.page.waitForSelector('.waiting a:has-text("待付款")')
  expect(await walk.here(accountant)).toEqual([])
  const county = await house.at('county')
  await county.visit('/office/orders')
  await county.page.waitForSelector('[role=alert]')
  expect(county.troubles.splice(0)).toEqual([expect.stringMatching(/403/)])
  expect(await county.page.locator('.filter-bar, [role=alert] button').count()).toBe(0)
})
