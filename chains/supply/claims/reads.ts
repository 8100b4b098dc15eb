import { covers, type Reach } from '@silian/kernel/access/permit.ts'
import { type Predicate, reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { z } from 'zod'
import { keptOf, progressOf } from '../delivery/progress.ts'
import { lineNames } from '../orders/line-names.ts'
import type { Claim, claimable } from './contract.ts'
import { type ClaimState, checkClaim, claimsFrom, openKinds } from './rules.ts'
import { type ClaimRow, claimedOf, factsOf, type SeenRow, seenOf, sturdyAmong } from './service.ts'

const sides = {
  buyer: { programme: 'c.programme_id', organisations: ['c.buyer_id'], persons: ['c.buyer_id'] },
  seller: { programme: 'c.programme_id', organisations: ['c.seller_id'] },
  either: {
    programme: 'c.programme_id',
    organisations: ['c.buyer_id', 'c.seller_id'],
    persons: ['c.buyer_id'],
  },
  office: { programme: 'c.programme_id' },
} as const

type Row = ClaimRow & { readonly number: string; readonly seller_name: string }

const select = `select c.*, o.number, s.name_zh as seller_name from claim c
  join "order" o on o.programme_id = c.programme_id and o.id = c.order_id
  join organisation s on s.programme_id = c.programme_id and s.id = c.seller_id`

/** What each action reaches for the asking principal; undefined where it is not theirs at all. */
export interface ClaimReaches {
  readonly open?: Reach
  readonly answer?: Reach
  readonly decide?: Reach
}

interface Query {
  readonly after?: string | undefined
  readonly limit: number
  readonly state?: ClaimState | undefined
  readonly order?: string | undefined
}

/** The newest first. */
export async function listClaims(
  tx: Reader,
  reach: Reach,
  query: Query,
  reaches: ClaimReaches,
): Promise<Page<Claim>> {
  const { sql, values } = reachPredicate(reach, sides.either, 5)
  const rows = await tx.query<Row>(
    `${select} where ($1::text is null or (c.opened_at, c.id) < (split_part($1, '|', 1)::timestamptz, split_part($1, '|', 2)::uuid))
       and ($3::text is null or c.state = $3) and ($4::uuid is null or c.order_id = $4) and ${sql}
     order by c.opened_at desc, c.id desc limit $2`,
    [query.after ?? null, query.limit + 1, query.state ?? null, query.order ?? null, ...values],
  )
  const lines = await linesOf(tx, rows)
  const photos = await claimPhotos(tx, rows)
  return pageFrom(
    rows,
    query.limit,
    row => `${row.opened_at.toISOString()}|${row.id}`,
    row => claimOf(row, lines, photos, reaches),
  )
}

/** Another's claim is not found. */
export async function readClaim(
  tx: Reader,
  reach: Reach,
  id: string,
  reaches: ClaimReaches = {},
): Promise<Result<Claim, 'claim.not_found'>> {
  const { sql, values } = reachPredicate(reach, sides.either, 2)
  const rows = await tx.query<Row>(`${select} where c.id = $1 and ${sql}`, [id, ...values])
  const [row] = rows
  if (!row) return refuse('claim.not_found')
  return ok(claimOf(row, await linesOf(tx, rows), await claimPhotos(tx, rows), reaches))
}

/** Refuses `claim.not_found` unless the claim is there and its named side lies within reach. */
export async function findClaim(
  tx: Reader,
  reach: Reach,
  id: string,
  side: 'buyer' | 'seller' | 'office',
): Promise<Result<null, 'claim.not_found'>> {
  const { sql, values }: Predicate = reachPredicate(reach, sides[side], 2)
  const rows = await tx.query(`select 1 from claim c where c.id = $1 and ${sql}`, [id, ...values])
  return rows.length > 0 ? ok(null) : refuse('claim.not_found')
}

async function linesOf(tx: Reader, claims: readonly Row[]): Promise<Map<string, Claim['lines']>> {
  const rows = await tx.query<{ claim: string; order: string; no: number; pieces: number; fen: number }>(
    `select claim_id as claim, order_id as order, line_no as no, pieces, amount_fen as fen from claim_line
     where programme_id = $1 and claim_id = any($2::uuid[]) order by line_no`,
    [tx.programme, claims.map(({ id }) => id)],
    'claim-lines',
  )
  const names = await lineNames(
    tx,
    claims.map(claim => claim.order_id),
  )
  return new Map(
    [...Map.groupBy(rows, row => row.claim)].map(([claim, own]) => [
      claim,
      own.map(({ order, no, pieces, fen }) => ({
        ...{ no, pieces, amountFen: fen },
        ...(names.get(`${order} ${no}`) ?? { nameZh: '', nameEn: '' }),
      })),
    ]),
  )
}

async function claimPhotos(tx: Reader, claims: readonly Row[]): Promise<Map<string, string[]>> {
  const rows = await tx.query<{ id: string; file: string }>(
    `select subject_id as id, file_id as file from file_use
     where programme_id = $1 and subject_type = 'claim' and subject_id = any($2) order by file_id`,
    [tx.programme, claims.map(({ id }) => id)],
    'claim-photos',
  )
  return new Map([...Map.groupBy(rows, row => row.id)].map(([id, own]) => [id, own.map(({ file }) => file)]))
}

const claimOf = (
  row: Row,
  lines: ReadonlyMap<string, Claim['lines']>,
  photos: ReadonlyMap<string, string[]>,
  reaches: ClaimReaches,
): Claim => ({
  ...{ id: row.id, orderId: row.order_id, orderNumber: row.number, kind: row.kind, state: row.state },
  ...{ sellerId: row.seller_id, sellerName: row.seller_name, amountFen: row.amount_fen, reason: row.reason },
  ...{ answer: row.answer, objection: row.objection, decision: row.decision },
  ...{ returnCarrier: row.return_carrier, returnWaybill: row.return_waybill },
  photos: photos.get(row.id) ?? [],
  openedAt: row.opened_at.toISOString(),
  dueAt: row.due_at?.toISOString() ?? null,
  closedAt: row.closed_at?.toISOString() ?? null,
  lines: lines.get(row.id) ?? [],
  may: mayOf(row, reaches),
})

function mayOf(row: Row, { open, answer, decide }: ClaimReaches): Claim['may'] {
  const facts = factsOf(row)
  const isBuyer = open && covers(open, { organisationIds: [row.buyer_id], personIds: [row.buyer_id] })
  const isSeller = answer && covers(answer, { organisationIds: [row.seller_id] })
  const may: Claim['may'] = []
  if (isSeller && checkClaim(facts, 'refuse', 'seller').ok) may.push('answer')
  if (isBuyer && checkClaim(facts, 'object', 'buyer').ok) may.push('object')
  if (decide && checkClaim(facts, 'uphold', 'office').ok) may.push('decide')
  if (isBuyer && checkClaim(facts, 'send', 'buyer').ok) may.push('send')
  if (isSeller && checkClaim(facts, 'receive', 'seller').ok) may.push('receive')
  if (isBuyer && checkClaim(facts, 'withdraw', 'buyer').ok) may.push('withdraw')
  return may
}

/** What may be claimed of an order now; whether it may be read was settled before. */
export async function claimableOf(tx: Reader, orderId: string): Promise<z.input<typeof claimable>> {
  const [order] = await tx.query<SeenRow>(
    'select state, delivered_at, accepted_at, shipped_at from "order" where programme_id = $1 and id = $2',
    [tx.programme, orderId],
  )
  const seen = seenOf(order!)
  const claimed = await claimedOf(tx, orderId)
  const lines = await progressOf(tx, orderId)
  const sturdy = await sturdyAmong(tx, lines)
  return {
    kinds: openKinds(seen, tx.at).map(({ kind, until }) => ({ kind, until: until.toISOString() })),
    from: claimsFrom(seen, tx.at)?.toISOString() ?? null,
    lines: lines.map(line => ({
      no: line.no,
      pieces: keptOf(line) - (claimed.get(line.no) ?? 0),
      returnable: sturdy.has(line.no),
    })),
  }
}
