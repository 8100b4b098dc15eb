import { shipOrder } from '@silian/chains/supply/delivery/ship.ts'
import { placeOrder } from '@silian/chains/supply/orders/place.ts'
import { acceptOrder, decideOrder, evaluateOrder } from '@silian/chains/supply/orders/service.ts'
import { openPayment, receiveCredit } from '@silian/chains/supply/payments/service.ts'
import { ownSigner } from '@silian/e2e/own-signer.ts'
import { smallWorld, worldTime } from '@silian/e2e/small-world.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { composeKit } from '@silian/server/compose.ts'
import { type Cpu, cpuBetween, cpuNow } from '../cpu.ts'
import { callers } from '../rounds.ts'
import { asOwner } from '../stand.ts'
import type { Setting } from './setting.ts'

export interface Orders {
  readonly orders: number
  /** From the basket to the settlement, everything counted. */
  readonly perSecond: number
  readonly cpu: Cpu
}

/**
 * The whole main job, service by service without HTTP: placed, approved, shipped, accepted, paid, evaluated; then
 * everything sequenced, settled and counted into the figures. Eight buyers, one offer. For the record, without a
 * baseline: checkout has its own.
 */
export async function orders({ stand, seconds }: Setting): Promise<Orders> {
  const connections = await stand.database('bench_orders')
  const kit = composeKit(connections, stand.secrets)
  const world = await smallWorld(kit, { ownGrams: 500_000_000_000, baseFen: 1_000_000_000_000 })
  const bank = await ownSigner(kit, world, world.id('bank'))
  const { id, write } = world
  const one = async () => {
    const [order, payment] = [newId(), newId()]
    const line = { offerId: id('offer1'), offerVersion: 1, pieces: 1 }
    const basket = { id: order, declarationId: id('declaration'), note: '', lines: [line] }
    await write(tx => placeOrder(tx, kit, [id('unit')], basket), 'buyer')
    await write(tx => decideOrder(tx, kit, order, { approve: true, note: '' }), 'approver')
    await write(tx => shipOrder(tx, kit, order, { carrier: '示范物流', waybill: 'W1' }), 'coop')
    await write(tx => acceptOrder(tx, kit, order, { invoiceNumber: 'INV-1' }), 'acceptor')
    await write(tx => openPayment(tx, kit, { id: payment, orderIds: [order] }), 'accountant')
    const [{ code } = { code: '' }] = await kit.app.read({ programme: world.programme, actor: 'bench' }, tx =>
      tx.query<{ code: string }>('select code from payment where programme_id = $1 and id = $2', [
        tx.programme,
        payment,
      ]),
    )
    const credit = { reference: newId(), code, fen: '8000', bookedAt: worldTime.toISOString() }
    const signed = { entry: bank.sign('bank.credited', credit), types: ['bank.credited'] }
    await write(async tx =>
      receiveCredit(tx, kit, await kit.recorder.recordSigned(tx, { ...signed, subject: entry => entry.id })),
    )
    await write(tx => evaluateOrder(tx, kit, order, { score: 5, text: '新鲜' }), 'acceptor')
    return 1
  }
  await one()
  await world.drain()
  const [before, begun] = [await cpuNow(stand.postmaster), performance.now()]
  const { operations } = await callers(8, seconds, one)
  await world.drain()
  const elapsed = (performance.now() - begun) / 1000
  const cpu = cpuBetween(before, await cpuNow(stand.postmaster))
  await Promise.all([kit.app.close(), kit.batch.close()])
  const [rows] = await asOwner(connections, query => query('select count(*)::int as n from settlement'))
  if (rows?.n !== operations + 1) throw new Error(`${operations + 1} orders, ${rows?.n} settlements`)
  const per = (ms: number) => ms / operations
  return {
    orders: operations,
    perSecond: operations / elapsed,
    cpu: { node: per(cpu.node), postgres: per(cpu.postgres), client: 0 },
  }
}
