import { sendBatch } from '@silian/chains/assurance/payouts/service.ts'
import { household as householdRegister } from '@silian/chains/production/households/household.register.ts'
import { proposeLink } from '@silian/chains/production/links/service.ts'
import { shipOrder } from '@silian/chains/supply/delivery/ship.ts'
import { placeOrder } from '@silian/chains/supply/orders/place.ts'
import { acceptOrder, decideOrder, evaluateOrder } from '@silian/chains/supply/orders/service.ts'
import { openPayment, receiveCredit } from '@silian/chains/supply/payments/service.ts'
import { addRule, declare } from '@silian/chains/supply/quota/service.ts'
import type { Reach } from '@silian/kernel/access/permit.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { revealRow } from '@silian/kernel/register/service.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import type { Whole } from '@silian/server/compose.ts'
import type { OwnSigner } from '../own-signer.ts'
import { type SmallWorld, worldTime } from '../small-world.ts'

/** One of the two sides of a small world: a unit that buys, a co-op that sells, a household that it reaches. */
export interface Side {
  readonly world: SmallWorld
  readonly unit: string
  readonly coop: string
  readonly household: string
  readonly link: string
  readonly product: string
  /** A picture of it. */
  readonly media: string
  readonly lot: string
  readonly offer: string
  readonly declaration: string
  readonly canteen: string
  readonly village: string
  readonly county: string
  readonly district: string
  /** Account that places its orders. */
  readonly buyer: string
}

export function sideOne(world: SmallWorld): Side {
  const { id } = world
  return {
    world,
    unit: id('unit'),
    coop: id('coop'),
    household: id('h1'),
    link: id('l1'),
    product: id('mango'),
    media: id('media'),
    lot: id('lot1'),
    offer: id('offer1'),
    declaration: id('declaration'),
    canteen: id('canteen'),
    village: '451003901001',
    county: '451003',
    district: '440304',
    buyer: id('account buyer'),
  }
}

export function sideTwo(world: SmallWorld): Side {
  const { id } = world
  return {
    world,
    unit: id('unit2'),
    coop: id('coop2'),
    household: id('h3'),
    link: id('l3'),
    product: id('kiwi'),
    media: id('media2'),
    lot: id('lot2'),
    offer: id('offer2'),
    declaration: id('declaration2'),
    canteen: id('canteen2'),
    village: '451028901001',
    county: '451028',
    district: '440303',
    buyer: id('account buyer2'),
  }
}

export const everything = (programme: string): Reach => ({
  programme,
  everything: true,
  areaPaths: [],
  organisationIds: [],
  personIds: [],
})

const way = ['in_approval', 'approved', 'shipped', 'accepted', 'evaluated'] as const
export type OrderStage = (typeof way)[number]

/** A new order of the side, brought as far as asked by the same services that the routes call. */
export async function orderAt(kit: Whole, { world, ...side }: Side, stage: OrderStage): Promise<string> {
  const id = newId()
  const lines = [{ offerId: side.offer, offerVersion: 1, pieces: 1 }]
  const order = { id, declarationId: side.declaration, note: '', lines }
  await world.write(tx => placeOrder(tx, kit, [side.unit], order), side.buyer)
  const steps = [
    () => world.write(tx => decideOrder(tx, kit, id, { approve: true, note: '' })),
    () => world.write(tx => shipOrder(tx, kit, id, { carrier: '示范物流', waybill: 'W1' })),
    () => world.write(tx => acceptOrder(tx, kit, id, { invoiceNumber: 'INV-1' })),
    () => world.write(tx => evaluateOrder(tx, kit, id, { score: 5, text: '' })),
  ]
  for (const step of steps.slice(0, way.indexOf(stage))) await step()
  return id
}

export async function paymentFor(kit: Whole, { world }: Side, order: string): Promise<string> {
  const id = newId()
  await world.write(tx => openPayment(tx, kit, { id, orderIds: [order] }))
  return id
}

/** The bank's word, for no payment that we know of unless a code is given. */
export const credited = (bank: OwnSigner, code = 'PNOTHING00', fen = 8000): Buffer =>
  bank.sign('bank.credited', {
    reference: newId(),
    code,
    fen: String(fen),
    bookedAt: worldTime.toISOString(),
  })

/** An order that counts: accepted, evaluated, paid by the bank's word, settled. */
export async function completedOrder(kit: Whole, side: Side, bank: OwnSigner): Promise<string> {
  const order = await orderAt(kit, side, 'evaluated')
  await payFor(kit, side, bank, order)
  return order
}

/** The bank's word that an order was paid, and all that follows from it. */
export async function payFor(kit: Whole, side: Side, bank: OwnSigner, order: string): Promise<void> {
  const { world } = side
  const payment = await paymentFor(kit, side, order)
  const { code, amount_fen } = await kit.app.read(scopeOf(side), async tx => {
    const rows = await tx.query<{ code: string; amount_fen: number }>(
      'select code, amount_fen from payment where programme_id = $1 and id = $2',
      [tx.programme, payment],
    )
    return rows[0]!
  })
  const entry = credited(bank, code, amount_fen)
  await world.write(async tx => {
    const fact = await kit.recorder.recordSigned(tx, { entry, types: ['bank.credited'], subject: e => e.id })
    return receiveCredit(tx, kit, fact)
  })
  await world.drain()
}

const scopeOf = ({ world }: Side) => ({ programme: world.programme, actor: 'system', at: worldTime })

/** What the county is owed goes to the bank, which says that it has paid. */
export async function paidBatch(kit: Whole, { world, county }: Side, bank: OwnSigner): Promise<string> {
  const id = await sentBatch(kit, { world, county })
  await bankPaid(kit, world, bank, id)
  return id
}

/** What the county is owed goes to the bank. */
export async function sentBatch(
  kit: Whole,
  { world, county }: Pick<Side, 'world' | 'county'>,
): Promise<string> {
  const id = newId()
  const reach = everything(world.programme)
  await world.write(tx => sendBatch(tx, kit, reach, world.id('finance'), { id, countyCode: county }))
  return id
}

/** The bank says that it has paid a batch. */
export async function bankPaid(kit: Whole, world: SmallWorld, bank: OwnSigner, id: string): Promise<void> {
  const [batch] = await kit.app.read({ programme: world.programme, actor: 'system' }, tx =>
    tx.query<{ total_fen: number }>(
      'select total_fen from payout_batch where programme_id = $1 and id = $2',
      [tx.programme, id],
    ),
  )
  const entry = bank.sign('bank.paid_out', {
    reference: newId(),
    batch: id,
    fen: String(batch!.total_fen),
    bookedAt: worldTime.toISOString(),
  })
  await world.write(async tx => ({
    ok: true,
    value: await kit.recorder.recordSigned(tx, { entry, types: ['bank.paid_out'], subject: () => id }),
  }))
  await world.drain()
}

/** What a batch brings to the side's household. */
export async function itemOf(kit: Whole, side: Side, batch: string): Promise<string> {
  const [item] = await kit.app.read(scopeOf(side), tx =>
    tx.query<{ id: string }>(
      'select id from payout_item where programme_id = $1 and batch_id = $2 and household_id = $3',
      [tx.programme, batch, side.household],
    ),
  )
  return item!.id
}

export const reveal = (kit: Whole, { world, household }: Side): Promise<unknown> =>
  world.write(tx =>
    revealRow(tx, kit, householdRegister, everything(world.programme), household, {
      ...{ purpose: 'a stated purpose', requestId: newId() },
    }),
  )

let year = 2030
/** A year that no rule speaks of yet. */
export const freshYear = (): number => year++

/** A year with a rule, in which nobody has declared. */
export async function ruledYear(kit: Whole, { world }: Side): Promise<number> {
  const ruled = freshYear()
  const rule = {
    year: ruled,
    areaCode: '440300',
    base: 'canteen_food' as const,
    ratioBp: 1500,
    productAreas: [],
    channels: ['platform' as const],
    recognisedOnly: true,
    source: 'P10',
  }
  await world.write(tx => addRule(tx, kit, world.id('finance'), rule))
  return ruled
}

/** A declaration that waits for its decision. */
export async function declared(kit: Whole, side: Side): Promise<string> {
  const { world, unit: unitId, canteen: canteenId } = side
  const year = await ruledYear(kit, side)
  const input = { unitId, canteenId, year, kind: 'own' as const, baseFen: 100_000, reservedFen: 15_000 }
  const reach = everything(world.programme)
  return must(await kit.app.write(scopeOf(side), tx => declare(tx, kit, reach, input))).id
}

/** A link that the side's co-op may offer its household. */
export const newLink = ({ coop, household }: Side) => ({
  ...{ cooperativeId: coop, householdId: household, startsOn: '2026-01-01', endsOn: '2026-12-31' },
  formula: {
    ...{ mechanism: 'share_dividend' as const, poolBp: 500, basicShares: 1, careShares: 0, fundShares: 0 },
  },
})

/** A link that waits for what its household says. */
export async function proposed(kit: Whole, side: Side): Promise<string> {
  const { world } = side
  return (await world.write(tx => proposeLink(tx, kit, everything(world.programme), newLink(side)))).id
}

export interface Stray {
  readonly id: string
  /** Of the payment that it was meant for. */
  readonly code: string
}

/** Money of the right sum without a code, and the payment that it was meant for. */
export async function strayCredit(kit: Whole, side: Side, bank: OwnSigner): Promise<Stray> {
  const payment = await paymentFor(kit, side, await orderAt(kit, side, 'approved'))
  const [row] = await kit.app.read(scopeOf(side), tx =>
    tx.query<{ code: string; fen: number }>(
      'select code, amount_fen as fen from payment where programme_id = $1 and id = $2',
      [tx.programme, payment],
    ),
  )
  const { id } = await side.world.write(async tx => {
    const entry = credited(bank, '', row!.fen)
    const fact = await kit.recorder.recordSigned(tx, { entry, types: ['bank.credited'], subject: e => e.id })
    must(await receiveCredit(tx, kit, fact))
    return ok({ id: fact.id })
  })
  return { id, code: row!.code }
}

/** The bank says again, and wrongly, that a batch went out. */
export async function disputed({ world }: Side, kit: Whole, bank: OwnSigner, batch: string): Promise<string> {
  const said = { reference: newId(), batch, fen: '1', bookedAt: worldTime.toISOString() }
  const entry = bank.sign('bank.paid_out', said)
  const { id } = await world.write(async tx =>
    ok(await kit.recorder.recordSigned(tx, { entry, types: ['bank.paid_out'], subject: () => batch })),
  )
  await world.drain()
  return id
}
