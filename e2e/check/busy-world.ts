import { draftBulletin, publishBulletin } from '@silian/chains/assurance/bulletins/service.ts'
import { citeFigures, publishMonth } from '@silian/chains/assurance/figures/service.ts'
import { confirmItem, sendBatch } from '@silian/chains/assurance/payouts/service.ts'
import { household } from '@silian/chains/production/households/household.register.ts'
import { changeOffer } from '@silian/chains/supply/catalogue/service.ts'
import { fallShort, takeOff } from '@silian/chains/supply/delivery/off.ts'
import { packParcels } from '@silian/chains/supply/delivery/pack.ts'
import { dispatchParcels, shipOrder } from '@silian/chains/supply/delivery/ship.ts'
import { placeOrder } from '@silian/chains/supply/orders/place.ts'
import { lockOrder } from '@silian/chains/supply/orders/row.ts'
import {
  acceptOrder,
  cancelOrder,
  decideOrder,
  evaluateOrder,
  expireOrder,
} from '@silian/chains/supply/orders/service.ts'
import { receiveMessage } from '@silian/chains/supply/payments/bank.ts'
import { openPayment } from '@silian/chains/supply/payments/service.ts'
import { moveLot } from '@silian/chains/value/lots/move.ts'
import { changeProduct } from '@silian/chains/value/products/change.ts'
import type { Reach } from '@silian/kernel/access/permit.ts'
import { recordSuccession } from '@silian/kernel/access/succession-fact.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { expireHolds } from '@silian/kernel/ledger/holds.ts'
import { succeedRows } from '@silian/kernel/register/succession.ts'
import { must, ok, type Result } from '@silian/kernel/result/result.ts'
import type { TestDatabase } from '@silian/kernel/testing/test-database.ts'
import type { Whole } from '@silian/server/compose.ts'
import { countersigned } from '../countersigned.ts'
import { type OwnSigner, ownSigner } from '../own-signer.ts'
import { redeem } from '../redeemed.ts'
import { type SmallWorld, worldTime } from '../small-world.ts'

const DAY = 86_400_000

/** Everything that can happen to an order, and how often. */
const ends = [
  'waits',
  'refused',
  'cancelled',
  'cancelled-late',
  'expired',
  'approved',
  'shipped',
  'unpaid',
  'prepaid',
  'wrong-sum',
  'cancelled-then-paid',
  'unevaluated',
  'completed',
  'completed',
  'completed',
] as const
type End = (typeof ends)[number]

export interface BusyWorld {
  readonly world: SmallWorld
  readonly bank: OwnSigner
  readonly reach: Reach
}

/**
 * A world in which much has happened: `count` orders of every end, payouts, a closed month and one late into it. With
 * `merges`, the first household and the second co-operative have ended in others.
 */
export async function busyWorld(
  db: TestDatabase,
  kit: Whole,
  world: SmallWorld,
  count = 30,
  { merges = true }: { readonly merges?: boolean } = {},
): Promise<BusyWorld> {
  const bank = await ownSigner(kit, world, world.id('bank'))
  const reach: Reach = {
    programme: world.programme,
    everything: true,
    areaPaths: [],
    organisationIds: [],
    personIds: [],
  }
  const stage = new Stage(db, kit, world, bank, reach)
  for (let n = 0; n < count; n++) await stage.order(n, ends[n % ends.length]!)
  await world.drain()
  await stage.payOut('451003')
  await stage.order(count, 'completed')
  await world.drain()
  await stage.countersign(12, 'unit2')
  await stage.payOut('451028', { confirm: false })
  await stage.redeem()
  await stage.parcels()
  if (merges) await stage.merge()
  await stage.disputes()
  await stage.publish('2025-10')
  // completed in October by its own clock, known only after the month was closed; a seller of it was merged
  await stage.order(2 * count + 2, 'completed')
  await world.drain()
  await stage.act(20, async tx => ok(await expireHolds(tx, 500)))
  await stage.act(20, tx =>
    citeFigures(tx, kit, world.id('task-force'), [
      {
        key: 'cited',
        row: 'S1-1',
        quoteZh: '示范',
        labelEn: 'Example',
        value: '1',
        unit: '亿元',
        asOf: '2020',
      },
    ]),
  )
  await world.drain()
  return { world, bank, reach }
}

class Stage {
  readonly #db: TestDatabase
  readonly #kit: Whole
  readonly #world: SmallWorld
  readonly #bank: OwnSigner
  readonly #reach: Reach

  constructor(db: TestDatabase, kit: Whole, world: SmallWorld, bank: OwnSigner, reach: Reach) {
    this.#db = db
    this.#kit = kit
    this.#world = world
    this.#bank = bank
    this.#reach = reach
  }

  /** One command some days after the world's time. */
  async act<T>(day: number, work: (tx: Writer) => Promise<Result<T>>, actor = 'system'): Promise<T> {
    const at = new Date(worldTime.getTime() + day * DAY)
    return must(await this.#kit.app.write({ programme: this.#world.programme, actor, at }, work))
  }

  async order(n: number, end: End): Promise<void> {
    const { id } = this.#world
    const order = id(`busy ${n}`)
    const second = n % 3 === 0
    await this.act(
      0,
      tx =>
        placeOrder(tx, this.#kit, 'all', {
          id: order,
          declarationId: id(second ? 'declaration2' : 'declaration'),
          note: '',
          lines: [
            { offerId: id('offer1'), offerVersion: n > 12 ? 2 : 1, pieces: 1 + (n % 4) },
            ...(n % 2 === 0 ? [{ offerId: id('offer2'), offerVersion: 1, pieces: 1 + (n % 3) }] : []),
            ...(n % 5 === 0 ? [{ offerId: id('offer3'), offerVersion: 1, pieces: 2 }] : []),
          ],
        }),
      'buyer',
    )
    const placed = await this.#db.owner<{ id: string }>(
      `select o.id from "order" o where o.id = $1 or o.placed_by = 'buyer' and not exists (
         select 1 from fact f where f.subject = o.id::text and f.type <> 'order.placed') and o.state = 'in_approval' and o.number <> ''
       order by (o.id = $1) desc, o.id`,
      [order],
    )
    for (const each of placed.filter(row => row.id === order || n % 2 === 0).slice(0, 2))
      await this.#go(each.id, end, `${n}-${each.id.slice(0, 4)}`)
    if (n === 12) {
      await this.act(1, tx =>
        changeOffer(tx, this.#kit, this.#reach, id('offer1'), {
          ...{ version: 1, priceFen: 8100 },
          prices: [{ group: 'unit', fromPieces: 100, priceFen: 7900 }],
        }),
      )
      await this.act(1, tx =>
        moveLot(tx, this.#kit, this.#reach, id('lot1'), {
          placeId: id('storage_place 451003901001'),
          from: null,
        }),
      )
      await this.act(1, tx => changeProduct(tx, this.#kit, id('mango'), { variety: '台农一号' }))
    }
  }

  async #go(order: string, end: End, name: string): Promise<void> {
    const kit = this.#kit
    if (end === 'waits') return
    if (end === 'expired') return this.act(16, async tx => ok(await expireOrder(tx, kit, order)))
    if (end === 'cancelled') return this.#done(tx => cancelOrder(tx, kit, order, '改期'))
    await this.#done(tx => decideOrder(tx, kit, order, { approve: end !== 'refused', note: '' }), 'approver')
    if (end === 'refused' || end === 'approved') return
    if (end === 'cancelled-late') return this.#done(tx => cancelOrder(tx, kit, order, '改期'))
    if (end === 'cancelled-then-paid') {
      const code = await this.#open(order, name)
      await this.#done(tx => cancelOrder(tx, kit, order, '改期'))
      return this.#credit(name, code, 8000)
    }
    if (end === 'prepaid') return this.#pay(order, name, 0)
    await this.#done(tx => shipOrder(tx, kit, order, { carrier: '示范物流', waybill: `W${name}` }), 'coop')
    if (end === 'shipped') return
    await this.#done(tx => acceptOrder(tx, kit, order, { invoiceNumber: `INV-${name}` }), 'acceptor')
    if (end === 'unpaid') return
    if (end === 'wrong-sum') return this.#pay(order, name, 1)
    if (end !== 'unevaluated')
      await this.#done(tx => evaluateOrder(tx, kit, order, { score: 5, text: '新鲜' }), 'acceptor')
    await this.#pay(order, name, 0)
  }

  async #done(work: (tx: Writer) => Promise<Result<unknown>>, actor = 'buyer'): Promise<void> {
    await this.act(1, work, actor)
  }

  async #open(order: string, name: string): Promise<string> {
    const payment = this.#world.id(`payment ${name}`)
    await this.#done(tx => openPayment(tx, this.#kit, { id: payment, orderIds: [order] }), 'accountant')
    return (await this.#db.owner<{ code: string }>('select code from payment where id = $1', [payment]))[0]!
      .code
  }

  async #pay(order: string, name: string, wrongBy: number): Promise<void> {
    const [row] = await this.#db.owner<{ total_fen: number }>('select total_fen from "order" where id = $1', [
      order,
    ])
    await this.#credit(name, await this.#open(order, name), row!.total_fen + wrongBy)
  }

  async #credit(reference: string, code: string, fen: number): Promise<void> {
    await this.say('bank.credited', { reference: reference.replaceAll(' ', '-'), code, fen: String(fen) })
  }

  async say(type: string, pub: Record<string, unknown>): Promise<void> {
    const entry = this.#bank.sign(type, { ...pub, bookedAt: worldTime.toISOString() })
    await this.#done(tx => receiveMessage(tx, this.#kit, entry), 'bank')
  }

  async payOut(county: string, { confirm = true } = {}): Promise<void> {
    const { id } = this.#world
    const batch = id(`batch ${county}`)
    await this.act(2, tx =>
      sendBatch(tx, this.#kit, this.#reach, id('finance'), { id: batch, countyCode: county }),
    )
    const [row] = await this.#db.owner<{ total_fen: number }>(
      'select total_fen from payout_batch where id = $1',
      [batch],
    )
    await this.say('bank.paid_out', { reference: `out-${county}`, batch, fen: String(row!.total_fen) })
    await this.#world.drain()
    const items = await this.#db.owner<{ id: string }>('select id from payout_item where batch_id = $1', [
      batch,
    ])
    if (confirm)
      for (const item of items) await this.act(3, tx => confirmItem(tx, this.#kit, this.#reach, item.id))
  }

  /** A household that waits for money goes on in another, and a co-operative in another. */
  async merge(): Promise<void> {
    const { id } = this.#world
    const [kit, reach] = [this.#kit, this.#reach]
    const households = { from: [id('h1')], to: [id('h2')], reason: '并户' }
    await this.act(3, tx => succeedRows(tx, kit, household, reach, households))
    const merge = { kind: 'merge', ids: [id('coop2')], into: id('coop') } as const
    await this.act(3, tx => recordSuccession(tx, kit.recorder, id('task-force'), merge))
    await this.#world.drain()
  }

  /** What the bank says that fits nothing of ours: kept, and nothing is posted. */
  async disputes(): Promise<void> {
    const { id } = this.#world
    await this.say('bank.paid_out', { reference: 'again', batch: id('batch 451003'), fen: '1' })
    await this.say('bank.credited', { reference: 'unknown', code: 'P00000000', fen: '777' })
    await this.#world.drain()
  }

  /** One order goes in two parcels, what is missing is not paid; of another half has left. */
  async parcels(): Promise<void> {
    const { id } = this.#world
    const kit = this.#kit
    const lines = [{ offerId: id('offer1'), offerVersion: 2, pieces: 4 }]
    for (const name of ['in two', 'half']) {
      const order = { id: id(name), declarationId: id('declaration'), note: '', lines }
      await this.act(0, tx => placeOrder(tx, kit, 'all', order), 'buyer')
      await this.#done(tx => decideOrder(tx, kit, id(name), { approve: true, note: '' }), 'approver')
      const part = {
        id: id(`parcel ${name}`),
        orderId: id(name),
        carrier: 'sandbox',
        lines: [{ no: 1, pieces: 1 }],
      }
      const packed = await this.act(1, tx => packParcels(tx, [part]), 'coop')
      await this.#done(tx => dispatchParcels(tx, kit, packed), 'coop')
    }
    const short = { off: id('short'), lines: [{ no: 1, pieces: 1 }], reason: '歉收' }
    await this.#done(tx => fallShort(tx, kit, id('in two'), short), 'coop')
    await this.#done(tx => shipOrder(tx, kit, id('in two'), { carrier: '示范物流', waybill: 'W2' }), 'coop')
    await this.#done(tx => acceptOrder(tx, kit, id('in two'), { invoiceNumber: 'INV-2' }), 'acceptor')
    await this.#done(async tx =>
      takeOff(tx, kit, await lockOrder(tx, id('in two')), {
        ...{ id: id('spoilt'), cause: 'quality', holder: id('coop'), lines: [{ no: 1, pieces: 1 }] },
      }),
    )
  }

  /** A voucher, so that every declared metric has something to keep. */
  /** A buyer's own key bears out an acceptance; the order was completed before. */
  countersign(n: number, buyer: string): Promise<void> {
    const { programme, id } = this.#world
    const at = new Date(worldTime.getTime() + 20 * DAY)
    return countersigned(this.#kit, this.#world, { programme, order: id(`busy ${n}`), buyer: id(buyer), at })
  }

  async redeem(): Promise<void> {
    const { id } = this.#world
    const said = { voucher: id('voucher'), batch: id('voucher batch'), issuer: 'district' as const }
    const lines = [
      { county: '451003', scope: 'counties832' as const, voucherFen: 5000n, purchaseFen: 13_000n },
    ]
    await this.act(3, async tx => ok(await redeem(tx, this.#kit, id('coop'), { ...said, lines })), 'coop')
  }

  async publish(period: string): Promise<void> {
    const at = new Date('2025-11-08T02:00:00Z')
    const scope = { programme: this.#world.programme, actor: 'taskforce', at }
    const holder = this.#world.id('task-force')
    must(await publishMonth(this.#kit, scope, { period, holder }))
    const bulletin = this.#world.id('busy bulletin')
    must(await this.#kit.app.write(scope, tx => draftBulletin(tx, { id: bulletin, month: period })))
    must(await this.#kit.app.write(scope, tx => publishBulletin(tx, this.#kit, holder, bulletin, 1)))
    await this.#world.drain()
  }
}
