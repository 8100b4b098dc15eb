import { sign } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { alipayNotice } from '@silian/bank/pay/alipay.ts'
import { makePayKeys, merchantSettings } from '@silian/bank/pay/keys.ts'
import { type SandboxPay, startSandboxPay } from '@silian/bank/pay/sandbox.ts'
import { signedText } from '@silian/chains/supply/payments/providers/alipay.ts'
import { putProvider } from '@silian/chains/supply/payments/settings.ts'
import { attemptSubject, takeTry } from '@silian/kernel/access/lockout.ts'
import { configFrom } from '@silian/kernel/config/config.ts'
import { readEnv } from '@silian/kernel/config/env.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit } from '@silian/server/compose.ts'
import { type RunningServer, startServer } from '@silian/server/server.ts'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type SmallWorld, smallWorld, worldTime } from '../small-world.ts'

let db: TestDatabase
let world: SmallWorld
let server: RunningServer
let sandbox: SandboxPay
let folder: string
const keys = makePayKeys()
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: worldTime, shouldAdvanceTime: true })
  db = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'silian-shop-'))
  const kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit)
  sandbox = await startSandboxPay({ keys })
  await world.write(tx => putProvider(tx, kit, 'alipay', merchantSettings(keys, sandbox.url).alipay))
  await Promise.all([kit.app.close(), kit.batch.close()])
  server = await startServer({
    config: configFrom(
      readEnv({ PORT: '0', SILIAN_DATA: folder, SILIAN_SEARCH_LIMIT: '5', SILIAN_SHOP_LIMIT: '60' }),
    ),
    ...{ secrets: db.secrets, connections: db.connections },
  })
})
afterAll(async () => {
  await Promise.all([server?.stop(), sandbox?.stop()])
  await db?.close()
  await rm(folder, { recursive: true, force: true })
  vi.useRealTimers()
})

interface Told {
  readonly status: number
  readonly cookie: string | undefined
  // whatever it is, each test says what it expects
  readonly body: Record<string, unknown>
}

async function ask(
  path: string,
  cookie = '',
  body?: object,
  more: Record<string, string> = {},
): Promise<Told> {
  const response = await fetch(`${server.url}/api/v1/p/shenzhen${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      ...{ 'x-silian-request': '1', 'x-silian-as': 'customer', 'idempotency-key': newId(), cookie },
      ...(body && { 'content-type': 'application/json' }),
      ...more,
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  return {
    status: response.status,
    cookie: response.headers.getSetCookie()[0],
    body: (await response.json()) as Record<string, unknown>,
  }
}
const cookieOf = ({ cookie }: Told): string => cookie!.split(';')[0]!
const guest = async (phone: string) => cookieOf(await ask('/shop/session', '', { phone }))
const place = async (cookie: string): Promise<string> => {
  const delivery = { name: '示例丙', phone: '13900000001', areaCode: '440304', address: '示范路1号' }
  const lines = [{ offerId: world.id('offer1'), offerVersion: 1, pieces: 1 }]
  const { status, body } = await ask('/orders', cookie, { buyer: 'citizen', lines, delivery })
  expect([status, body]).toMatchObject([200, {}])
  return (body.orders as { id: string }[])[0]!.id
}
const listed = async (cookie: string) =>
  ((await ask('/my/orders', cookie)).body.items as { id: string }[]).map(order => order.id)
const code = async (phone: string): Promise<string> => {
  const lines = (await readFile(join(folder, 'sms/outbox.jsonl'), 'utf8')).trim().split('\n')
  return lines.map(line => JSON.parse(line)).findLast(sent => sent.phone === phone).code
}

it('an address that is typed again, or by two at once, is the one already kept, until it is taken off', async () => {
  const cookie = await guest('13900000008')
  const typed = { name: '示例丙', phone: '13900000001', areaCode: '440304', address: '示范路1号' }
  const keep = async (more: Partial<typeof typed> = {}) =>
    (await ask('/my/addresses', cookie, { ...typed, ...more })).body.id
  const kept = async () =>
    ((await ask('/my/addresses', cookie)).body.items as { id: string }[]).map(each => each.id)
  const [first, second] = await Promise.all([keep(), keep()])
  expect([second, await keep({ phone: '+86 139 0000 0001', address: '示范路１号' })]).toEqual([first, first])
  // ordered to it as typed, by two at once
  await Promise.all([place(cookie), place(cookie)])
  expect(await kept()).toEqual([first])
  const others = [
    await keep({ name: '示例丁' }),
    await keep({ phone: '13900000002' }),
    await keep({ areaCode: '440303' }),
    await keep({ address: '示范路2号' }),
  ]
  expect(new Set([first, ...others]).size).toBe(5)
  expect(new Set(await kept())).toEqual(new Set([first, ...others]))
  await ask(`/my/addresses/${first}/removal`, cookie, {})
  const again = await keep()
  expect(again).not.toBe(first)
  expect(new Set(await kept())).toEqual(new Set([again, ...others]))
  const [rows] = await db.owner<{ n: number }>(
    `select count(*)::int as n from customer_address a join "order" o on o.buyer_id = a.customer_id and o.address_id = a.id
      where a.id = $1`,
    [first],
  )
  expect(rows).toEqual({ n: 2 })
})

it('a guest sees what was bought in the session, a proven phone all of it, and nobody another’s', async () => {
  const [one, two] = [await guest('139 0000 0001'), await guest('13900000001')]
  const [first, second] = [await place(one), await place(two)]
  expect([await listed(one), await listed(two)]).toEqual([[first], [second]])
  expect((await ask(`/my/orders/${second}`, one)).body).toMatchObject({ code: 'order.not_found' })
  expect((await ask('/shop/session', one)).body).toMatchObject({
    customer: { phone: '139****0001', proven: false, walletFen: 0 },
  })
  expect(await ask('/shop/session/code', '', { phone: '13900000001' })).toMatchObject({ status: 200 })
  const proof = { phone: '+86 13900000001', code: await code('13900000001') }
  const proven = await ask('/shop/session/proof', one, proof)
  expect(proven.cookie).toMatch(
    /^silian_shop\.shenzhen=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/,
  )
  expect((await listed(cookieOf(proven))).sort()).toEqual([first, second].sort())
  expect(JSON.stringify(proven.body)).not.toContain(cookieOf(proven).split('=')[1])
  // used once
  expect(await ask('/shop/session/proof', '', proof)).toMatchObject({ body: { code: 'code.wrong' } })
  const stored = await db.owner<{ text: string }>(`select t::text as text from customer_session t`)
  expect(stored.some(({ text }) => text.includes(cookieOf(proven).split('=')[1]!))).toBe(false)
  await ask('/shop/session/end', cookieOf(proven), {})
  expect((await ask('/my/orders', cookieOf(proven))).status).toBe(401)
})

it('guests of a phone that could be proven are counted together, whoever proves it by themselves', async () => {
  const phone = '13900000031'
  const buy = (cookie: string) =>
    ask(
      '/orders',
      cookie,
      {
        buyer: 'citizen',
        lines: [{ offerId: world.id('offer1'), offerVersion: 1, pieces: 1 }],
        delivery: { name: '示例丙', phone, areaCode: '440304', address: '示范路1号' },
      },
      { 'x-forwarded-for': '192.0.2.31' },
    )
  const [one, two] = [await guest(phone), await guest(phone)]
  for (let n = 0; n < 10; n++) expect(await buy(n % 2 ? one : two)).toMatchObject({ status: 200 })
  expect(await buy(two)).toMatchObject({
    status: 409,
    body: { code: 'order.too_many_of_phone', params: { most: 10 } },
  })
  await ask('/shop/session/code', '', { phone })
  const proven = await ask('/shop/session/proof', one, { phone, code: await code(phone) })
  expect(await buy(cookieOf(proven))).toMatchObject({ status: 200 })
})

it('a code is tried five times at most, and asked for once a minute', async () => {
  const phone = '13900000002'
  expect(await ask('/shop/session/code', '', { phone })).toMatchObject({ status: 200 })
  expect(await ask('/shop/session/code', '', { phone })).toMatchObject({ body: { code: 'code.too_soon' } })
  const right = await code(phone)
  const wrong = right === '000000' ? '000001' : '000000'
  for (let n = 0; n < 5; n++)
    expect(await ask('/shop/session/proof', '', { phone, code: wrong })).toMatchObject({ status: 409 })
  expect(await ask('/shop/session/proof', '', { phone, code: right })).toMatchObject({
    body: { code: 'code.wrong' },
  })
  expect(
    await db.owner(`select 1 from customer where proven_at is not null and id not in
    (select customer_id from customer_session)`),
  ).toHaveLength(1)
})

it('an address searches and is completed so many times a minute, and lists as often as it likes', async () => {
  const get = (path: string, from = '192.0.2.7') =>
    fetch(`${server.url}/api/v1/p/shenzhen/shop/${path}`, { headers: { 'x-forwarded-for': from } })
  const statuses: number[] = []
  for (const path of ['offers?q=a', 'suggest?q=b', 'offers?q=c', 'offers?q=d', 'suggest?q=e'])
    statuses.push((await get(path)).status)
  expect(statuses).toEqual([200, 200, 200, 200, 200])
  for (const path of ['offers?q=a', 'suggest?q=b']) {
    const refused = await get(path)
    const body = await refused.json()
    expect([refused.status, body]).toMatchObject([429, { code: 'search.too_many' }])
    expect(body.params.seconds).toBeGreaterThan(0)
    expect(body.params.seconds).toBeLessThanOrEqual(12)
    expect(refused.headers.get('retry-after')).toBe(String(body.params.seconds))
  }
  expect([(await get('offers')).status, (await get('offers?q=a', '192.0.2.8')).status]).toEqual([200, 200])
})

it('another site’s page cannot use the cookie', async () => {
  const cookie = await guest('13900000003')
  const answer = await ask('/my/addresses', cookie, { name: 'a' }, { origin: 'https://elsewhere.example' })
  expect(answer).toMatchObject({ status: 403, body: { code: 'request.foreign_origin' } })
})

it('a guest orders, pays, is told, cancels and has the money back, over the network alone', async () => {
  const cookie = await guest('13900000004')
  const order = await place(cookie)
  const opened = await ask('/my/payments', cookie, { orderIds: [order], way: 'alipay' })
  expect(opened).toMatchObject({ status: 200, body: { state: 'open', amountFen: 8000 } })
  const page = await fetch(String(opened.body.payUrl))
  expect(await page.text()).toContain('¥ 80.00')
  const payment = String(opened.body.id)
  const tradeNo = payment.replaceAll('-', '')
  await sandbox.confirm('alipay', tradeNo, 'silent')
  const { headers, body } = alipayNotice(
    keys.alipay,
    sandbox.till,
    sandbox.till.find('alipay', tradeNo)!,
    'prompt',
  )
  const heard = await fetch(`${server.url}/api/v1/p/shenzhen/payment-notices/alipay`, {
    ...{ method: 'POST', headers, body },
  })
  expect([heard.status, await heard.text()]).toEqual([200, 'success'])
  const forged = await fetch(`${server.url}/api/v1/p/shenzhen/payment-notices/alipay`, {
    ...{ method: 'POST', headers, body: body.replace('total_amount=80.00', 'total_amount=90.00') },
  })
  expect(forged.status).toBe(401)
  expect((await ask(`/my/payments/${payment}`, cookie)).body).toMatchObject({ state: 'paid' })
  expect((await ask(`/my/orders/${order}`, cookie)).body).toMatchObject({
    ...{ state: 'approved', dueFen: 0, may: ['cancel', 'complain'] },
    address: { name: '示例丙', phone: '13900000001', address: '示范路1号' },
  })
  const cancelled = await ask(`/my/orders/${order}/cancellation`, cookie, { reason: '不要了' })
  expect(cancelled.body).toMatchObject({ state: 'cancelled' })
  await vi.waitFor(async () => {
    const { refunds } = (await ask(`/my/orders/${order}`, cookie)).body
    expect(refunds).toMatchObject([{ source: 'alipay', amountFen: 8000, state: 'done' }])
  }, 20_000)
  expect([...sandbox.till.refunds.values()]).toMatchObject([{ tradeNo, fen: 8000 }])
})

it('what a provider signed and nobody can read is refused, and no money is counted by it', async () => {
  const notices = async (body: string) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const url = `${server.url}/api/v1/p/shenzhen/payment-notices/alipay`
    const answer = await fetch(url, { method: 'POST', headers, body })
    return [answer.status, ((await answer.json()) as { code: string }).code]
  }
  const receipts = () => db.owner('select reference from provider_receipt order by reference')
  const kept = () =>
    db.owner<{ n: number }>(
      `select count(*)::int as n from provider_message where verdict = 'notice.malformed'`,
    )
  const before = await receipts()
  const { appId: app_id, sellerId: seller_id } = merchantSettings(keys, sandbox.url).alipay
  const params = { app_id, seller_id, trade_status: 'TRADE_SUCCESS', total_amount: 'eighty' }
  const signature = sign('sha256', Buffer.from(signedText(params)), keys.alipay.platform.privateKey)
  const body = { ...params, sign_type: 'RSA2', sign: signature.toString('base64') }
  expect(await notices(String(new URLSearchParams(body)))).toEqual([400, 'notice.malformed'])
  expect(await kept()).toEqual([{ n: 1 }])
  // longer than any of theirs is: it is not even kept
  expect(await notices('a'.repeat(70_000))).toEqual([400, 'notice.malformed'])
  expect([await kept(), await receipts()]).toEqual([[{ n: 1 }], before])
})

it('a phone is sent five codes an hour, and an address begins so many sessions', async () => {
  const phone = '13900000077'
  const sent = async () => (await readFile(join(folder, 'sms/outbox.jsonl'), 'utf8')).split('\n').length
  for (let n = 0; n < 5; n++) await ask('/shop/session/code', '', { phone })
  const codes = () => db.owner('select sent_at, tries from customer_code order by sent_at')
  const before = [await sent(), await codes()]
  expect(await ask('/shop/session/code', '', { phone })).toMatchObject({
    body: { code: 'code.too_many', params: { minutes: 60 } },
  })
  expect([await sent(), await codes()]).toEqual(before)
  // as after two thousand of them
  const subject = attemptSubject(db.secrets.indexKey, 'address', 'shop-session shenzhen 192.0.2.66')
  await takeTry(server.kit.app.pool, subject, { limit: 1, windowMs: 900_000 }, new Date())
  const customers = () => db.owner('select count(*) from customer')
  const there = await customers()
  const from = { 'x-forwarded-for': '192.0.2.66' }
  expect(await ask('/shop/session', '', { phone }, from)).toMatchObject({
    body: { code: 'session.too_many', params: { minutes: 15 } },
  })
  expect(await customers()).toEqual(there)
})

it('an address writes so much a minute, of however many sessions', async () => {
  const from = { 'x-forwarded-for': '192.0.2.77' }
  const cookies = [await guest('13900000078'), await guest('13900000079')]
  const body = { orderIds: [newId()], way: 'alipay' }
  // at once: one after another on a busy machine, turns come back as fast as they are taken
  const answers = await Promise.all(
    Array.from({ length: 90 }, (_, n) => ask('/my/payments', cookies[n % 2], body, from)),
  )
  const refused = answers.filter(({ status }) => status === 429)
  expect(answers.length - refused.length).toBeGreaterThanOrEqual(60)
  expect(refused[0]).toMatchObject({ body: { code: 'shop.too_many' } })
  expect(await ask('/my/payments', cookies[0], body)).toMatchObject({ status: 404 })
})
