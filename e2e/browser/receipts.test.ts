import { readFileSync } from 'node:fs'
import { formatReceipt } from '@silian/verifier/receipt.ts'
import { TestLog } from '@silian/verifier/testing/build-log.ts'
import { expect, it } from 'vitest'
import { desk, phone } from './chromium.ts'
import { theatre } from './stage.ts'

const scene = theatre()
let receipt: Buffer
let another: Buffer
let address: string

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'text/plain', buffer })

it('gives a buyer the receipts of an order, and one of them as a page with a square', async () => {
  const buyer = await scene.at('buyer', desk)
  const { page } = buyer
  await buyer.visit(`/buyer/orders/${scene.stage.settledOrder}`)
  await page.click(`main a[href*="/receipts/orders/"]`)
  await page.waitForSelector('.receipt-list li')
  await buyer.settled()
  expect(await page.locator('.receipt-list li').count()).toBeGreaterThan(7)
  expect(await buyer.findings()).toEqual([])
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.click('.receipt-list li:has-text("订单完成") a[download]'),
  ])
  receipt = readFileSync(await saved.path())
  const [second] = await Promise.all([
    page.waitForEvent('download'),
    page.click('.receipt-list li:has-text("下单") a[download]'),
  ])
  another = readFileSync(await second.path())
  await page.click('.receipt-list li:has-text("订单完成") a:has-text("查看和打印")')
  await page.waitForSelector('.receipt-paper .receipt-square svg')
  await buyer.settled()
  expect(await buyer.findings()).toEqual([])
  address = (await page.getAttribute('.receipt-square a', 'href'))!
  expect(address).toMatch(/\/open\/check#r=[\w-]{500,2048}$/)
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.receipt-square svg').isVisible()).toBe(true)
  expect(await page.locator('header .button').first().isVisible()).toBe(false)
  expect(await buyer.findings()).toEqual([])
  const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g)
  expect(sheets).toHaveLength(1)
  await page.emulateMedia({ media: 'screen' })
})

it('opens on a phone what a square holds, in words, without telling the server', async () => {
  const visitor = await scene.anyone(phone, 'passer-by')
  const { page } = visitor
  const asked: string[] = []
  page.on('request', request => asked.push(`${request.url()} ${request.postData() ?? ''}`))
  await visitor.visit(address.slice(address.indexOf('/open/check')))
  await page.waitForSelector('.verdict-good')
  await visitor.settled()
  const text = await visitor.text('main')
  for (const said of [
    ...['回执成立：订单完成', '证明了什么', '谁见证了它', '凭谁的话', '没有证明什么'],
    ...['可信等级：自行申报', '示范第一机关', '事情是否真的发生', '信任策略也来自被核验的服务器'],
  ])
    expect(text).toContain(said)
  expect(await visitor.findings()).toEqual([])
  expect(asked.filter(request => request.includes('r='))).toEqual([])
  await page.evaluate(() => localStorage.setItem('silian.language', 'en'))
  await page.reload()
  await page.waitForSelector('.verdict-good:has-text("The receipt is good: Order completed")')
  await visitor.settled()
  expect(await visitor.findings()).toEqual([])
})

it('takes files and pasted text, says what is wrong with them, and compares two', async () => {
  const visitor = await scene.anyone(desk, 'checker')
  const { page } = visitor
  await visitor.visit('/open/check')
  expect(await visitor.findings()).toEqual([])
  // by the keyboard alone
  await page.focus('textarea')
  await page.keyboard.insertText(receipt.toString())
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.verdict-good')
  await page.setInputFiles('.receipt-drop input[type=file]', file('second.tlog-proof', another))
  await page.waitForSelector('text=出自同一')
  await visitor.settled()
  await expect.poll(() => page.locator('.verdict-good').count()).toBe(2)
  expect(await visitor.findings()).toEqual([])
  const damaged = Buffer.from(receipt)
  damaged[200]! ^= 1
  await page.setInputFiles('.receipt-drop input[type=file]', file('damaged.tlog-proof', damaged))
  await page.waitForSelector('text=内容已损坏或被改动')
  await visitor.settled()
  expect(await visitor.findings()).toEqual([])
})

it('believes a visitor’s own policy more than the server’s', async () => {
  const visitor = await scene.anyone(desk, 'auditor')
  const { page } = visitor
  await visitor.visit(address.slice(address.indexOf('/open/check')))
  await page.waitForSelector('.verdict-good')
  await page.click('.receipt-trust summary')
  const own = '.receipt-trust input[type=file]'
  const policy = await (
    await page.request.get(`${scene.stage.url}/log/${scene.stage.world.programme}/policy`)
  ).text()
  await page.setInputFiles(own, file('policy', Buffer.from('no policy')))
  await page.waitForSelector('text=这不是一份策略文件')
  await page.setInputFiles(own, file('policy', Buffer.from(policy)))
  await page.waitForSelector('text=正在使用您自己的策略文件')
  await page.waitForSelector('main:not(:has-text("信任策略也来自被核验的服务器"))')
  const other = policy.replace(/^log .*/, `log ${new TestLog('example.com/log/other').vkey}`)
  await page.setInputFiles(own, file('other', Buffer.from(other)))
  await page.waitForSelector('text=这份回执不属于本日志')
  await visitor.settled()
  expect(await visitor.findings()).toEqual([])
})

it('catches a log that shows two people different trees, by what each was given', async () => {
  const visitor = await scene.anyone(phone, 'two')
  const { page } = visitor
  const shown = (told: string) => {
    const log = new TestLog('example.com/log/two')
    const { index } = log.add({ type: 'order.placed', pub: { fen: told } })
    return log.proof(index, formatReceipt({ entry: log.entries[index]!, openings: [] }))
  }
  await visitor.visit('/open/check')
  await page.click('.receipt-trust summary')
  const policy = `log ${new TestLog('example.com/log/two').vkey}\nquorum none\n`
  await page.setInputFiles('.receipt-trust input[type=file]', file('policy', Buffer.from(policy)))
  await page.setInputFiles('.receipt-drop input[type=file]', [
    file('mine.tlog-proof', shown('100')),
    file('theirs.tlog-proof', shown('200')),
  ])
  await page.waitForSelector('text=日志分叉：它对不同的人出示了不同的内容')
  await page.waitForSelector('main:has-text("不同之处在第 1 至 1 条")')
  await visitor.settled()
  expect(await visitor.findings()).toEqual([])
})
