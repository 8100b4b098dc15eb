import type { Writer } from '@silian/kernel/database/database.ts'
import { idFrom, newId } from '@silian/kernel/ids/ids.ts'
import { type Opening, openAccounts } from '@silian/kernel/ledger/accounts.ts'
import type { NewHold } from '@silian/kernel/ledger/entry.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { ok, Refused, type Result, refuse } from '@silian/kernel/result/result.ts'
import { dateOf, yearOf } from '@silian/kernel/time/shanghai.ts'
import type { Kit } from '../../kit.ts'
import { lotStock } from '../../value/lots/accounts.ts'
import { budget } from '../quota/accounts.ts'
import { budgetHold, escrow, stockHold, transit } from './accounts.ts'
import type { Placed, UnitOrder } from './contract.ts'
import { approveBy, orderNumber, priceLine, shipBy } from './rules.ts'

interface OfferRow {
  readonly id: string
  readonly version: number
  readonly state: string
  readonly seller_id: string
  readonly product_id: string
  readonly lot_id: string
  readonly per_piece: number
  readonly price_fen: number
  readonly ship_days: number
  readonly unit: 'g' | 'piece'
  readonly county_code: string
  readonly recognised: boolean
}

interface Line extends OfferRow {
  readonly pieces: number
  readonly amountFen: number
  readonly quantity: number
}

interface Draft {
  readonly id: string
  readonly number: string
  readonly sellerId: string
  readonly lines: readonly Line[]
  readonly totalFen: number
  readonly shipBy: string
}

export type PlaceRefusal =
  | 'declaration.not_found'
  | 'declaration.not_open'
  | 'offer.not_found'
  | 'offer.changed'
  | 'offer.withdrawn'
  | 'order.out_of_stock'
  | 'order.over_budget'
  | 'order.exists'
  | 'order.too_large'

/**
 * Places one order a seller from a basket, or none: goods and budget are held until the approval, or for 15 days.
 * `unitIds` are the units the buyer may buy for, or contractors that have a unit's permission. Refusals name the offer they concern.
 */
export async function placeOrder(
  tx: Writer,
  kit: Kit,
  unitIds: readonly string[] | 'all',
  input: UnitOrder,
): Promise<Result<Placed, PlaceRefusal>> {
  const declaration = await openDeclaration(tx, unitIds, input.declarationId)
  if (!declaration.ok) return declaration
  const lines = await linesOf(tx, input)
  if (!lines.ok) return lines
  if (!isCountable(lines.value)) return refuse('order.too_large')
  const drafts = draftsOf(input.id ?? newId(), tx.at, lines.value)
  await openAccounts(tx, drafts.flatMap(accountsOf))
  await holdFor(tx, input.declarationId, drafts)
  await insertOrders(tx, kit, declaration.value, input, drafts)
  return ok({ orders: drafts.map(({ id, number, totalFen }) => ({ id, number, totalFen })) })
}

interface Declared {
  readonly unitId: string
  /** Whose word the order is: the unit's, or of whoever runs its outsourced canteen. */
  readonly holder: string
}

async function openDeclaration(
  tx: Writer,
  unitIds: readonly string[] | 'all',
  id: string,
): Promise<Result<Declared, 'declaration.not_found' | 'declaration.not_open'>> {
  const [row] = await tx.query<{
    unit_id: string
    contractor_id: string | null
    state: string
    year: number
  }>(
    `select d.unit_id, c.contractor_id, d.state, d.year from declaration d
     left join canteen c on c.programme_id = d.programme_id and c.id = d.canteen_id and d.kind = 'outsourced'
     where d.programme_id = $1 and d.id = $2`,
    [tx.programme, id],
    'order-declaration',
  )
  const isMine = (party: string | null) => party !== null && (unitIds === 'all' || unitIds.includes(party))
  if (!row || (!isMine(row.unit_id) && !isMine(row.contractor_id))) return refuse('declaration.not_found')
  if (row.state !== 'confirmed' || row.year !== yearOf(tx.at))
    return refuse('declaration.not_open', { year: row.year })
  const holder = isMine(row.unit_id) ? row.unit_id : row.contractor_id!
  return ok({ unitId: row.unit_id, holder })
}

async function linesOf(
  tx: Writer,
  input: UnitOrder,
): Promise<Result<Line[], 'offer.not_found' | 'offer.changed' | 'offer.withdrawn' | 'order.too_large'>> {
  const rows = await tx.query<OfferRow>(
    `select o.id, o.version, o.state, o.seller_id, o.product_id, o.lot_id, o.per_piece, o.price_fen, o.ship_days,
            p.unit, p.county_code, coalesce($3::date between p.recognised_from and p.recognised_to, false) as recognised
     from offer o join product p on p.programme_id = o.programme_id and p.id = o.product_id
     where o.programme_id = $1 and o.id = any($2::uuid[])`,
    [tx.programme, input.lines.map(line => line.offerId), dateOf(tx.at)],
    'order-offers',
  )
  const offers = new Map(rows.map(row => [row.id, row]))
  const lines: Line[] = []
  for (const { offerId, offerVersion, pieces } of input.lines) {
    const offer = offers.get(offerId)
    if (!offer) return refuse('offer.not_found', { offer: offerId })
    if (offer.state !== 'listed') return refuse('offer.withdrawn', { offer: offerId })
    if (offer.version !== offerVersion) return refuse('offer.changed', { offer: offerId })
    const priced = priceLine({ priceFen: offer.price_fen, perPiece: offer.per_piece }, pieces)
    if (!priced.ok) return priced
    lines.push({ ...offer, pieces, ...priced.value })
  }
  return ok(lines)
}

const isCountable = (lines: readonly Line[]): boolean =>
  Number.isSafeInteger(lines.reduce((sum, line) => sum + line.amountFen, 0)) &&
  Number.isSafeInteger(lines.reduce((sum, line) => sum + line.quantity, 0))

/** The basket's id is the first order's; the others follow from it, so that a repeated submit names the same ones. */
function draftsOf(basketId: string, at: Date, lines: readonly Line[]): Draft[] {
  const sellers = Map.groupBy(lines, line => line.seller_id)
  return [...sellers]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([sellerId, own], n) => {
      const id = n === 0 ? basketId : idFrom('order', basketId, sellerId)
      const totalFen = own.reduce((sum, line) => sum + line.amountFen, 0)
      const days = Math.max(...own.map(line => line.ship_days))
      return { id, number: orderNumber(id, at), sellerId, lines: own, totalFen, shipBy: shipBy(at, days) }
    })
}

const accountsOf = (draft: Draft): Opening[] => [
  { account: escrow(draft.id), unit: 'fen', kind: 'ceiling' },
  ...[...new Set(draft.lines.map(line => line.unit))].map(
    (unit): Opening => ({ account: transit(draft.id, unit), unit, kind: 'ceiling' }),
  ),
]

/** One entry for the whole basket: all its goods and all its money, or nothing. */
async function holdFor(tx: Writer, declarationId: string, drafts: readonly Draft[]): Promise<void> {
  const expiresAt = approveBy(tx.at)
  const holds = drafts.flatMap((draft): NewHold[] => [
    { id: budgetHold(draft.id, 'asked'), account: budget(declarationId), amount: draft.totalFen, expiresAt },
    ...draft.lines.map((line, i) => ({
      id: stockHold(draft.id, i + 1, 'asked'),
      account: lotStock(line.lot_id),
      amount: line.quantity,
      expiresAt,
    })),
  ])
  const entry = {
    id: idFrom('entry', 'place', drafts[0]!.id),
    kind: 'order.placed',
    subject: drafts[0]!.id,
    postings: [],
    holds,
  }
  try {
    await postAll(tx, [entry])
  } catch (error) {
    throw error instanceof Refused ? shortage(error, drafts) : error
  }
}

/** Tells the buyer which of the two ran short, and of which offer. */
function shortage(error: Refused, drafts: readonly Draft[]): Refused {
  const { code, params } = error.refusal
  if (code !== 'ledger.short') return error
  const line = drafts.flatMap(draft => draft.lines).find(l => lotStock(l.lot_id) === params.account)
  if (!line) return new Refused('order.over_budget', { leftFen: params.available ?? 0 })
  return new Refused('order.out_of_stock', {
    offer: line.id,
    left: Math.floor(Number(params.available) / line.per_piece),
  })
}

async function insertOrders(
  tx: Writer,
  kit: Kit,
  declared: Declared,
  input: UnitOrder,
  drafts: readonly Draft[],
): Promise<void> {
  const basket = drafts[0]!.id
  const leaves = await Promise.all(drafts.map(draft => recordPlaced(tx, kit, declared, input, basket, draft)))
  const programme_id = tx.programme
  const written = await tx.db
    .insertInto('order')
    .values(
      drafts.map((draft, i) => ({
        programme_id,
        id: draft.id,
        number: draft.number,
        state: 'in_approval' as const,
        buyer_id: declared.unitId,
        seller_id: draft.sellerId,
        declaration_id: input.declarationId,
        total_fen: draft.totalFen,
        note: input.note,
        ship_by: draft.shipBy,
        placed_by: tx.actor,
        placed_at: tx.at,
        last_leaf: leaves[i]!,
      })),
    )
    .onConflict(c => c.doNothing())
    .returning('id')
    .execute()
  if (written.length < drafts.length) throw new Refused('order.exists', { order: drafts[0]!.id })
  await tx.db
    .insertInto('order_line')
    .values(
      drafts.flatMap(draft =>
        draft.lines.map((line, i) => ({
          programme_id,
          order_id: draft.id,
          no: i + 1,
          offer_id: line.id,
          offer_version: line.version,
          product_id: line.product_id,
          lot_id: line.lot_id,
          pieces: line.pieces,
          quantity: line.quantity,
          price_fen: line.price_fen,
          amount_fen: line.amountFen,
          county_code: line.county_code,
          recognised: line.recognised,
        })),
      ),
    )
    .execute()
  await tx.db
    .insertInto('tender')
    .values(
      drafts.map(draft => ({
        programme_id,
        order_id: draft.id,
        no: 1,
        kind: 'budget' as const,
        account: budget(input.declarationId),
        amount_fen: draft.totalFen,
      })),
    )
    .execute()
}

async function recordPlaced(
  tx: Writer,
  kit: Kit,
  { unitId, holder }: Declared,
  input: UnitOrder,
  basket: string,
  draft: Draft,
): Promise<Buffer> {
  const { leafHash } = await kit.recorder.record(tx, {
    type: 'order.placed',
    subject: draft.id,
    holder,
    pub: {
      order: draft.id,
      basket,
      number: draft.number,
      buyer: unitId,
      seller: draft.sellerId,
      declaration: input.declarationId,
      fen: String(draft.totalFen),
      shipBy: draft.shipBy,
      approveBy: approveBy(tx.at).toISOString(),
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
  })
  return leafHash
}
