import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { listFigures } from '@silian/chains/assurance/figures/reads.ts'
import { publishMonth } from '@silian/chains/assurance/figures/service.ts'
import { passClaims } from '@silian/chains/supply/claims/jobs.ts'
import { claimableOf } from '@silian/chains/supply/claims/reads.ts'
import { moveClaim, openClaim } from '@silian/chains/supply/claims/service.ts'
import { shipOrder } from '@silian/chains/supply/delivery/ship.ts'
import { placeOrder } from '@silian/chains/supply/orders/place.ts'
import { acceptOrder, decideOrder, evaluateOrder } from '@silian/chains/supply/orders/service.ts'
import { receiveMessage } from '@silian/chains/supply/payments/bank.ts'
import { openPayment } from '@silian/chains/supply/payments/service.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { storeFile } from '@silian/kernel/files/store.ts'
import { cells } from '@silian/kernel/metric/publish.ts'
import { must, type Result } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OwnSigner, ownSigner } from './own-signer.ts'
import { type SmallWorld, smallWorld, worldTime } from './small-world.ts'

let db: TestDatabase
let kit: Whole
let world: SmallWorld
let bank: OwnSigner
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'silian-claims-'))
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets, folder)
  world = await smallWorld(kit)
  bank = await ownSigner(kit, world, world.id('bank'))
  // the mango of this test is dried
  await db.owner(`update produce_class set fresh = false where path ~ '^fruit'`)
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
  await rm(folder, { recursive: true })
})

const DAY = 86_400_000
const at = (day: number) => new Date(worldTime.getTime() + day * DAY)
const act = <T, C extends string>(
  day: number,
  work: (tx: Writer) => Promise<Result<T, C>>,
  actor = 'acceptor',
) => kit.app.write({ programme: world.programme, actor, at: at(day) }, work)
const pass = (day: number) =>
  passClaims.run({ kit, scope: { programme: world.programme, actor: 'system', at: at(day) } } as never, {})

/** Three at 80 yuan, accepted on the first day; paid and evaluated where it is to count. */
async function accepted(name: string, { counts = false } = {}): Promise<string> {
  const id = world.id(name)
  const lines = [{ offerId: world.id('offer1'), offerVersion: 1, pieces: 3 }]
  const order = { id, declarationId: world.id('declaration'), note: '', lines }
  must(await act(0, tx => placeOrder(tx, kit, 'all', order), 'buyer'))
  must(await act(0, tx => decideOrder(tx, kit, id, { approve: true, note: '' }), 'approver'))
  must(await act(0, tx => shipOrder(tx, kit, id, { carrier: '示范物流', waybill: 'W' })))
  must(await act(1, tx => acceptOrder(tx, kit, id, { invoiceNumber: 'INV' })))
  if (!counts) return id
  must(await act(1, tx => evaluateOrder(tx, kit, id, { score: 5, text: '' })))
  must(await act(1, tx => openPayment(tx, kit, { id: world.id(`pay ${name}`), orderIds: [id] })))
  const [payment] = await db.owner<{ code: string }>('select code from payment where id = $1', [
    world.id(`pay ${name}`),
  ])
  const word = { reference: `in-${name}`, code: payment!.code, fen: '24000', bookedAt: at(1).toISOString() }
  must(await act(1, tx => receiveMessage(tx, kit, bank.sign('bank.credited', word)), 'bank'))
  return id
}

const claim = (
  order: string,
  kind: 'return' | 'quality' | 'missing',
  pieces: number,
  day: number,
  photos: string[] = [],
) => act(day, tx => openClaim(tx, kit, order, { kind, lines: [{ no: 1, pieces }], reason: '如照片', photos }))
const stateOf = async (id: string) =>
  (await db.owner<{ state: string }>('select state from claim where id = $1', [id]))[0]!.state
const offOf = async (order: string) =>
  (
    await db.owner<{ off: number; back: number }>(
      'select off_fen as off, refunded_fen as back from "order" where id = $1',
      [order],
    )
  )[0]!
const quota = async () =>
  (
    await db.owner<{ balance: number }>(`select balance from ledger_account where account = $1`, [
      `quota/declaration/${world.id('declaration')}`,
    ])
  )[0]!.balance
const photo = async () =>
  must(
    await act(1, tx =>
      storeFile(tx, kit.files, {
        content: Buffer.from(
          'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
          'base64',
        ),
        ...{
          uploadedBy: 'acceptor',
          encrypt: true,
          name: 'p.png',
          kind: 'photo',
          retentionClass: 'application',
        },
      }),
    ),
  ).id

describe('a return after the order has counted', () => {
  it('goes back, is received, paid back to the budget, and what counted is taken back', async () => {
    const order = await accepted('counted', { counts: true })
    expect(await quota()).toBe(24_000)
    const asked = must(await claim(order, 'return', 1, 2))
    expect(asked.state).toBe('asked')
    must(await act(3, tx => moveClaim(tx, kit, asked.id, 'agree', { by: 'seller' })))
    // nothing is paid before the goods are back
    expect(await offOf(order)).toEqual({ off: 0, back: 0 })
    must(
      await act(4, tx =>
        moveClaim(tx, kit, asked.id, 'send', {
          by: 'buyer',
          set: { return_carrier: 'C', return_waybill: 'R' },
        }),
      ),
    )
    must(await act(6, tx => moveClaim(tx, kit, asked.id, 'receive', { by: 'seller', restock: true })))
    expect(await stateOf(asked.id)).toBe('refunded')
    expect(await offOf(order)).toEqual({ off: 8000, back: 8000 })
    expect(await quota()).toBe(16_000)
    const moved = await db.owner(
      `select account, amount::int from ledger_posting where entry_id in (select id from ledger_entry where kind = 'order.reduced')
       order by account`,
    )
    expect(moved).toEqual([
      { account: `quota/declaration/${world.id('declaration')}`, amount: -8000 },
      { account: `stock/lot/${world.id('lot1')}`, amount: 5000 },
      { account: 'world/consumed/g', amount: -5000 },
      { account: 'world/quota', amount: 8000 },
    ])
  })
})

describe('what counted in October and came back in November', () => {
  const returned = async (order: string, day: number) => {
    const { id } = must(await claim(order, 'return', 1, 2))
    must(await act(3, tx => moveClaim(tx, kit, id, 'agree', { by: 'seller' })))
    const set = { return_carrier: 'C', return_waybill: 'R' }
    must(await act(4, tx => moveClaim(tx, kit, id, 'send', { by: 'buyer', set })))
    must(await act(day, tx => moveClaim(tx, kit, id, 'receive', { by: 'seller', restock: true })))
  }
  const scope = () => ({ programme: world.programme, actor: 'task force', at: at(28) })
  const cellsOf = (metric: string, period: string) => kit.app.read(scope(), tx => cells(tx, metric, period))

  it('is taken off in November, whether October was published before or not', async () => {
    const [open, closed] = [
      await accepted('open', { counts: true }),
      await accepted('closed', { counts: true }),
    ]
    await returned(open, 26)
    await world.drain()
    const closing = { period: '2025-10', holder: 'task force', metric: 'completed_purchases' }
    must(await publishMonth(kit, scope(), closing))
    await returned(closed, 29)
    await world.drain()
    // three orders of 240 yuan, of one of which a third came back in October itself
    const october = { sum: 3 * 24_000 - 8000, count: 4 }
    const november = { sum: -2 * 8000, count: 2 }
    for (const [metric, dims] of [
      ['completed_purchases', ['451003', 'budget_unit', 'unit']],
      ['purchases_by_class', ['451003', 'fruit/tropical/mango', 'unit']],
      ['supplier_sales', ['451003', world.id('coop'), 'unit']],
    ] as const) {
      expect([metric, await cellsOf(metric, '2025-10')]).toEqual([metric, [{ dims, ...october }]])
      expect([metric, await cellsOf(metric, '2025-11')]).toEqual([metric, [{ dims, ...november }]])
    }
    expect(await quota()).toBe(october.sum + november.sum)
    expect(await cellsOf('completed_orders', '2025-10')).toEqual([
      { dims: ['budget_unit', 'unit'], sum: 3, count: 3 },
    ])
  })

  it('is told beside the figure that was published, which stays', async () => {
    const told = await kit.app.read(scope(), listFigures)
    expect(
      told.map(({ metric, period, published, totalFen }) => [metric, period, published, totalFen]),
    ).toEqual([
      ['completed_purchases.v2', '2025-11', false, -16_000],
      ['completed_purchases.v2', '2025-10', true, 64_000],
    ])
    expect(told[1]!.rows).toMatchObject([
      { buyerKind: 'budget_unit', channel: 'unit', fen: 64_000, count: 4 },
    ])
  })

  it('is told as it was published also where an earlier version of the metric published it', async () => {
    await db.owner(
      `insert into metric_close (programme_id, metric, period, up_to, fact_id, total, count, closed_at)
       select programme_id, 'completed_purchases', '2025-09', up_to, fact_id, total, count, closed_at from metric_close`,
    )
    const [, , september] = await kit.app.read(scope(), listFigures)
    expect(september).toMatchObject({
      ...{ metric: 'completed_purchases', period: '2025-09', published: true, totalFen: 64_000, count: 4 },
      shares: null,
    })
    await db.owner(`delete from metric_close where metric = 'completed_purchases'`)
  })
})

describe('a claim of quality', () => {
  it('without an answer in two days is agreed and paid at once; less is due of what was not paid', async () => {
    const order = await accepted('silent')
    const asked = must(await claim(order, 'quality', 2, 1.5, [await photo()]))
    await pass(3)
    expect(await stateOf(asked.id)).toBe('asked')
    await pass(3.6)
    expect(await stateOf(asked.id)).toBe('refunded')
    expect(await offOf(order)).toEqual({ off: 16_000, back: 0 })
    // once over, its time brings nothing more
    await pass(30)
    expect(await offOf(order)).toEqual({ off: 16_000, back: 0 })
  })

  it('refused is decided by the office when the receiver objects, once', async () => {
    const order = await accepted('disputed')
    const asked = must(await claim(order, 'quality', 1, 1.5, [await photo()]))
    must(
      await act(2, tx => moveClaim(tx, kit, asked.id, 'refuse', { by: 'seller', set: { answer: '完好' } })),
    )
    must(
      await act(3, tx => moveClaim(tx, kit, asked.id, 'object', { by: 'buyer', set: { objection: '不' } })),
    )
    must(
      await act(4, tx =>
        moveClaim(tx, kit, asked.id, 'dismiss', { by: 'office', set: { decision: '照片不符' } }),
      ),
    )
    expect(await stateOf(asked.id)).toBe('refused')
    const again = await act(5, tx => moveClaim(tx, kit, asked.id, 'object', { by: 'buyer' }))
    expect(again).toMatchObject({ code: 'claim.wrong_state' })
    expect(await offOf(order)).toEqual({ off: 0, back: 0 })
  })
})

it('what is claimed is not claimed again, and what is refused leaves nothing behind', async () => {
  const order = await accepted('refusals')
  const before = await db.owner(
    'select (select count(*) from claim) as claims, (select count(*) from fact) as facts',
  )
  const refused = async (asked: Promise<unknown>, code: string) =>
    expect(await asked).toMatchObject({ ok: false, code })
  await refused(claim(order, 'quality', 1, 2), 'claim.photo_needed')
  await refused(claim(order, 'quality', 1, 4, [await photo()]), 'claim.too_late')
  await refused(claim(order, 'return', 1, 9), 'claim.too_late')
  await refused(claim(order, 'return', 4, 2), 'order.too_many_pieces')
  await refused(claim(order, 'missing', 1, 2, [world.id('no file')]), 'file.not_found')
  expect(
    await db.owner('select (select count(*) from claim) as claims, (select count(*) from fact) as facts'),
  ).toEqual(before)
  must(await claim(order, 'return', 2, 2))
  await refused(claim(order, 'missing', 2, 2), 'order.too_many_pieces')
  const open = await kit.app.read({ programme: world.programme, actor: 'x', at: at(2) }, tx =>
    claimableOf(tx, order),
  )
  expect(open.lines).toEqual([{ no: 1, pieces: 1, returnable: true }])
  await db.owner(`update produce_class set fresh = true where path ~ '^fruit'`)
  await refused(claim(order, 'return', 1, 2), 'claim.fresh')
})

it('goods that are not sent back in their time are kept, and the claim is over', async () => {
  const [row] = await db.owner<{ id: string }>(
    `select id from claim where state = 'asked' and kind = 'return'`,
  )
  must(await act(3, tx => moveClaim(tx, kit, row!.id, 'agree', { by: 'seller' })))
  await pass(11)
  expect(await stateOf(row!.id)).toBe('withdrawn')
})

it('stands in the log as it stands in the tables', async () => {
  await world.drain()
  const report = await checkProgramme(kit, world.programme)
  expect(report.differences).toEqual([])
  expect(report.notRecomputed).toEqual({})
})
