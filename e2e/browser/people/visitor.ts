import { publishMonth } from '@silian/chains/assurance/figures/service.ts'
import { must } from '@silian/kernel/result/result.ts'
import { dateOf, monthOf } from '@silian/kernel/time/shanghai.ts'
import { expect } from 'vitest'
import type { Stage } from '../stage.ts'
import type { Visitor } from '../visitor.ts'

const MONTH = 32 * 86_400_000

/** The month is over and closed, as it will be in one. Answers its name. */
export async function monthPasses({ kit, world }: Stage): Promise<string> {
  const now = new Date()
  const period = monthOf(now)
  const at = new Date(Date.parse(`${dateOf(now).slice(0, 7)}-01T02:00:00Z`) + MONTH)
  const scope = { programme: world.programme, actor: 'taskforce', at }
  must(await publishMonth(kit, scope, { period, holder: world.id('task-force') }))
  return period
}

/** Trusts nobody: reads the figure and has the browser compute it again out of the public log. */
export async function checksFigure(citizen: Visitor, month: string, total: string): Promise<void> {
  const { page } = citizen
  await citizen.visit(`/open/figures?month=${month}`)
  expect(await citizen.text(`.month[aria-current]`)).toContain(total)
  expect(await citizen.text('.cited')).toContain('引用 S1-1')
  expect(await citizen.findings()).toEqual([])
  await expect.poll(() => ready(), { timeout: 30_000 }).toBe(true)
  await page.click('.check button')
  await page.waitForSelector('.verdict-good, .verdict .notice', { timeout: 30_000 })
  const verdict = await citizen.text('.verdict')
  expect(verdict).toContain('核验通过：本数字与公开日志逐条一致，重新计算结果相同')
  expect(verdict).toContain('没有证明什么')
  await page.click('.check button')
  await page.waitForSelector('.verdict:has-text("是本浏览器上次所见")')
  expect(await citizen.findings()).toEqual([])

  // what was just published waits for its place in the log
  async function ready(): Promise<boolean> {
    if (await page.isEnabled('.check button')) return true
    await page.reload()
    await citizen.settled()
    return page.isEnabled('.check button')
  }
}
