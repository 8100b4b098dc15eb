import { confirmItem, sendBatch } from '@silian/chains/assurance/payouts/service.ts'
import { shipOrder } from '@silian/chains/supply/delivery/ship.ts'
import { placeOrder } from '@silian/chains/supply/orders/place.ts'
import { acceptOrder, decideOrder, evaluateOrder } from '@silian/chains/supply/orders/service.ts'
import { openPayment, receiveCredit } from '@silian/chains/supply/payments/service.ts'
import { balances } from '@silian/kernel/ledger/accounts.ts'
import { checkLedger } from '@silian/kernel/ledger/check.ts'
import { cells } from '@silian/kernel/metric/publish.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ownSigner } from './own-signer.ts'
import { type SmallWorld, smallWorld, worldTime } from './small-world.ts'

let db: TestDatabase
let kit: Whole
let world: SmallWorld
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit)
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

it('takes one order from the basket to the household and the published figure', async () => {
  const { id, write } = world
  const order = id('order')
  await write(
    tx =>
      placeOrder(tx, kit, [id('unit')], {
        id: order,
        declarationId: id('declaration'),
        note: '',
        lines: [{ offerId: id('offer1'), offerVersion: 1, pieces: 10 }],
      }),
    'buyer',
  )
  await write(tx => decideOrder(tx, kit, order, { approve: true, note: '' }), 'approver')
  await write(tx => shipOrder(tx, kit, order, { carrier: '示范物流', waybill: 'W1' }), 'coop')
  await write(tx => acceptOrder(tx, kit, order, { invoiceNumber: 'INV-1' }), 'acceptor')
  await write(tx => evaluateOrder(tx, kit, order, { score: 5, text: '新鲜' }), 'acceptor')
  await write(tx => openPayment(tx, kit, { id: id('payment'), orderIds: [order] }), 'accountant')
  const [payment] = await db.owner<{ code: string }>('select code from payment')
  const bank = await ownSigner(kit, world, id('bank'))
  const entry = bank.sign('bank.credited', {
    reference: 'B1',
    code: payment!.code,
    fen: '80000',
    bookedAt: worldTime.toISOString(),
  })
  await write(async tx =>
    receiveCredit(
      tx,
      kit,
      await kit.recorder.recordSigned(tx, { entry, types: ['bank.credited'], subject: e => e.id }),
    ),
  )
  await world.drain()

  // 50 kg at half from h1 (25 kg × 4 yuan/kg = 100.00), 10 % of 800.00 to h2's shares, the rest to the co-op
  const parts = await db.owner('select household_id, mechanism, fen from settlement_part order by fen')
  expect(parts).toEqual([
    { household_id: id('h2'), mechanism: 'share_dividend', fen: 8000 },
    { household_id: id('h1'), mechanism: 'order_purchase', fen: 10_000 },
  ])
  await write(tx =>
    sendBatch(
      tx,
      kit,
      { programme: 'shenzhen', everything: true, areaPaths: [], organisationIds: [], personIds: [] },
      id('finance'),
      { id: id('batch'), countyCode: '451003' },
    ),
  )
  const paid = bank.sign('bank.paid_out', {
    reference: 'B2',
    batch: id('batch'),
    fen: '18000',
    bookedAt: worldTime.toISOString(),
  })
  await write(async tx => ({
    ok: true,
    value: await kit.recorder.recordSigned(tx, {
      entry: paid,
      types: ['bank.paid_out'],
      subject: () => id('batch'),
    }),
  }))
  await world.drain()
  const items = await db.owner<{ id: string; amount_fen: number }>(
    'select id, amount_fen from payout_item order by amount_fen',
  )
  for (const item of items)
    await write(tx =>
      confirmItem(
        tx,
        kit,
        { programme: 'shenzhen', everything: true, areaPaths: [], organisationIds: [], personIds: [] },
        item.id,
      ),
    )

  await kit.app.read({ programme: 'shenzhen', actor: 'test', at: worldTime }, async tx => {
    const accounts = await balances(tx, [
      'world/bank',
      `escrow/order/${order}`,
      `payable/organisation/${id('coop')}`,
      `payable/household/${id('h1')}`,
      `quota/declaration/${id('declaration')}`,
      `stock/lot/${id('lot1')}`,
    ])
    expect(
      Object.fromEntries(
        [...accounts].map(([name, account]) => [name.split('/').slice(0, 2).join('/'), account.balance]),
      ),
    ).toEqual({
      'world/bank': -62_000,
      'escrow/order': 0,
      'payable/organisation': 62_000,
      'payable/household': 0,
      'quota/declaration': 80_000,
      'stock/lot': 950_000,
    })
    expect(await cells(tx, 'completed_purchases', '2025-10')).toEqual([
      { dims: ['451003', 'budget_unit', 'unit'], sum: 80_000, count: 1 },
    ])
    expect(await checkLedger(tx)).toEqual({ accounts: [], entries: [] })
  })
})
