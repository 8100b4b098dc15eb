import { countyOf } from '@silian/kernel/access/area.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { trailOf } from '@silian/kernel/fact/trail.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import type { Kit } from '../../kit.ts'
import { QUOTA_SOURCE, quota } from '../quota/accounts.ts'
import { countedFen } from '../quota/rules.ts'
import type { Channel } from './place-rules.ts'
import { dueFen, factsOf, type LineRow, linesOf, type OrderRow, record } from './row.ts'
import { isComplete } from './rules.ts'

/** By what an order counts: the receiver evaluated it, or a citizen has let the time for it pass. */
export type CountedBy = 'evaluation' | 'silence'

interface Completion {
  readonly completedAt: Date | null
  readonly leaf: Buffer | null
}

/**
 * Accepted, paid and evaluated, in any order: the order counts from now on (P22). The caller holds the order's lock,
 * so that of two last steps at once exactly one completes it.
 */
export async function completeIfReady(
  tx: Writer,
  kit: Kit,
  order: OrderRow,
  by: CountedBy = 'evaluation',
): Promise<Completion> {
  const isReady = by === 'silence' ? order.accepted_at && order.paid_at : isComplete(factsOf(order))
  if (order.completed_at || !isReady) return { completedAt: order.completed_at, leaf: null }
  const lines = await linesOf(tx, order.id)
  // of an order that came back whole nothing counts
  if (lines.length === 0) return { completedAt: null, leaf: null }
  const told =
    order.buyer_kind === 'unit' ? await countForUnit(tx, order, lines) : await citizensPart(tx, order, by)
  const leaf = await record(tx, kit, order, {
    ...{ refs: await evidenceOf(tx, order), type: 'order.completed', holder: order.buyer_id },
    ...(order.buyer_kind === 'citizen' && { hidden: { customer: order.buyer_id } }),
    pub: {
      number: order.number,
      seller: order.seller_id,
      fen: String(dueFen(order)),
      channel: await channelOf(tx, order),
      ...told,
      daysToPay: String(daysBetween(order.accepted_at!, order.paid_at!)),
      lines: lines.map(line => ({
        no: line.no,
        product: line.product_id,
        lot: line.lot_id,
        county: line.county_code,
        class: line.class,
        pieces: line.pieces,
        unit: line.unit,
        quantity: String(line.quantity),
        fen: String(line.amount_fen),
        recognised: line.recognised,
      })),
    },
  })
  return { completedAt: tx.at, leaf }
}

/** Orders of before do not tell it in the log, so it is told by what is kept of them. */
async function channelOf(tx: Writer, { id, buyer_kind }: OrderRow): Promise<Channel> {
  if (buyer_kind === 'unit') return 'unit'
  const proxy = await tx.query(
    'select 1 from proxy_order where programme_id = $1 and order_id = $2',
    [tx.programme, id],
    'order-channel',
  )
  return proxy.length > 0 ? 'point' : 'shop'
}

/** Counts towards the reserved share of the declaration that it was bought by. */
async function countForUnit(tx: Writer, order: OrderRow, lines: readonly LineRow[]) {
  const terms = await quotaTerms(tx, order)
  const counted = countedFen(
    terms.rule,
    lines.map(line => ({
      amountFen: line.amount_fen,
      countyCode: line.county_code,
      recognised: line.recognised,
    })),
  )
  if (counted > 0)
    await postAll(tx, [
      {
        id: idFrom('entry', 'complete', order.id),
        kind: 'order.completed',
        subject: order.id,
        postings: [
          { account: QUOTA_SOURCE, amount: -counted },
          { account: quota(order.declaration_id!), amount: counted, undertaking: terms.target },
        ],
      },
    ])
  return {
    buyer: order.buyer_id,
    buyerKind: terms.buyerKind,
    declaration: order.declaration_id,
    countedFen: String(counted),
    year: String(terms.year),
    district: countyOf(terms.areaPath),
    repeat: terms.repeat ? 'yes' : 'no',
  }
}

/** A citizen is not named and has no share to reach. */
async function citizensPart(tx: Writer, order: OrderRow, by: CountedBy) {
  const before = await tx.query(
    `select 1 from "order" where programme_id = $1 and buyer_id = $2 and completed_at is not null limit 1`,
    [tx.programme, order.buyer_id],
    'order-repeat',
  )
  const repeat = before.length > 0 ? 'yes' : 'no'
  return { buyer: 'citizen', buyerKind: 'citizen', repeat, ...(by === 'silence' && { by }) }
}

/**
 * What bears it out: the acceptance, and the bank's word that the payment rests on. The fact that is recorded with this
 * one is named already, as the one before it.
 */
async function evidenceOf(tx: Writer, { id, last_leaf }: OrderRow): Promise<Buffer[]> {
  const facts = await trailOf(tx, id, ['order.accepted', 'order.paid'])
  const named = facts.filter(({ type }) => type === 'order.accepted').map(({ leafHash }) => leafHash)
  const paid = facts.find(({ type }) => type === 'order.paid')
  const bank = paid?.refs.at(-1)
  return [...named, ...(bank ? [bank] : [])].filter(leaf => !last_leaf?.equals(leaf))
}

/** From one instant to a later one, in days of the calendar; 0 where it is not later. */
const daysBetween = (from: Date, to: Date): number =>
  Math.max(0, (Date.parse(dateOf(to)) - Date.parse(dateOf(from))) / 86_400_000)

export interface Terms {
  readonly rule: { readonly recognisedOnly: boolean; readonly productAreas: string[] }
  readonly target: string
  readonly buyerKind: string
  readonly year: number
  readonly areaPath: string
  /** The buyer has completed an order before. */
  readonly repeat: boolean
}

export async function quotaTerms(tx: Writer, order: OrderRow): Promise<Terms> {
  const [row] = await tx.query<{
    recognised_only: boolean
    product_areas: string[]
    target_id: string
    type: string
    year: number
    area_path: string
    repeat: boolean
  }>(
    `select r.recognised_only, r.product_areas, d.target_id, d.year, d.area_path, u.type,
       exists (select 1 from "order" o where o.programme_id = d.programme_id and o.buyer_id = d.unit_id
         and o.completed_at is not null) as repeat
     from declaration d
     join quota_rule r on r.programme_id = d.programme_id and r.id = d.rule_id
     join organisation u on u.programme_id = d.programme_id and u.id = d.unit_id
     where d.programme_id = $1 and d.id = $2`,
    [tx.programme, order.declaration_id],
    'order-quota-terms',
  )
  return {
    rule: { recognisedOnly: row!.recognised_only, productAreas: row!.product_areas },
    target: row!.target_id,
    buyerKind: row!.type,
    year: row!.year,
    areaPath: row!.area_path,
    repeat: row!.repeat,
  }
}
