import { countyOf } from '@silian/kernel/access/area.ts'
import { findArea } from '@silian/kernel/access/areas.ts'
import { covers, type Reach } from '@silian/kernel/access/permit.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import type { LoggedFact } from '@silian/kernel/fact/read.ts'
import { idFrom, newId } from '@silian/kernel/ids/ids.ts'
import { openAccounts } from '@silian/kernel/ledger/accounts.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { ok, Refused, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { BANK } from '../../supply/orders/accounts.ts'
import { paidOut } from '../../supply/payments/contract.ts'
import { inPayout, owedTo } from '../settlement/accounts.ts'
import { confirmationOf } from './confirmation.ts'

export type PayoutRefusal = 'area.not_found' | 'payout.nothing_owed' | 'payout.exists'

interface Owed {
  readonly household_id: string
  readonly fen: number
  readonly area_path: string
  /** `order/link` of each part that is paid with it. */
  readonly parts: readonly string[]
}

/**
 * Gathers what the households of a county are owed and hands it to the bank. One statement claims the parts, so that
 * two batches at once share nothing; what is over the size of a batch waits for the next.
 */
export async function sendBatch(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  holder: string,
  input: { id?: string | undefined; countyCode: string },
): Promise<Result<{ id: string }, PayoutRefusal>> {
  const county = await findArea(tx, input.countyCode)
  if (county?.level !== 'county' || !covers(reach, { areaPath: county.path }))
    return refuse('area.not_found', { code: input.countyCode })
  const id = input.id ?? newId(tx.at.getTime())
  const owed = await claim(tx, id, county.path)
  if (owed.length === 0) return refuse('payout.nothing_owed', { county: input.countyCode })
  const total = owed.reduce((sum, row) => sum + row.fen, 0)
  await openAccounts(tx, [{ account: inPayout(id), unit: 'fen', kind: 'ceiling' }])
  await postAll(tx, [
    {
      id: idFrom('entry', 'payout', id),
      kind: 'payout.sent',
      subject: id,
      postings: [
        ...owed.map(row => ({ account: owedTo.household(row.household_id), amount: -row.fen })),
        { account: inPayout(id), amount: total },
      ],
    },
  ])
  await insertBatch(tx, id, county, total, owed)
  await kit.recorder.record(tx, {
    type: 'payout.sent',
    subject: id,
    holder,
    pub: { batch: id, county: input.countyCode, fen: String(total), items: owed.length },
    hidden: Object.fromEntries(
      owed.map((row, i) => [
        `item${i}`,
        JSON.stringify({ household: row.household_id, fen: String(row.fen), parts: row.parts }),
      ]),
    ),
  })
  return ok({ id })
}

/** One fact names them all, and a fact holds some 64 KiB: a county that is owed more is sent more batches. */
const MOST_ITEMS = 800

/** By the households of the county, which are few, and not by all parts that wait: the array makes sure of it. */
const claim = (tx: Writer, batchId: string, path: string): Promise<Owed[]> =>
  tx.query<Owed>(
    `with claimed as (
       update settlement_part set payout_id = $2
       where programme_id = $1 and payout_id is null and coalesce(passed_to, household_id) = any(array(
         select h.id from household h
         where h.programme_id = $1 and h.area_path collate "C" >= $3 and h.area_path collate "C" < $3 || '0'
           and exists (select 1 from settlement_part w
             where w.programme_id = $1 and coalesce(w.passed_to, w.household_id) = h.id and w.payout_id is null)
         order by h.id limit ${MOST_ITEMS}))
       returning coalesce(passed_to, household_id) as household_id, order_id, link_id, fen)
     select c.household_id, sum(c.fen)::bigint as fen, min(h.area_path) as area_path,
       array_agg(c.order_id || '/' || c.link_id order by c.order_id, c.link_id) as parts
     from claimed c join household h on h.programme_id = $1 and h.id = c.household_id
     group by c.household_id order by c.household_id`,
    [tx.programme, batchId, path],
  )

async function insertBatch(
  tx: Writer,
  id: string,
  county: { code: string; path: string },
  total: number,
  owed: readonly Owed[],
): Promise<void> {
  const written = await tx.db
    .insertInto('payout_batch')
    .values({
      programme_id: tx.programme,
      id,
      county_code: county.code,
      area_path: county.path,
      state: 'sent',
      total_fen: total,
      households: owed.length,
      created_at: tx.at,
    })
    .onConflict(c => c.doNothing())
    .returning('id')
    .execute()
  if (written.length === 0) throw new Refused('payout.exists', { batch: id })
  await tx.query(
    `insert into payout_item (programme_id, id, batch_id, household_id, area_path, amount_fen)
     select $1, i.id, $2, i.household, i.path, i.fen from unnest($3::uuid[], $4::uuid[], $5::text[], $6::bigint[]) i(id, household, path, fen)`,
    [
      tx.programme,
      id,
      // item ids become public with their confirmation: they must not follow from the household's
      owed.map(() => newId(tx.at.getTime())),
      owed.map(row => row.household_id),
      owed.map(row => row.area_path),
      owed.map(row => row.fen),
    ],
  )
}

/** The bank's word that a batch went out. Runs from the log; a batch of another sum, or paid before, stops it to be seen. */
export async function markPaidOut(tx: Writer, fact: LoggedFact): Promise<void> {
  const word = paidOut.parse(fact.pub)
  const rows = await tx.query<{ total_fen: number }>(
    `update payout_batch set state = 'paid', paid_at = $3, bank_reference = $4
     where programme_id = $1 and id = $2 and state = 'sent' and total_fen = $5 returning total_fen`,
    [tx.programme, word.batch, fact.at, word.reference, Number(word.fen)],
  )
  if (rows.length === 0) return noteDispute(tx, fact, word)
  await postAll(tx, [
    {
      id: idFrom('entry', 'paid-out', word.batch),
      kind: 'payout.paid',
      subject: word.batch,
      postings: [
        { account: inPayout(word.batch), amount: -Number(word.fen) },
        { account: BANK, amount: Number(word.fen) },
      ],
    },
  ])
  await tx.query('update payout_item set paid_at = $3 where programme_id = $1 and batch_id = $2', [
    tx.programme,
    word.batch,
    fact.at,
  ])
}

/** The bank says it paid what we never sent, or another sum, or again: kept for a person to settle, nothing is posted. */
async function noteDispute(
  tx: Writer,
  fact: LoggedFact,
  word: { batch: string; fen: string; reference: string },
): Promise<void> {
  await tx.query(
    `insert into payout_dispute (programme_id, fact_id, batch_id, reference, fen, noted_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [tx.programme, fact.id, word.batch, word.reference, Number(word.fen), tx.at],
  )
}

export type ConfirmRefusal = 'payout.not_found' | 'payout.not_paid' | 'payout.confirmed'

/** The household has received its money; said by its cadre, who stands in its area. */
export const confirmItem = async (
  tx: Writer,
  kit: Kit,
  reach: Reach,
  id: string,
): Promise<Result<{ id: string; factId: string }, ConfirmRefusal>> => {
  const confirmed = await confirmItems(tx, kit, reach, [id])
  return confirmed.ok ? ok({ id, factId: confirmationOf(id) }) : confirmed
}

interface Confirming {
  readonly id: string
  readonly batch_id: string
  readonly household_id: string
  readonly area_path: string
  readonly amount_fen: number
  readonly paid_at: Date | null
  readonly confirmed_at: Date | null
}

/** Confirms several at once, all or none; a cadre comes back from the village with a whole list. */
export async function confirmItems(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  ids: readonly string[],
): Promise<Result<{ ids: string[] }, ConfirmRefusal>> {
  const items = await tx.query<Confirming>(
    `select id, batch_id, household_id, area_path, amount_fen, paid_at, confirmed_at from payout_item
     where programme_id = $1 and id = any($2::uuid[]) order by id for update`,
    [tx.programme, ids],
    'payout-items-lock',
  )
  if (items.length < new Set(ids).size || !items.every(item => covers(reach, { areaPath: item.area_path })))
    return refuse('payout.not_found')
  if (items.some(item => !item.paid_at)) return refuse('payout.not_paid')
  if (items.some(item => item.confirmed_at)) return refuse('payout.confirmed')
  await tx.query(
    'update payout_item set confirmed_at = $3, confirmed_by = $4 where programme_id = $1 and id = any($2::uuid[])',
    [tx.programme, ids, tx.at, tx.actor],
    'payout-items-confirm',
  )
  for (const item of items) await recordConfirmed(tx, kit, item)
  return ok({ ids: items.map(item => item.id) })
}

const recordConfirmed = (tx: Writer, kit: Kit, item: Confirming) =>
  kit.recorder.record(tx, {
    id: confirmationOf(item.id),
    type: 'payout.confirmed',
    subject: item.batch_id,
    holder: `area:${item.area_path.split('/')[2] ?? 'unknown'}`,
    pub: { batch: item.batch_id, item: item.id, county: countyOf(item.area_path) },
    // what one household got is its own affair
    hidden: { household: item.household_id, fen: String(item.amount_fen) },
  })
