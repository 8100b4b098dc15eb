import { publicKeyOf } from '@silian/kernel/fact/ed25519.ts'
import { isSignedBy, leafHashOf, parseEntry } from '@silian/kernel/fact/entry.ts'
import type { Whole } from '@silian/server/compose.ts'
import { expect, it } from 'vitest'
import { ownSigner } from '../own-signer.ts'
import { completedOrder, orderAt, paidBatch, sideTwo } from '../refusals/side.ts'
import type { SmallWorld } from '../small-world.ts'
import { declarations, theatre } from './stage.ts'
import type { Visitor } from './visitor.ts'
import { Walk } from './walk/walk.ts'

const orders: string[] = []
async function prepare(kit: Whole, world: SmallWorld): Promise<void> {
  await declarations(kit, world)
  const side = sideTwo(world)
  const bank = await ownSigner(kit, world, world.id('bank'))
  for (let n = 0; n < 3; n++) orders.push(await orderAt(kit, side, 'shipped'))
  await completedOrder(kit, side, bank)
  await paidBatch(kit, side, bank)
}

const house = theatre(prepare)
const walk = new Walk({})

const makeKey = async ({ page }: Visitor, label: string) => {
  await page.click('button:has-text("在本浏览器生成密钥")')
  await page.getByLabel('密钥名称').fill(label)
  await page.click('dialog button[type=submit]')
}

const accept = async (visitor: Visitor, order: string, sign: boolean) => {
  const { page } = visitor
  await visitor.visit(`/buyer/orders/${order}`)
  await page.click('.order-actions button:has-text("验")')
  await page.getByLabel('发票').first().fill('INV-7')
  await page.locator('.ant-modal input[type=checkbox]').first().check()
  if (sign) await page.getByLabel('同时用本机密钥签名').check()
  await page.click('.ant-modal button[type=submit]')
}

const factOf = async (order: string) => {
  const { kit, world } = house.stage
  const rows = await kit.app.read({ programme: world.programme, actor: 'test' }, tx =>
    tx.query<{ id: string; entry: Buffer }>(
      `select id, entry from fact where programme_id = $1 and subject = $2 and type = 'order.accepted'`,
      [tx.programme, order],
    ),
  )
  return rows[0]!
}
const countersignatures = async (fact: string) => {
  const { kit, world } = house.stage
  return kit.app.read({ programme: world.programme, actor: 'test' }, tx =>
    tx.query<{ entry: Buffer; public_key: Buffer; holder: string }>(
      `select f.entry, k.public_key, k.holder from fact f
       join signing_key k on k.programme_id = f.programme_id and k.key_id = f.key_id
       where f.programme_id = $1 and f.subject = $2 and f.type = 'fact.countersigned'`,
      [tx.programme, fact],
    ),
  )
}

it('a browser that cannot sign says so, and nothing is registered', async () => {
  const visitor = await house.at('acceptor2')
  const { page } = visitor
  await visitor.visit('/signing-keys')
  await page.evaluate(() => {
    const fails = () => Promise.reject(new DOMException('', 'NotSupportedError'))
    Object.assign(crypto.subtle, { generateKey: fails })
  })
  await makeKey(visitor, '食堂电脑')
  await page.waitForSelector('dialog :text("不支持 Ed25519")')
  await page.reload()
  await visitor.settled()
  expect(await visitor.text('main')).not.toContain('食堂电脑')
})

it('the acceptor makes a key that nobody can take out, and accepts and signs in one go', async () => {
  const visitor = await house.at('acceptor2')
  const { page } = visitor
  await visitor.visit('/signing-keys')
  await makeKey(visitor, '食堂电脑')
  await page.waitForSelector('.said:has-text("密钥已生成并登记")')
  await page.waitForSelector('.badge:has-text("在本浏览器")')
  expect(await walk.here(visitor)).toEqual([])
  const kept = await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>(done => {
      const asked = indexedDB.open('silian-signing', 1)
      asked.onsuccess = () => done(asked.result)
    })
    const keys = await new Promise<{ privateKey: CryptoKey }[]>(done => {
      const asked = database.transaction('keys').objectStore('keys').getAll()
      asked.onsuccess = () => done(asked.result)
    })
    const taken = await crypto.subtle.exportKey('pkcs8', keys[0]!.privateKey).then(
      () => 'taken',
      error => (error as Error).name,
    )
    return [keys.length, keys[0]!.privateKey.extractable, taken]
  })
  expect(kept).toEqual([1, false, 'InvalidAccessError'])

  await accept(visitor, orders[0]!, true)
  await page.waitForSelector('.trail .badge:has-text("当事方反签")')
  expect(await walk.here(visitor)).toEqual([])
  const fact = await factOf(orders[0]!)
  const [signed] = await countersignatures(fact.id)
  const entry = parseEntry(signed!.entry)!
  expect(entry).toMatchObject({ by: 'own', pub: { fact: fact.id, type: 'order.accepted' } })
  expect(entry.refs).toEqual([leafHashOf(fact.entry).toString('base64')])
  expect(isSignedBy(entry, publicKeyOf(signed!.public_key))).toBe(true)
  expect(signed!.holder).toBe(house.stage.world.id('unit2'))
})

it('what was accepted while the line was down is signed later, after the page has said what is signed', async () => {
  const visitor = await house.at('acceptor2')
  const { page } = visitor
  await page.route('**/countersignature', route => route.abort())
  await accept(visitor, orders[1]!, true)
  await page.waitForSelector('.ant-modal :text("网络")')
  await page.unroute('**/countersignature')
  visitor.troubles.length = 0
  await visitor.visit(`/buyer/orders/${orders[1]!}`)
  await page.click('.trail button:has-text("用本机密钥签名")')
  await page.waitForSelector('dialog :text("验收")')
  expect(await visitor.text('dialog')).toContain(orders[1]!)
  expect(await walk.here(visitor)).toEqual([])
  await page.click('dialog button:has-text("签名并发送")')
  await page.waitForSelector('.trail .badge:has-text("当事方反签")')
  expect(await countersignatures((await factOf(orders[1]!)).id)).toHaveLength(1)
})

it('a browser signs nothing but what it shows, whatever the server hands out', async () => {
  const visitor = await house.at('acceptor2')
  const { page } = visitor
  await accept(visitor, orders[2]!, false)
  await page.waitForSelector('.trail button:has-text("用本机密钥签名")')
  const other = await factOf(orders[0]!)
  const [mine] = [await factOf(orders[2]!)]
  const changes: readonly ((body: Record<string, unknown>, entry: string) => [object, string])[] = [
    (body, entry) => [{ ...body, refs: [leafHashOf(other.entry).toString('base64')] }, entry],
    body => [body, other.entry.toString('base64')],
    (body, entry) => [{ ...body, pub: { fact: mine!.id, type: 'order.completed' } }, entry],
    (body, entry) => [{ ...body, log: 'another.example/log' }, entry],
    (body, entry) => [{ ...body, c: { hidden: leafHashOf(other.entry).toString('base64') } }, entry],
  ]
  for (const change of changes) {
    await page.route('**/to-sign?*', async route => {
      const answer = await (await route.fetch()).json()
      const [body, entry] = change(JSON.parse(Buffer.from(answer.body, 'base64').toString()), answer.entry)
      await route.fulfill({ json: { entry, body: Buffer.from(JSON.stringify(body)).toString('base64') } })
    })
    await page.click('.trail button:has-text("用本机密钥签名")')
    await page.waitForSelector('dialog :text("待签内容与页面所示不符")')
    await page.click('dialog button:has-text("关闭")')
    await page.unroute('**/to-sign?*')
  }
  expect(await countersignatures(mine!.id)).toEqual([])
})

it('a village cadre confirms an arrival and signs it; a key that was ended signs nothing more', async () => {
  const visitor = await house.at('cadre2')
  const { page } = visitor
  await visitor.visit('/signing-keys')
  await makeKey(visitor, '村委会手机')
  await page.waitForSelector('.badge:has-text("在本浏览器")')
  await visitor.visit('/village/payouts')
  await page.locator('.payout button:has-text("已到账")').first().click()
  await page.click('button:has-text("是，已收到，并用本机密钥签名")')
  await page.waitForSelector('.said:has-text("已确认")')
  await page.click('button:has-text("查看其他发放")')
  await page.waitForSelector('.payout .badge:has-text("当事方反签")')
  expect(await walk.here(visitor)).toEqual([])
  await visitor.visit('/signing-keys')
  await page.click('td button:has-text("停用")')
  await page.click('dialog button[type=submit]')
  await page.waitForSelector('.badge:has-text("已停用")')
  expect(await page.locator('.badge:has-text("在本浏览器")').count()).toBe(0)
})
