import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { shipOrder } from '@silian/chains/supply/delivery/ship.ts'
import { placeOrder } from '@silian/chains/supply/orders/place.ts'
import { acceptOrder, decideOrder, evaluateOrder } from '@silian/chains/supply/orders/service.ts'
import { receiveMessage } from '@silian/chains/supply/payments/bank.ts'
import { openPayment } from '@silian/chains/supply/payments/service.ts'
import { drain } from '@silian/kernel/log/sequencer.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { smallWorld, worldTime } from '../small-world.ts'
import { type BusyWorld, busyWorld } from './busy-world.ts'

let db: TestDatabase
let kit: Whole
let busy: BusyWorld
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  busy = await busyWorld(db, kit, await smallWorld(kit))
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

const check = () => checkProgramme(kit, busy.world.programme)

it('finds nothing after orders of every end', async () => {
  const report = await check()
  expect(report.differences).toEqual([])
  expect(report).toMatchObject({ ok: true, more: 0, notRecomputed: {} })
  expect(report.facts).toMatchObject({ pending: 0, erased: 0 })
  const states = await db.owner<{ state: string }>('select distinct state from "order" order by 1')
  expect(states.map(row => row.state)).toEqual([
    'accepted',
    'approved',
    'cancelled',
    'expired',
    'in_approval',
    'partly_shipped',
    'refused',
    'shipped',
  ])
  const [sums] = await db.owner<Record<string, number>>(
    `select count(*)::int as orders, sum(total_fen) filter (where paid_at is not null)::int as paid,
       sum(total_fen) filter (where completed_at is not null)::int as completed from "order"`,
  )
  expect(report.totals).toMatchObject({
    orders: sums!.orders,
    paidFen: sums!.paid,
    completedFen: sums!.completed,
    countedFen: sums!.completed,
    settledFen: sums!.completed,
  })
  const { settledFen, cooperativesFen, householdsFen, paidOutFen, confirmedFen } = report.totals
  expect(cooperativesFen + householdsFen).toBe(settledFen)
  // one county has confirmed, the other not yet
  expect(confirmedFen).toBeLessThan(paidOutFen)
})

it('finds nothing in the log of what belongs to no programme', async () => {
  expect(await checkProgramme(kit, 'platform')).toMatchObject({ ok: true, tables: { programme: 1 } })
})

it('finds nothing while facts wait for the log, and while subscriptions wait for facts', async () => {
  const { id, write } = busy.world
  const order = id('waiting')
  const lines = [{ offerId: id('offer1'), offerVersion: 2, pieces: 1 }]
  await write(
    tx => placeOrder(tx, kit, 'all', { id: order, declarationId: id('declaration'), note: '', lines }),
    'buyer',
  )
  await write(tx => decideOrder(tx, kit, order, { approve: true, note: '' }), 'approver')
  await write(tx => shipOrder(tx, kit, order, { carrier: '示范物流', waybill: 'W' }))
  await write(tx => acceptOrder(tx, kit, order, { invoiceNumber: 'INV' }))
  await write(tx => evaluateOrder(tx, kit, order, { score: 5, text: '' }))
  await write(tx => openPayment(tx, kit, { id: id('waiting payment'), orderIds: [order] }))
  const [payment] = await db.owner<{ code: string }>('select code from payment where id = $1', [
    id('waiting payment'),
  ])
  const bookedAt = worldTime.toISOString()
  const entry = busy.bank.sign('bank.credited', {
    reference: 'W',
    code: payment!.code,
    fen: '8100',
    bookedAt,
  })
  await write(tx => receiveMessage(tx, kit, entry))
  // placed, approved, shipped, accepted, evaluated, opened, the bank's word, paid, completed
  expect(await check()).toMatchObject({ ok: true, facts: { pending: 9 } })
  await drain(kit.batch, kit.keyring, busy.world.programme, { at: worldTime })
  expect(await check()).toMatchObject({ ok: true, facts: { pending: 0 } })
  await busy.world.drain()
  expect(await check()).toMatchObject({ ok: true, facts: { pending: 0 } })
})

it('does not miss words that were erased, and misses the amounts that sums rest on', async () => {
  const erase = (type: string, field: string) =>
    db.owner<{ fact_id: string }>(
      `delete from fact_private p using fact f where f.id = p.fact_id and f.type = $1 and p.field = $2
       returning p.fact_id, p.field, p.salt, p.sealed_value`,
      [type, field],
    )
  const words = await erase('order.accepted', 'invoice')
  expect(await check()).toMatchObject({ ok: true, facts: { erased: words.length } })
  const amounts = await erase('order.settled', 'part0')
  const { differences } = await check()
  for (const { fact_id } of amounts)
    expect(differences).toContainEqual({
      ...{ table: 'fact_private', key: `${fact_id}/part0`, field: '*', expected: 'a row', found: 'no row' },
    })
})

it('says so where there is no log', async () => {
  expect((await checkProgramme(kit, 'nowhere')).differences).toEqual([
    { table: 'log', key: 'log', field: '*', expected: 'a row', found: 'no row' },
  ])
})
