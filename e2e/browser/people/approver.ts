import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { worldPassword } from '../../small-world.ts'
import type { Visitor } from '../visitor.ts'
import type { Job } from './job.ts'

const MOST = 80

/** Goes on with the tab key until the words are held. */
async function tabTo(page: Page, words: string): Promise<void> {
  const held: string[] = []
  for (let step = 0; step < MOST; step++) {
    await page.keyboard.press('Tab')
    const now = await page.evaluate(() => {
      const { activeElement: at } = document
      // what scrolls is held too, and holds all words in it
      if (!at?.matches('a, button, input, select, textarea')) return ''
      const labels = at instanceof HTMLInputElement ? [...(at.labels ?? [])] : []
      return [at, ...labels].map(one => one.textContent).join(' ')
    })
    if (now.includes(words)) return
    held.push(now.trim().slice(0, 20))
  }
  throw new Error(`nothing that says ${words} is reached by keys: ${held.join(' · ')}`)
}

/** Who approves has no mouse: everything here is done by keys, from the skip link on. */
export async function signsInByKeys(approver: Visitor, name: string): Promise<void> {
  const { page } = approver
  const { keyboard } = page
  await approver.visit('//sign-in')
  await keyboard.press('Tab')
  await page.waitForSelector('.skip:focus')
  await keyboard.press('Enter')
  await tabTo(page, '用户名')
  await keyboard.type(name)
  await tabTo(page, '密码')
  await keyboard.type(worldPassword)
  await keyboard.press('Enter')
  await page.waitForURL('**/home')
  await approver.settled()
  await page.waitForSelector('h1:focus')
  await expect.poll(() => page.title()).toMatch(/^您好，示例approver2? · 四链$/)
  expect(await approver.findings()).toEqual([])
}

export async function approves(approver: Visitor, { side }: Job, order: string): Promise<void> {
  const { page } = approver
  const { keyboard } = page
  await tabTo(page, '笔订单待审批')
  await keyboard.press('Enter')
  await page.waitForURL('**state=in_approval')
  await approver.settled()
  expect(await approver.findings()).toEqual([])
  await tabTo(page, order)
  await keyboard.press('Enter')
  await page.waitForSelector('.way-steps')
  await approver.settled()
  expect(await approver.text('main')).toContain(side.unit)
  expect(await approver.findings()).toEqual([])
  await tabTo(page, '审批')
  await keyboard.press('Enter')
  await page.waitForSelector('.ant-modal form')
  await tabTo(page, '同意')
  await keyboard.press('ArrowRight')
  await keyboard.press('ArrowLeft')
  await keyboard.press('Tab')
  await keyboard.type('同意采购')
  expect(await approver.findings()).toEqual([])
  await tabTo(page, '提交审批')
  await keyboard.press('Enter')
  await page.waitForSelector('.said:has-text("审批已提交")')
  await page.waitForSelector('.way-now:has-text("发货")')
  await approver.settled()
  expect(await approver.findings()).toEqual([])
}
