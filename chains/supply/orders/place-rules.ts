import type { NewFact } from '@silian/kernel/fact/record.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import type { NewHold } from '@silian/kernel/ledger/entry.ts'
import type { Holding } from '@silian/kernel/ledger/hold-lastly.ts'
import { ok, type Refusal, type RefusalParams, type Result, refuse } from '@silian/kernel/result/result.ts'
import { lotStock } from '../../value/lots/accounts.ts'
import type { BuyerGroup, OfferPrice } from '../catalogue/contract.ts'
import { wallet } from '../customers/accounts.ts'
import { budget } from '../quota/accounts.ts'
import { budgetHold, stockHold, walletHold } from './accounts.ts'
import type { NewOrder, Placed } from './contract.ts'
import { orderNumber, priceLine, shipBy } from './rules.ts'
import type { TenderTable } from './tables.ts'

/** The way an order came in: for a unit, by a citizen in the shop, by a service point for somebody (S0-23). */
export type Channel = 'unit' | 'shop' | 'point'

/** An offer as it stands when orders are placed. */
export interface OfferNow {
  readonly id: string
  readonly version: number
  readonly state: string
  readonly seller_id: string
  readonly product_id: string
  readonly lot_id: string
  readonly per_piece: number
  readonly price_fen: number
  readonly ship_days: number
  readonly least_pieces: number
  readonly most_pieces: number | null
  readonly unit: 'g' | 'piece'
  readonly county_code: string
  readonly recognised: boolean
  readonly prices: readonly OfferPrice[]
}

/** Who pays, settled before the basket is priced. */
export interface Buyer {
  readonly kind: 'unit' | 'citizen'
  readonly channel: Channel
  /** The unit, or the customer. */
  readonly id: string
  /** By whom a citizen's order counts while it waits for its payment; null where it does not. */
  readonly heldBy: string | null
  /** Whose word the order is. */
  readonly holder: string
  readonly group: BuyerGroup
  readonly declarationId: string | null
  /** When what is held is free again unless the order goes on. */
  readonly until: Date
  /** Out of a customer's wallet at most. */
  readonly walletFen: number
}

export interface Line extends OfferNow {
  readonly pieces: number
  readonly pieceFen: number
  readonly amountFen: number
  readonly quantity: number
}

export type Tender = Pick<TenderTable, 'kind' | 'account' | 'amount_fen'>

export interface Draft {
  readonly id: string
  readonly number: string
  readonly sellerId: string
  readonly lines: readonly Line[]
  readonly totalFen: number
  readonly shipBy: string
  readonly tenders: readonly Tender[]
}

export type PriceRefusal =
  | 'offer.not_found'
  | 'offer.changed'
  | 'offer.withdrawn'
  | 'order.pieces'
  | 'order.too_large'

/** The lines of a basket as they are priced now. Refusals name the offer they concern. */
export function linesOf(
  input: Pick<NewOrder, 'lines'>,
  offers: ReadonlyMap<string, OfferNow>,
  group: BuyerGroup,
): Result<Line[], PriceRefusal> {
  const lines: Line[] = []
  for (const { offerId, offerVersion, pieces } of input.lines) {
    const line = lineOf(offers.get(offerId), { offerId, offerVersion, pieces }, group)
    if (!line.ok) return line
    lines.push(line.value)
  }
  return isCountable(lines) ? ok(lines) : refuse('order.too_large')
}

function lineOf(
  offer: OfferNow | undefined,
  { offerId, offerVersion, pieces }: NewOrder['lines'][number],
  group: BuyerGroup,
): Result<Line, PriceRefusal> {
  if (!offer) return refuse('offer.not_found', { offer: offerId })
  if (offer.state !== 'listed') return refuse('offer.withdrawn', { offer: offerId })
  if (offer.version !== offerVersion)
    return refuse('offer.changed', { offer: offerId, version: offer.version })
  const { least_pieces: least, most_pieces: most } = offer
  if (pieces < least || (most !== null && pieces > most))
    return refuse('order.pieces', { offer: offerId, least, ...(most === null ? {} : { most }) })
  const terms = { priceFen: offer.price_fen, prices: offer.prices, perPiece: offer.per_piece }
  const priced = priceLine(terms, group, pieces)
  return priced.ok ? ok({ ...offer, pieces, ...priced.value }) : priced
}

const isCountable = (lines: readonly Line[]): boolean =>
  Number.isSafeInteger(lines.reduce((sum, line) => sum + line.amountFen, 0)) &&
  Number.isSafeInteger(lines.reduce((sum, line) => sum + line.quantity, 0))

/**
 * One order a seller. The basket's id is the first order's; the others follow from it, so that a repeated submit names the
 * same ones. A wallet pays the first orders as far as it was told to.
 */
export function draftsOf(basketId: string, at: Date, lines: readonly Line[], buyer: Buyer): Draft[] {
  const sellers = Map.groupBy(lines, line => line.seller_id)
  let walletFen = buyer.walletFen
  return [...sellers]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([sellerId, own], n) => {
      const id = n === 0 ? basketId : idFrom('order', basketId, sellerId)
      const totalFen = own.reduce((sum, line) => sum + line.amountFen, 0)
      const fromWallet = Math.min(walletFen, totalFen)
      walletFen -= fromWallet
      const days = Math.max(...own.map(line => line.ship_days))
      const tenders = tendersOf(buyer, totalFen, fromWallet)
      return {
        id,
        number: orderNumber(id, at),
        sellerId,
        lines: own,
        totalFen,
        shipBy: shipBy(at, days),
        tenders,
      }
    })
}

/** What a citizen's payment brings comes from outside and has no account of its own. */
function tendersOf(buyer: Buyer, totalFen: number, walletFen: number): Tender[] {
  if (buyer.kind === 'unit')
    return [{ kind: 'budget', account: budget(buyer.declarationId!), amount_fen: totalFen }]
  const parts: Tender[] = [
    { kind: 'wallet', account: wallet(buyer.id), amount_fen: walletFen },
    { kind: 'payment', account: '', amount_fen: totalFen - walletFen },
  ]
  return parts.filter(part => part.amount_fen > 0)
}

/** One entry for the whole basket: all its goods and all its money, or nothing. */
export function entryOf(drafts: readonly Draft[], { until }: Buyer): Holding {
  const id = drafts[0]!.id
  const holds = drafts.flatMap(draft => holdsOf(draft, until))
  return { id: idFrom('entry', 'place', id), kind: 'order.placed', subject: id, holds }
}

const holdsOf = ({ id, lines, tenders }: Draft, expiresAt: Date): NewHold[] => [
  ...tenders
    .filter(tender => tender.account !== '')
    .map(({ kind, account, amount_fen: amount }) => {
      const hold = kind === 'wallet' ? walletHold(id) : budgetHold(id, 'asked')
      return { id: hold, account, amount, expiresAt }
    }),
  ...lines.map((line, i) => ({
    id: stockHold(id, i + 1, 'asked'),
    account: lotStock(line.lot_id),
    amount: line.quantity,
    expiresAt,
  })),
]

/** Tells the buyer which of goods and money ran short, and of which offer. */
export function refusalOf(
  code: string,
  params: RefusalParams,
  drafts: readonly Draft[],
  { kind }: Buyer,
): Refusal {
  if (code === 'ledger.hold_exists') return refuse('order.exists', { order: drafts[0]!.id })
  const missing = code === 'ledger.unknown_account'
  if (code !== 'ledger.short' && !missing) return refuse(code, params)
  const left = missing ? 0 : Number(params.available ?? 0)
  const line = drafts.flatMap(draft => draft.lines).find(l => lotStock(l.lot_id) === params.account)
  if (line) return refuse('order.out_of_stock', { offer: line.id, left: Math.floor(left / line.per_piece) })
  if (kind === 'citizen') return refuse('order.over_wallet', { leftFen: left })
  return missing ? refuse(code, params) : refuse('order.over_budget', { leftFen: left })
}

/** What is told of a placed order: a customer is never named in public. */
export function factOf(basket: string, draft: Draft, buyer: Buyer): NewFact {
  const until = buyer.until.toISOString()
  return {
    type: 'order.placed',
    subject: draft.id,
    holder: buyer.holder,
    ...(buyer.kind === 'citizen' && { hidden: { customer: buyer.id } }),
    pub: {
      order: draft.id,
      basket,
      number: draft.number,
      seller: draft.sellerId,
      fen: String(draft.totalFen),
      shipBy: draft.shipBy,
      channel: buyer.channel,
      ...(buyer.kind === 'unit'
        ? { buyer: buyer.id, declaration: buyer.declarationId, approveBy: until }
        : {
            ...{ buyer: 'citizen', payBy: until },
            tenders: draft.tenders.map(({ kind, amount_fen }) => ({ kind, fen: String(amount_fen) })),
          }),
      lines: draft.lines.map((line, i) => ({
        no: i + 1,
        offer: line.id,
        offerVersion: line.version,
        product: line.product_id,
        lot: line.lot_id,
        pieces: line.pieces,
        unit: line.unit,
        quantity: String(line.quantity),
        fen: String(line.amountFen),
        county: line.county_code,
        recognised: line.recognised,
      })),
    },
  }
}

/** The answer: of a citizen's order also what its payment has still to bring. */
export const placedOf = (drafts: readonly Draft[], { kind, until }: Buyer): Placed => ({
  orders: drafts.map(({ id, number, totalFen, tenders }) => ({
    ...{ id, number, totalFen },
    ...(kind === 'citizen' && {
      dueFen: tenders.find(tender => tender.kind === 'payment')?.amount_fen ?? 0,
      payBy: until.toISOString(),
    }),
  })),
})
