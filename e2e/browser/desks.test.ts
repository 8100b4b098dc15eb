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
