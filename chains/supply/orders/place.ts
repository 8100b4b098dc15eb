import type { Writer } from '@silian/kernel/database/database.ts'
import { OPERATOR } from '@silian/kernel/fact/keyring.ts'
import type { Prepared } from '@silian/kernel/fact/record.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import type { Entry } from '@silian/kernel/ledger/entry.ts'
import { type Holding, holdLastly } from '@silian/kernel/ledger/hold-lastly.ts'
import { post } from '@silian/kernel/ledger/post.ts'
import { ok, Refused, type Result, refuse } from '@silian/kernel/result/result.ts'
import { yearOf } from '@silian/kernel/time/shanghai.ts'
import type { Kit } from '../../kit.ts'
import { groupOfUnit } from '../catalogue/rules.ts'
import { keepAddresses } from '../customers/addresses.ts'
import type { CitizenOrder, NewOrder, Placed, UnitOrder } from './contract.ts'
import { heldByOf, type Now, ofLot, readNow } from './place-reads.ts'
import {
  type Buyer,
  type Draft,
  draftsOf,
  entryOf,
  factOf,
  linesOf,
  placedOf,
  refusalOf,
} from './place-rules.ts'
import { type Served, writeOrders } from './place-write.ts'
import { approveBy, mayHold, mayTake, payBy } from './rules.ts'

/** A basket with whoever asks for it and how far they reach. */
export interface Ask {
  readonly actor: string
  /** The units the asker may buy for, or contractors that have a unit's permission. */
  readonly units: readonly string[] | 'all'
  /** The customers that the asker is, or orders for: the first one buys, to an address of any of them. */
  readonly customers: readonly string[]
  /** A service point orders; without, whoever buys does. */
  readonly channel?: 'point'
  /** Of a guest: see `Principal.guestOf`. */
  readonly guestOf?: string | undefined
  readonly input: NewOrder
}

export type PlaceRefusal =
  | 'declaration.not_found'
  | 'declaration.not_open'
  | 'customer.not_found'
  | 'address.not_found'
  | 'area.not_found'
  | 'offer.not_found'
  | 'offer.changed'
  | 'offer.withdrawn'
  | 'order.pieces'
  | 'order.out_of_stock'
  | 'order.over_budget'
  | 'order.over_wallet'
  | 'order.exists'
  | 'order.too_many_unpaid'
  | 'order.too_many_of_phone'
  | 'order.too_much_unproven'
  | 'order.too_much_of_offer'
  | 'order.too_large'

/** The one basket of a transaction: see {@link placeOrders}. */
export async function placeOrder(
  tx: Writer,
  kit: Kit,
  units: readonly string[] | 'all',
  input: UnitOrder,
): Promise<Result<Placed>> {
  const ask = { actor: tx.actor, units, customers: [], input }
  const [placed] = await placeOrders(tx, kit, [ask], await readNow(tx, [ask]))
  return placed!
}

/**
 * Places one order a seller from each basket, or none: goods and money are held until the approval for 15 days, for a
 * citizen until the payment for half an hour. Each basket has its own outcome in the same place; one that is refused
 * leaves nothing. Refusals ({@link PlaceRefusal}) name the offer they concern. Thrown is only what spoils the
 * transaction: then each basket is to be placed in one of its own. `posting` all at once is quicker, but there the commit
 * throws `NotAllHeld` when goods or money do not suffice for every basket.
 */
export async function placeOrders(
  tx: Writer,
  kit: Kit,
  asks: readonly Ask[],
  now: Now,
  posting: 'each' | 'all' = 'each',
): Promise<Result<Placed>[]> {
  const judged = asks.map((ask, place) => judge({ place, ask }, now, tx.at))
  await kit.recorder.fetchKeys(
    tx,
    judged.flatMap(one => (one.ok ? [one.value.buyer.holder] : [])),
  )
  const outcomes: Result<Placed>[] = []
  const baskets: Basket[] = []
  for (const [place, one] of judged.entries()) {
    const basket = one.ok ? await sign(tx, kit, one.value) : one
    if (basket.ok) baskets.push(basket.value)
    outcomes[place] = basket.ok ? ok(placedOf(basket.value.drafts, basket.value.buyer)) : basket
  }
  const entries = baskets.map(basket => entryOf(basket.drafts, basket.buyer))
  if (posting === 'all') {
    holdLastly(tx, entries)
    await write(tx, kit, baskets)
    return outcomes
  }
  const served: Basket[] = []
  for (const [i, posted] of (await post(tx, entries.map(withoutPostings))).entries()) {
    const basket = baskets[i]!
    if (posted.outcome === 'posted') served.push(basket)
    else outcomes[basket.place] = refused(basket, posted)
  }
  await write(tx, kit, served)
  return outcomes
}

const withoutPostings = (holding: Holding): Entry => ({ ...holding, postings: [] })

interface Judged {
  readonly place: number
  readonly ask: Ask
  readonly buyer: Buyer
  readonly drafts: readonly Draft[]
}

interface Basket extends Judged {
  /** The signed fact of each draft: signing takes long, and nothing is locked yet. */
  readonly facts: readonly Prepared[]
}

function judge({ place, ask }: { place: number; ask: Ask }, now: Now, at: Date): Result<Judged> {
  const { input } = ask
  const buyer = input.buyer === 'citizen' ? customerOf(ask, input, now, at) : unitOf(ask, input, now, at)
  if (!buyer.ok) return buyer
  const lines = linesOf(input, now.offers, buyer.value.group)
  if (!lines.ok) return lines
  const drafts = draftsOf(input.id ?? newId(), at, lines.value, buyer.value)
  const may = mayOrder(ask, now, drafts)
  if (!may.ok) return may
  return ok({ place, ask, buyer: buyer.value, drafts })
}

/** Of a shop's customer; what a point orders has its own measure. */
function mayOrder(ask: Ask, now: Now, drafts: readonly Draft[]): Result<null> {
  const heldBy = heldByOf(ask)
  if (heldBy === null) return ok(null)
  const fen = drafts.reduce((sum, draft) => sum + draft.totalFen, 0)
  const buyer = now.buyers.get(ask.customers[0]!)!
  const may = mayHold({ ...buyer, isOfPhone: ask.guestOf !== undefined }, { orders: drafts.length, fen })
  return may.ok && ask.guestOf !== undefined ? mayTakeAll(ask.guestOf, now, drafts) : may
}

/** No guest who proved nothing keeps a small offer from everybody else. */
function mayTakeAll(guestOf: string, { lots }: Now, drafts: readonly Draft[]): Result<null> {
  const byLot = Map.groupBy(
    drafts.flatMap(({ lines }) => lines),
    line => line.lot_id,
  )
  for (const [lot, [first, ...more]] of byLot) {
    const { id: offer, per_piece: perPiece, quantity } = first!
    const wanted = more.reduce((sum, line) => sum + line.quantity, quantity)
    const may = mayTake({ ...lots.get(ofLot(guestOf, lot))!, wanted, perPiece })
    if (!may.ok) return refuse(may.code, { ...may.params, offer })
  }
  return ok(null)
}

async function sign(tx: Writer, kit: Kit, judged: Judged): Promise<Result<Basket>> {
  const { drafts, buyer } = judged
  try {
    const facts: Prepared[] = []
    for (const draft of drafts)
      facts.push(await kit.recorder.prepare(tx, factOf(drafts[0]!.id, draft, buyer)))
    return ok({ ...judged, facts })
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}

function unitOf(ask: Ask, input: UnitOrder, { declarations }: Now, at: Date): Result<Buyer> {
  const declared = declarations.get(input.declarationId)
  const isMine = (party: string | null) =>
    party !== null && (ask.units === 'all' || ask.units.includes(party))
  if (!declared || (!isMine(declared.unit_id) && !isMine(declared.contractor_id)))
    return refuse('declaration.not_found')
  const { unit_id: id, contractor_id: contractor, state, year } = declared
  if (state !== 'confirmed' || year !== yearOf(at)) return refuse('declaration.not_open', { year })
  return ok({
    ...{ kind: 'unit', channel: 'unit', id, declarationId: input.declarationId, walletFen: 0 },
    heldBy: null,
    holder: isMine(id) ? id : contractor!,
    group: groupOfUnit(declared.unit_type),
    until: approveBy(at),
  })
}

function customerOf(
  ask: Ask,
  input: CitizenOrder,
  { addresses, areas, buyers }: Now,
  at: Date,
): Result<Buyer> {
  const [id] = ask.customers
  if (id === undefined || !buyers.has(id)) return refuse('customer.not_found')
  const { delivery, walletFen } = input
  if ('addressId' in delivery && !ask.customers.includes(addresses.get(delivery.addressId) ?? ''))
    return refuse('address.not_found')
  if ('areaCode' in delivery && !areas.has(delivery.areaCode)) return refuse('area.not_found')
  return ok({
    ...{ kind: 'citizen', channel: ask.channel ?? 'shop', id, declarationId: null, walletFen },
    heldBy: heldByOf(ask),
    // citizens have no key of ours: the operator says what they ordered
    holder: OPERATOR,
    group: 'citizen',
    until: payBy(at),
  })
}

type Unposted = Exclude<Awaited<ReturnType<typeof post>>[number], { outcome: 'posted' }>

const refused = ({ drafts, buyer }: Basket, posted: Unposted): Result<Placed> =>
  posted.outcome === 'repeated'
    ? refuse('order.exists', { order: drafts[0]!.id })
    : refusalOf(posted.code, posted.params, drafts, buyer)

async function write(tx: Writer, kit: Kit, baskets: readonly Basket[]): Promise<void> {
  const addresses = await addressesOf(tx, kit, baskets)
  const served: Served[] = []
  for (const [place, { ask, buyer, drafts, facts }] of baskets.entries())
    for (const [i, draft] of drafts.entries()) {
      const { leafHash: leaf } = kit.recorder.keep(tx, facts[i]!)
      const addressId = addresses[place]!
      served.push({ draft, buyer, placedBy: ask.actor, note: ask.input.note, addressId, leaf })
    }
  writeOrders(tx, served)
}

/** Where each basket goes, in the same place: those told anew are kept, all of them at once. */
async function addressesOf(tx: Writer, kit: Kit, baskets: readonly Basket[]): Promise<(string | null)[]> {
  const told = baskets.map(({ ask, buyer }) => {
    const delivery = ask.input.buyer === 'citizen' ? ask.input.delivery : undefined
    return delivery && !('addressId' in delivery) ? { customerId: buyer.id, given: delivery } : undefined
  })
  const kept = await keepAddresses(
    tx,
    kit,
    told.flatMap(each => each ?? []),
  )
  return baskets.map(({ ask: { input } }, place) => {
    if (told[place]) return kept.shift()!
    return input.buyer === 'citizen' && 'addressId' in input.delivery ? input.delivery.addressId : null
  })
}
