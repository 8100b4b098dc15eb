import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { erasable } from '@silian/chains/declared.ts'
import { readClaim } from '@silian/chains/supply/claims/reads.ts'
import { moveClaim, openClaim } from '@silian/chains/supply/claims/service.ts'
import { complaintsOf } from '@silian/chains/supply/complaints/reads.ts'
import { complain } from '@silian/chains/supply/complaints/service.ts'
import { keepAddress } from '@silian/chains/supply/customers/addresses.ts'
import { eraseByPhone, eraseMe, readReceipt } from '@silian/chains/supply/customers/erase.ts'
import { newCustomer } from '@silian/chains/supply/customers/service.ts'
import { shipOrder } from '@silian/chains/supply/delivery/ship.ts'
import { placeOrders } from '@silian/chains/supply/orders/place.ts'
import { readNow } from '@silian/chains/supply/orders/place-reads.ts'
import { acceptOrder, evaluateOrder } from '@silian/chains/supply/orders/service.ts'
import { listProxies } from '@silian/chains/supply/proxy/reads.ts'
import { placeProxy } from '@silian/chains/supply/proxy/service.ts'
import { readPurchase } from '@silian/chains/supply/purchases/reads.ts'
import { cancelPurchase } from '@silian/chains/supply/purchases/service.ts'
import { listReviews } from '@silian/chains/supply/reviews/reads.ts'
import { storeFile } from '@silian/kernel/files/store.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { tlogProof } from '@silian/kernel/log/proofs.ts'
import { vkey } from '@silian/kernel/log/read.ts'
import { maskName } from '@silian/kernel/personal/masks.ts'
import { must, type Result } from '@silian/kernel/result/result.ts'
import { carryErasures } from '@silian/kernel/retention/job.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { verifyProof } from '@silian/verifier/proof.ts'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { everything } from '../refusals/side.ts'
import { PayStage } from '../shop/pay-stage.ts'
import { scan } from './scan.ts'

const phone = '19900099001'
const who = { name: '慕容无痕', phone, areaCode: '440304', address: '示例巷九十九号后院' }
const words = [
  ...[
    phone,
    who.name,
    who.address,
    maskName(who.name),
    '放在示例竹筐里',
    '示例甜得很',
    '有示例黑斑',
    '示例三天没人理',
  ],
  ...['示例快递没到', '示例客户家在后院', '示例还是不满意'],
]

let stage: PayStage
let kit: Whole
let folder: string
const ids = { customer: '', order: '', proxy: '', claim: '', erasure: '' }
const proofs: string[] = []
beforeAll(async () => {
  stage = await PayStage.open()
  folder = await mkdtemp(join(tmpdir(), 'silian-customers-'))
  kit = composeKit(stage.race.db.connections, stage.race.db.secrets, folder)
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await stage.end()
  await rm(folder, { recursive: true, force: true })
})

const act = async <T>(work: Parameters<typeof stage.write>[0], actor = ids.customer): Promise<T> =>
  must((await kit.app.write({ ...stage.scope(), actor }, work)) as Result<T>)
const read = <T>(work: Parameters<typeof kit.app.read<T>>[1]): Promise<T> => kit.app.read(stage.scope(), work)
const carry = (at = stage.now) => carryErasures(kit, erasable, { ...stage.scope(), at }, ids.erasure)
const receipt = async () => {
  const { state, receipt: told } = must(await read(tx => readReceipt(tx, ids.erasure)))
  return { state, ...told }
}
const lines = () => [{ offerId: stage.race.world.id('offer1'), offerVersion: 1, pieces: 2 }]

/** A picture nobody could take for another: its bytes hold the colour. */
async function picture(): Promise<string> {
  const content = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#321' } })
    .webp()
    .toBuffer()
  const file = {
    content,
    uploadedBy: ids.customer,
    encrypt: true,
    name: '慕容无痕.webp',
    kind: 'photo',
  } as const
  return (
    await act<{ id: string }>(tx => storeFile(tx, kit.files, { ...file, retentionClass: 'application' }))
  ).id
}

async function bought(): Promise<string> {
  const delivery = who
  const input = {
    buyer: 'citizen' as const,
    id: newId(),
    lines: lines(),
    note: '放在示例竹筐里',
    delivery,
    walletFen: 0,
  }
  const ask = { actor: ids.customer, units: [], customers: [ids.customer], input }
  const placed = await act<{ orders: { id: string }[] }>(async tx => {
    const [outcome] = await placeOrders(tx, kit, [ask], await readNow(tx, [ask]))
    return outcome!
  })
  const { id } = placed.orders[0]!
  await stage.confirm('wechat', await stage.pay(ids.customer, [id], 'wechat'))
  return id
}

it('a customer has left words and pictures wherever customers can', async () => {
  ids.customer = await act<string>(
    async tx => ({ ok: true, value: await newCustomer(tx, kit, phone, { name: who.name, provenAt: tx.at }) }),
    'system',
  )
  await act(tx => keepAddress(tx, kit, ids.customer, who))
  ids.order = await bought()
  // a service point ordered for the same phone
  const home = { customer: { phone, name: who.name }, home: who, lines: lines(), note: '' }
  const proxy = await act<{ orders: { id: string }[] }>(tx =>
    placeProxy(tx, kit, stage.race.world.id('community'), home),
  )
  ids.proxy = proxy.orders[0]!.id
  await act(tx => cancelPurchase(tx, kit, ids.proxy, '示例快递没到'))
  ids.erasure = (
    await act<{ erasure: string }>(tx => eraseMe(tx, { kind: 'customer', id: ids.customer } as never))
  ).erasure
  await act(tx => shipOrder(tx, kit, ids.order, { carrier: '示范物流', waybill: 'W1' }))
  const complaint = { matter: 'delivery', said: '示例三天没人理' } as const
  await act(tx => complain(tx, kit, ids.order, complaint))
  await carry()
  expect(await receipt()).toMatchObject({
    state: 'waiting',
    waits: [
      { code: 'order', count: 1 },
      { code: 'complaint', count: 1 },
    ],
  })
  await act(tx => acceptOrder(tx, kit, ids.order, { photos: [] }))
  const photos = [await picture()]
  await act(tx => evaluateOrder(tx, kit, ids.order, { score: 4, text: '示例甜得很', photos }))
  const asked = { kind: 'quality' as const, lines: [{ no: 1, pieces: 1 }], reason: '有示例黑斑' }
  const claim = await act<{ id: string }>(async tx =>
    openClaim(tx, kit, ids.order, { ...asked, photos: [await picture()] }),
  )
  ids.claim = claim.id
  const set = { answer: '示例客户家在后院' }
  await act(tx => moveClaim(tx, kit, claim.id, 'refuse', { by: 'seller', set }))
  const objected = { by: 'buyer' as const, set: { objection: '示例还是不满意' } }
  await act(tx => moveClaim(tx, kit, claim.id, 'object', objected))
  const found = await scan(stage.race.db, kit, 'shenzhen', words)
  expect(new Set(found.map(each => each.split(' ').at(-1)))).toEqual(new Set(words))
})

it('is waited for while a claim or a complaint is open, and then nothing of them is found', async () => {
  await carry()
  expect(await receipt()).toMatchObject({
    state: 'waiting',
    waits: [
      { code: 'claim', count: 1 },
      { code: 'complaint', count: 1 },
    ],
  })
  await act(tx => moveClaim(tx, kit, ids.claim, 'dismiss', { by: 'office', set: { decision: '照片不清' } }))
  await stage.race.db.owner(
    `update process_case set ended_at = opened_at, state = 'settled', due_on = null where process = 'complaint'`,
  )
  await stage.race.world.drain()
  for (const type of ['order.placed', 'order.evaluated', 'order.completed', 'claim.asked', 'case.opened']) {
    const facts = await stage.race.db.owner<{ id: string }>('select id from fact where type = $1', [type])
    for (const { id } of facts) proofs.push((await tlogProof(kit.app, 'shenzhen', id))!)
  }
  await carry()
  expect(await receipt()).toEqual({
    state: 'restricted',
    waits: [],
    destroyed: expect.any(Array),
    stays: [
      { class: 'trade', fields: ['record.trade'], until: '2028-10-08' },
      { class: 'accounting', fields: ['record.money'], until: '2056-01-01' },
    ],
  })
  const destroyed = Object.fromEntries((await receipt()).destroyed.map(({ kind, count }) => [kind, count]))
  expect(destroyed).toMatchObject({ customer: 2, address: 2, file: 2, complaint: 1 })
  expect(await scan(stage.race.db, kit, 'shenzhen', words)).toEqual([])
})

it('leaves proofs, the log, the books and the pages of what was bought whole', async () => {
  const key = (await vkey(kit.app, 'shenzhen'))!
  expect(proofs.length).toBeGreaterThan(4)
  for (const proof of proofs)
    expect((await verifyProof({ proof: Buffer.from(proof), vkey: key })).ok).toBe(true)
  await stage.race.world.drain()
  expect((await checkProgramme(kit, 'shenzhen')).differences).toEqual([])
  const reach = everything('shenzhen')
  const order = must(await read(tx => readPurchase(tx, kit, reach, ids.order)))
  expect(order).toMatchObject({
    totalFen: 16_000,
    note: '',
    address: null,
    evaluation: { score: 4, text: '' },
  })
  expect(order.complaints).toMatchObject([{ matter: 'delivery', said: '' }])
  expect(await read(tx => complaintsOf(tx, kit, order.number))).toHaveLength(1)
  expect(must(await read(tx => readClaim(tx, reach, ids.claim)))).toMatchObject({
    ...{ kind: 'quality', state: 'refused', amountFen: 8000, reason: '', answer: null, photos: [] },
  })
  const reviews = await read(tx => listReviews(tx, stage.race.world.id('mango'), { limit: 10 }))
  expect(reviews.items).toMatchObject([{ score: 4, text: '', by: null, photos: [] }])
  const proxies = await read(tx => listProxies(tx, kit, reach, { limit: 10 }))
  expect(proxies.items).toMatchObject([{ id: ids.proxy, name: null, phone: '' }])
})

it('is told to the log without naming them, and ends when nothing is held any more', async () => {
  const [told] = await stage.race.db.owner<{ pub: object }>(
    `select convert_from(entry, 'utf8')::jsonb -> 'pub' as pub from fact where type = 'erasure.carried'`,
  )
  expect(told!.pub).toEqual({ erasure: ids.erasure, register: 'customer', openings: expect.any(Number) })
  await carry(new Date('2030-01-01T02:00:00Z'))
  expect((await receipt()).state).toBe('restricted')
  await carry(new Date('2056-01-02T02:00:00Z'))
  expect((await receipt()).state).toBe('done')
})

it('is asked by an office for a phone, once; whoever is gone is not found', async () => {
  const again = () => kit.app.write(stage.scope(), tx => eraseByPhone(tx, kit, phone))
  expect(await again()).toMatchObject({ code: 'customer_phone.not_found' })
  // the number may buy again, as somebody new
  const guest = await act<string>(
    async tx => ({ ok: true, value: await newCustomer(tx, kit, phone) }),
    'system',
  )
  const first = must(await again())
  expect(must(await again())).toEqual(first)
  expect(await stage.race.db.owner('select row_id from erasure where id = $1', [first.erasures[0]])).toEqual([
    { row_id: guest },
  ])
})
