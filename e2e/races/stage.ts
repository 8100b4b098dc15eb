import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { listOffer } from '@silian/chains/supply/catalogue/service.ts'
import { shipOrder } from '@silian/chains/supply/delivery/ship.ts'
import { Checkout } from '@silian/chains/supply/orders/checkout.ts'
import { acceptOrder, cancelOrder, decideOrder, evaluateOrder } from '@silian/chains/supply/orders/service.ts'
import { receiveMessage } from '@silian/chains/supply/payments/bank.ts'
import { openPayment } from '@silian/chains/supply/payments/service.ts'
import { bringIn } from '@silian/chains/value/lots/service.ts'
import type { Reach } from '@silian/kernel/access/permit.ts'
import { command } from '@silian/kernel/database/command.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { must, type Result } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { type OwnSigner, ownSigner } from '../own-signer.ts'
import { type SmallWorld, type SmallWorldOptions, smallWorld, worldTime } from '../small-world.ts'

export interface Line {
  readonly offer: string
  readonly pieces: number
}

/** A small world with everything that races need: commands under a key, orders brought to a state, the bank's hand. */
export class RaceStage {
  readonly db: TestDatabase
  readonly kit: Whole
  readonly world: SmallWorld
  readonly bank: OwnSigner
  readonly checkout: Checkout
  readonly reach: Reach = {
    programme: 'shenzhen',
    everything: true,
    areaPaths: [],
    organisationIds: [],
    personIds: [],
  }

  private constructor(db: TestDatabase, kit: Whole, world: SmallWorld, bank: OwnSigner) {
    this.db = db
    this.kit = kit
    this.world = world
    this.bank = bank
    this.checkout = new Checkout(kit, worldTime)
  }

  static async open(options: SmallWorldOptions = {}): Promise<RaceStage> {
    const db = await testDatabase()
    const kit = composeKit(db.connections, db.secrets)
    const world = await smallWorld(kit, options)
    return new RaceStage(db, kit, world, await ownSigner(kit, world, world.id('bank')))
  }

  #connected = true

  /** Ends the connections of the kit; afterwards only the owner can look. */
  async disconnect(): Promise<void> {
    if (this.#connected) await Promise.all([this.kit.app.close(), this.kit.batch.close()])
    this.#connected = false
  }

  /** Deadlocks of this database since it was made. Connections tell of theirs at the latest when they end. */
  async deadlocks(): Promise<number> {
    await this.disconnect()
    const [row] = await this.db.owner<{ deadlocks: number }>(
      'select deadlocks from pg_stat_database where datname = current_database()',
    )
    return row!.deadlocks
  }

  async close(): Promise<void> {
    await this.disconnect()
    await this.db.close()
  }

  id(name: string): string {
    return this.world.id(name)
  }

  /** One command under its own key, `days` after the world's time. */
  run<T>(
    work: (tx: Writer) => Promise<Result<T>>,
    {
      actor = 'system',
      key = newId(),
      input = null as unknown,
      days = 0,
    }: { actor?: string; key?: string; input?: unknown; days?: number } = {},
  ): Promise<Result<T>> {
    const at = new Date(worldTime.getTime() + days * 86_400_000)
    return command<T, string>(
      this.kit.app,
      { programme: this.world.programme, actor, at },
      { key, name: 'race', input },
      work,
    )
  }

  /** A lot of the co-op's own mangoes with two offers: `name` in pieces of 5 kg, `name half` of 2.5 kg. */
  async lot(name: string, grams: number): Promise<void> {
    const { kit, reach } = this
    const productId = this.id('mango')
    const lot = { id: this.id(`lot ${name}`), code: name, productId, harvestedOn: '2025-10-01' }
    must(await this.run(tx => bringIn(tx, kit, reach, { ...lot, ownQuantity: grams, sources: [] })))
    for (const [offer, perPiece, priceFen] of [
      [name, 5000, 8000],
      [`${name} half`, 2500, 4200],
    ] as const)
      must(
        await this.run(tx =>
          listOffer(tx, kit, reach, {
            ...{ id: this.id(offer), productId, lotId: lot.id, specZh: '箱', specEn: 'box' },
            ...{ perPiece, priceFen, shipDays: 7 },
          }),
        ),
      )
  }

  stock(name: string): Promise<{ balance: number; held: number }> {
    return this.account(`stock/lot/${this.id(`lot ${name}`)}`)
  }

  place(
    order: string,
    lines: readonly Line[],
    { declaration = 'declaration', key = newId(), actor = 'buyer' } = {},
  ) {
    const input = {
      id: order,
      declarationId: this.id(declaration),
      note: '',
      lines: lines.map(line => ({ offerId: this.id(line.offer), offerVersion: 1, pieces: line.pieces })),
    }
    const ask = { actor, units: 'all', customers: [], input } as const
    return this.checkout.place(this.world.programme, ask, { key, name: 'race', input })
  }

  approve = (order: string) =>
    this.run(tx => decideOrder(tx, this.kit, order, { approve: true, note: '' }), { actor: 'approver' })

  cancel = (order: string) => this.run(tx => cancelOrder(tx, this.kit, order, '改期'))

  ship = (order: string) =>
    this.run(tx => shipOrder(tx, this.kit, order, { carrier: '示范物流', waybill: 'W1' }))

  accept = (order: string) => this.run(tx => acceptOrder(tx, this.kit, order, { invoiceNumber: 'INV-1' }))

  evaluate = (order: string) => this.run(tx => evaluateOrder(tx, this.kit, order, { score: 5, text: '' }))

  /** An order that waits for nothing but what the test races. */
  async order(name: string, to: 'placed' | 'approved' | 'shipped' | 'accepted', pieces = 1): Promise<string> {
    const order = this.id(name)
    must(await this.place(order, [{ offer: 'offer1', pieces }]))
    if (to === 'placed') return order
    must(await this.approve(order))
    if (to === 'approved') return order
    must(await this.ship(order))
    if (to === 'accepted') must(await this.accept(order))
    return order
  }

  async openPayment(orders: readonly string[], id = newId()): Promise<string> {
    must(await this.run(tx => openPayment(tx, this.kit, { id, orderIds: orders }), { actor: 'accountant' }))
    return this.codeOf(id)
  }

  async codeOf(payment: string): Promise<string> {
    return (await this.db.owner<{ code: string }>('select code from payment where id = $1', [payment]))[0]!
      .code
  }

  credit(reference: string, code: string, fen: number, change: { id?: string; log?: string } = {}): Buffer {
    return this.bank.sign(
      'bank.credited',
      {
        reference: reference.replaceAll(' ', '-'),
        code,
        fen: String(fen),
        bookedAt: worldTime.toISOString(),
      },
      change,
    )
  }

  /** As it comes over HTTP: no key but its own signature. */
  hear(entry: Buffer, days = 0) {
    const at = new Date(worldTime.getTime() + days * 86_400_000)
    return this.kit.app.write({ programme: this.world.programme, actor: 'bank', at }, tx =>
      receiveMessage(tx, this.kit, entry),
    )
  }

  async count(from: string, values: unknown[] = []): Promise<number> {
    return (await this.db.owner<{ n: number }>(`select count(*)::int as n from ${from}`, values))[0]!.n
  }

  async account(name: string): Promise<{ balance: number; held: number }> {
    const [row] = await this.db.owner<{ balance: number; held: number }>(
      'select balance, held from ledger_account where programme_id = $1 and account = $2',
      [this.world.programme, name],
    )
    return row!
  }

  /** Kinds of the facts of an order, in the order they were recorded. */
  async trail(order: string): Promise<string[]> {
    const rows = await this.db.owner<{ type: string }>(
      'select type from fact where programme_id = $1 and subject = $2 order by recorded_at, id',
      [this.world.programme, order],
    )
    return rows.map(row => row.type.replace('order.', ''))
  }

  /** Every total of every table is what the facts make it. */
  async differences() {
    await this.world.drain()
    return (await checkProgramme(this.kit, this.world.programme)).differences
  }
}

/** How often each outcome came. */
export function codesOf(results: readonly Result<unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const result of results) {
    const code = result.ok ? 'ok' : result.code
    counts[code] = (counts[code] ?? 0) + 1
  }
  return counts
}

/** Does all at once. */
export const race = <T>(runs: readonly (() => Promise<T>)[]): Promise<T[]> =>
  Promise.all(runs.map(run => run()))
