import { countyOf } from '@silian/kernel/access/area.ts'
import { heirOf } from '@silian/kernel/access/heirs.ts'
import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import type { Recorded } from '@silian/kernel/fact/record.ts'
import type { LoggedFact } from '@silian/kernel/fact/subscribe.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { openAccounts } from '@silian/kernel/ledger/accounts.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { heirsOf } from '@silian/kernel/register/heirs.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { splitSale } from '../../production/links/rules.ts'
import { escrow } from '../../supply/orders/accounts.ts'
import { saleTerms } from '../../value/lots/terms.ts'
import { owedTo } from './accounts.ts'
import { recover } from './recover.ts'
import { isTold, type Part, piecesOf } from './rules.ts'

/** What settlement needs of an `order.completed` fact. */
const completed = z.object({
  order: z.string(),
  seller: z.string(),
  fen: z.coerce.number(),
  lines: z.array(z.object({ lot: z.string(), quantity: z.coerce.number(), fen: z.coerce.number() })),
})

interface Split {
  readonly orderId: string
  readonly sellerId: string
  /** Who is paid the seller's share: the seller, or who goes on for it. */
  readonly payeeId: string
  readonly totalFen: number
  readonly cooperativeFen: number
  readonly parts: readonly Part[]
}

/**
 * Settles one completed order: its money leaves escrow for those the links name, each part citing the link that it
 * performs, and the co-operative. Runs from the log, so that it can be replayed: a settled order is left alone.
 */
export async function settleOrder(tx: Writer, kit: Kit, fact: LoggedFact): Promise<void> {
  const order = completed.parse(fact.pub)
  const seen = await tx.query('select 1 from settlement where programme_id = $1 and order_id = $2', [
    tx.programme,
    order.order,
  ])
  if (seen.length > 0) return
  const split = await splitOrder(tx, order, dateOf(fact.at))
  await postSplit(tx, split)
  const recorded = await recordSplit(tx, kit, split, fact)
  await insertSplit(tx, split, recorded.id)
  await recover(tx, kit, split.sellerId, fact)
}

/** Every line is split by the terms of its own lot; one link's parts of several lines are one amount. */
export async function splitOrder(tx: Reader, order: z.output<typeof completed>, on: string): Promise<Split> {
  const sums = new Map<string, Omit<Part, 'county' | 'persons'>>()
  let cooperativeFen = 0
  for (const line of order.lines) {
    const terms = await saleTerms(tx, { lotId: line.lot, cooperativeId: order.seller, on })
    const sale = { amountFen: line.fen, quantity: line.quantity, ownQuantity: terms.ownQuantity }
    const { cooperativeFen: rest, byLink } = splitSale(sale, terms.sources, terms.dividends)
    cooperativeFen += rest
    const dividends = new Set(terms.dividends.map(dividend => dividend.linkId))
    for (const [linkId, fen] of byLink) {
      const mechanism = dividends.has(linkId) ? 'share_dividend' : 'order_purchase'
      const before = sums.get(linkId)?.fen ?? 0
      sums.set(linkId, { linkId, mechanism, householdId: terms.householdOf.get(linkId)!, fen: before + fen })
    }
  }
  const parts = await withHouseholds(
    tx,
    [...sums.values()].sort((a, b) => (a.linkId < b.linkId ? -1 : 1)),
  )
  const payeeId = await heirOf(tx, order.seller)
  const sides = { orderId: order.order, sellerId: order.seller, payeeId }
  return { ...sides, totalFen: order.fen, cooperativeFen, parts }
}

/**
 * Each part with the household that goes on by now, where it lives and of how many it is: what the figures of people
 * rest on.
 */
async function withHouseholds(
  tx: Reader,
  parts: readonly Omit<Part, 'county' | 'persons'>[],
): Promise<Part[]> {
  const heirs = await heirsOf(tx, 'household', [...new Set(parts.map(part => part.householdId))])
  const now = parts.map(part => ({ ...part, householdId: heirs.get(part.householdId) ?? part.householdId }))
  const rows = await tx.query<{ id: string; area_path: string; member_count: number }>(
    'select id, area_path, member_count from household where programme_id = $1 and id = any($2::uuid[])',
    [tx.programme, [...new Set(now.map(part => part.householdId))]],
    'settlement-households',
  )
  const households = new Map(rows.map(row => [row.id, row]))
  return now.map(part => {
    const { area_path, member_count } = households.get(part.householdId)!
    return { ...part, county: countyOf(area_path), persons: member_count }
  })
}

async function postSplit(
  tx: Writer,
  { orderId, payeeId, totalFen, cooperativeFen, parts }: Split,
): Promise<void> {
  const accounts = [
    owedTo.organisation(payeeId),
    ...new Set(parts.map(part => owedTo.household(part.householdId))),
  ]
  await openAccounts(
    tx,
    accounts.map(account => ({ account, unit: 'fen', kind: 'ceiling' })),
  )
  await postAll(tx, [
    {
      id: idFrom('entry', 'settle', orderId),
      kind: 'order.settled',
      subject: orderId,
      postings: [
        { account: escrow(orderId), amount: -totalFen },
        ...(cooperativeFen > 0 ? [{ account: owedTo.organisation(payeeId), amount: cooperativeFen }] : []),
        ...parts.map(part => ({
          account: owedTo.household(part.householdId),
          amount: part.fen,
          undertaking: part.linkId,
        })),
      ],
    },
  ])
}

/**
 * Records a split in as many facts as it needs: the first tells the sums, each names the one before it. Amounts of single
 * households are hidden, each under its own salt, so that one can be shown its own and nobody else's.
 */
async function recordSplit(tx: Writer, kit: Kit, split: Split, fact: LoggedFact): Promise<Recorded> {
  const pieces = piecesOf(split.parts)
  const base = { type: 'order.settled', subject: split.orderId, holder: split.sellerId }
  const sums = sumsOf(split)
  const first = await kit.recorder.record(tx, {
    ...base,
    refs: [fact.leafHash],
    pub: {
      ...{ order: split.orderId, seller: split.sellerId, fen: String(split.totalFen), ...sums.pub },
      ...(split.payeeId === split.sellerId ? {} : { payee: split.payeeId }),
      ...(pieces.length > 1 ? { pieces: pieces.length } : {}),
      parts: split.parts.length,
    },
    hidden: { ...sums.hidden, ...pieces[0] },
  })
  let last = first
  for (const [n, hidden] of pieces.entries())
    if (n > 0)
      last = await kit.recorder.record(tx, {
        ...{ ...base, hidden, refs: [last.leafHash] },
        pub: { order: split.orderId, piece: n + 1 },
      })
  return first
}

/** A sum over fewer than five households would tell what single ones got (DESIGN 3). */
function sumsOf({ totalFen, cooperativeFen, parts }: Split) {
  const sums = { cooperativeFen: String(cooperativeFen), householdsFen: String(totalFen - cooperativeFen) }
  return isTold(householdsIn(parts)) ? { pub: sums, hidden: {} } : { pub: {}, hidden: sums }
}

const householdsIn = (parts: readonly Part[]): number => new Set(parts.map(part => part.householdId)).size

async function insertSplit(tx: Writer, split: Split, factId: string): Promise<void> {
  await tx.db
    .insertInto('settlement')
    .values({
      programme_id: tx.programme,
      order_id: split.orderId,
      fact_id: factId,
      seller_id: split.sellerId,
      total_fen: split.totalFen,
      cooperative_fen: split.cooperativeFen,
      households_fen: split.totalFen - split.cooperativeFen,
      households: householdsIn(split.parts),
      settled_at: tx.at,
    })
    .execute()
  await tx.query(
    `insert into settlement_part (programme_id, order_id, household_id, link_id, mechanism, fen)
     select $1, $2, p.* from unnest($3::uuid[], $4::uuid[], $5::text[], $6::bigint[]) p(household, link, mechanism, fen)`,
    [
      ...[tx.programme, split.orderId, split.parts.map(part => part.householdId)],
      ...[split.parts.map(part => part.linkId), split.parts.map(part => part.mechanism)],
      split.parts.map(part => part.fen),
    ],
    'settlement-parts',
  )
}
