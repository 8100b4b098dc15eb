import { newId } from '@silian/kernel/ids/ids.ts'
import { expect } from 'vitest'
import type { Job } from './job.ts'

/** The bank's signed word, as the bank sends it. */
async function bankSays({ stage }: Job, type: string, pub: Record<string, unknown>): Promise<void> {
  const at = new Date().toISOString()
  const entry = stage.bank.sign(type, { ...pub, bookedAt: at }, { at })
  const answer = await fetch(`${stage.url}/api/v1/p/${stage.world.programme}/bank/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ entry: entry.toString('base64') }),
  })
  expect([answer.status, await answer.text()]).toEqual([200, expect.anything()])
}

/** The unit's transfer, without the code that it was given. */
export const transfers = (job: Job): Promise<void> =>
  bankSays(job, 'bank.credited', { reference: reference(job), code: '', fen: '32000' })

const reference = ({ side }: Job): string => `MAIN-${side.seat}`

/** Money that nobody can place is given to its payment on a person's word, but to no other. */
export async function allots(job: Job, code: string): Promise<void> {
  const finance = await job.at('finance')
  const { page } = finance
  await finance.visit('/office/credits')
  expect(await finance.findings()).toEqual([])
  const row = page.locator('.desk-table tr', { hasText: reference(job) })
  await row.locator('button:has-text("认领")').click()
  await page.waitForSelector('.overlay form')
  await page.getByLabel('付款识别码').fill('PNOTHING1')
  await page.getByLabel('认领依据').fill('付款单位来电说明')
  await page.click('.overlay button[type=submit]')
  await page.waitForSelector('.overlay [role=alert]:has-text("没有这笔付款")')
  // the refusal that was provoked, as the browser notes it
  expect(finance.troubles.splice(0)).toEqual([expect.stringMatching(/40[49]/)])
  await page.getByLabel('付款识别码').fill(code)
  expect(await finance.findings()).toEqual([])
  await page.click('.overlay button[type=submit]')
  await page.waitForSelector('.said:has-text("已认领")')
  await row.waitFor({ state: 'detached' })
}

/** What the county's households are owed goes to the bank, which pays it out. */
export async function paysOut(job: Job): Promise<void> {
  const finance = await job.at('finance')
  const { page } = finance
  const { county } = job.side
  await finance.visit('/office/payouts')
  expect(await finance.findings()).toEqual([])
  await page.click('.batch-form .ant-select')
  await page.click(`.ant-select-item-option:has-text("${county.name}")`)
  await page.click('.batch-form button[type=submit]')
  await page.waitForSelector('.ant-modal:has-text("交银行")')
  expect(await finance.findings()).toEqual([])
  await page.click('.ant-modal button:has-text("交银行发放")')
  await page.waitForSelector('.said:has-text("批次已交银行")')
  const sent = page.locator('.desk-table tbody tr', { hasText: '已交银行' }).filter({ hasText: county.name })
  await sent.waitFor()
  await bankSays(job, 'bank.paid_out', { reference: newId(), ...(await batchOf(job)) })
  await page.reload()
  await finance.settled()
  await sent.waitFor({ state: 'detached' })
  expect(await finance.findings()).toEqual([])
}

async function batchOf({ stage, side }: Job): Promise<{ batch: string; fen: string }> {
  const scope = { programme: stage.world.programme, actor: 'test' }
  const [sent] = await stage.kit.app.read(scope, tx =>
    tx.query<{ id: string; total_fen: number }>(
      `select id, total_fen from payout_batch where programme_id = $1 and county_code = $2 and state = 'sent'`,
      [tx.programme, side.county.code],
    ),
  )
  return { batch: sent!.id, fen: String(sent!.total_fen) }
}
