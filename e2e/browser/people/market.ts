import { hearEvents } from '@silian/chains/supply/delivery/events.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { workbookOf } from '@silian/kernel/register/fixtures/import-stage.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import type { SheetCell } from '@silian/kernel/sheets/cell.ts'
import { expect } from 'vitest'
import type { Stage } from '../stage.ts'
import type { Visitor } from '../visitor.ts'

/** Calls the API as whoever sits there. */
export async function ask(
  stage: Stage,
  { page }: Visitor,
  method: 'GET' | 'POST',
  path: string,
  data?: object,
): Promise<unknown> {
  const { url, world } = stage
  const answer = await page.request.fetch(`${url}/api/v1/p/${world.programme}${path}`, {
    method,
    headers: { origin: url, 'idempotency-key': newId() },
    ...(data && { data }),
  })
  expect(answer.status(), await answer.text()).toBe(200)
  return answer.json()
}

/** Rows of the programme as the server sees them. */
export const rowsOf = <T extends object>({ kit, world }: Stage, sql: string): Promise<T[]> =>
  kit.app.read({ programme: world.programme, actor: 'test' }, tx => tx.query<T>(sql, []))

/** The seller packs all of an order and hands it over, and the carrier brings it. */
export async function delivered(stage: Stage, seller: Visitor, order: string): Promise<void> {
  const made = (await ask(stage, seller, 'POST', '/parcels', {
    parcels: [{ orderId: order, carrier: 'sandbox' }],
  })) as { parcels: { id: string }[] }
  const parcelIds = made.parcels.map(({ id }) => id)
  await ask(stage, seller, 'POST', '/dispatches', { parcelIds })
  for (const id of parcelIds) await brought(stage, id)
}

/** The carrier's word that it has a parcel, and that it is there. */
export async function brought({ kit, world }: Stage, parcel: string): Promise<void> {
  const scope = { programme: world.programme, actor: 'carrier:sandbox' }
  must(
    await kit.app.write(scope, async tx => {
      const [from, to] = [new Date(tx.at.getTime() - 60_000), tx.at]
      await hearEvents(tx, kit, parcel, [
        { kind: 'collected', at: from, place: '田阳' },
        { kind: 'delivered', at: to, place: '福田' },
      ])
      return ok(null)
    }),
  )
}

const sheet = (name: string, rows: readonly (readonly SheetCell[])[]) => ({
  ...{ name, widths: [], merged: [] },
  rows: rows.map(cells => ({ cells: cells.map(value => ({ value, style: 0 })) })),
})

/** Two offers from a workbook: one line is wrong and said to be, the other is on the shelf. */
export async function listsFromWorkbook(clerk: Visitor): Promise<void> {
  const { page } = clerk
  const content = await workbookOf([
    sheet('商品', [
      ['货号', '产品编号', '批次号', '规格', '每件净重（千克）', '单价（元）'],
      ['KW-1', 'kiwi', 'L2', '三斤试吃装', 1.5, 31.5],
      ['KW-2', 'kiwi', 'L-none', '整箱', 5, 90],
    ]),
  ])
  await clerk.visit('/supplier/listings')
  expect(await clerk.findings()).toEqual([])
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await page.setInputFiles('input[type=file]', { name: '上架.xlsx', mimeType: type, buffer: content })
  await page.click('form button[type=submit]')
  await page.waitForURL('**run=*')
  await page.waitForSelector('.badge:has-text("已完成")')
  expect(await clerk.text('[data-count=added] dd')).toBe('1')
  expect(await clerk.text('.import-faults tbody')).toContain('批次号')
  expect(await clerk.findings()).toEqual([])
  await page.click('button:has-text("只导入没有问题的 1 行")')
  await page.waitForSelector('p:has-text("导入完成；1 行有问题")')
  await clerk.visit('/supplier/offers')
  await page.getByText('三斤试吃装').first().waitFor()
  expect(await clerk.findings()).toEqual([])
}

/** Picks what waits in the list of orders, packs it, prints it and hands it over. Answers the parcel. */
export async function shipsFromTheList(stage: Stage, clerk: Visitor, order: string): Promise<string> {
  const { page } = clerk
  const [{ number } = { number: '' }] = await rowsOf<{ number: string }>(
    stage,
    `select number from "order" where id = '${order}'`,
  )
  await clerk.visit('/supplier/orders')
  await page
    .getByRole('checkbox', { name: `选择订单 ${number}` })
    .locator('visible=true')
    .first()
    .check()
  await page.getByRole('button', { name: '打包并取运单（1）' }).click()
  expect(await clerk.findings()).toEqual([])
  await page.getByRole('button', { name: '打包', exact: true }).click()
  await page.waitForURL('**/supplier/waybills?*')
  await page.getByRole('heading', { name: /SL\d+/ }).waitFor()
  expect(await clerk.text('.waybill-to')).toMatch(/示例丁[\s\S]*广东省深圳市福田区示范路 1 号 202/)
  expect(await clerk.findings()).toEqual([])
  await clerk.visit('/supplier/parcels')
  await page.getByRole('checkbox', { name: new RegExp(`${number}.*第 1 个包裹`) }).check()
  await page.getByRole('button', { name: '交给承运商（1）' }).click()
  await page.locator('dialog').getByRole('button', { name: '交给承运商（1）' }).click()
  await page.waitForSelector('.said:has-text("已交运")')
  await page.getByText('运输中').first().waitFor()
  await clerk.settled()
  expect(await clerk.findings()).toEqual([])
  const [parcel] = await rowsOf<{ id: string; state: string }>(
    stage,
    `select id, state from parcel where order_id = '${order}'`,
  )
  expect(parcel).toMatchObject({ state: 'shipped' })
  return parcel!.id
}

/** What was accepted, paid and evaluated is settled in the background: so much, on the seller's page and statement. */
export async function seesItPaid(stage: Stage, clerk: Visitor, order: string, yuan: string): Promise<void> {
  const { page } = clerk
  const settled = () => rowsOf(stage, `select 1 from settlement where order_id = '${order}'`)
  await expect.poll(settled, { timeout: 30_000 }).toHaveLength(1)
  await clerk.visit('/supplier/settlements')
  const row = page.getByRole('row').filter({ has: page.locator(`a[href$="${order}"]`) })
  expect((await row.locator('td').allInnerTexts()).slice(3)).toEqual([yuan, '¥9.00', '¥81.00', '1'])
  expect(await clerk.findings()).toEqual([])
  await page.getByRole('link', { name: '对账单' }).click()
  await page.waitForURL('**/supplier/statement')
  await clerk.settled()
  expect(await page.locator('.paper tbody tr').allInnerTexts()).toContainEqual(expect.stringContaining(yuan))
  expect(await clerk.findings()).toEqual([])
}
