import { createHash } from 'node:crypto'
import type { Scope, Writer } from '@silian/kernel/database/database.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { addDays, dateOf, startOf } from '@silian/kernel/time/shanghai.ts'
import type { Kit } from '../../kit.ts'
import {
  idOfTrade,
  ProviderFault,
  type ProviderName,
  type StatementLine,
  tradeNoOf,
} from './providers/provider.ts'
import { providerOf } from './settings.ts'
import { differencesOf, type StatedLine } from './statement-rules.ts'
import type { ProviderReceiptTable } from './tables.ts'

interface Compared {
  readonly lines: number
  readonly found: number
}

/**
 * Fetches a provider's statement of a day in Shanghai and lists every difference to what we have of it. Fetched again, the
 * day is compared anew: what is found no more is settled by itself, and open again when it is found again. Refuses
 * `provider.not_found`, `provider.silent {code}`.
 */
export async function compareDay(
  kit: Kit,
  scope: Scope,
  name: ProviderName,
  day: string,
): Promise<Result<Compared, 'provider.not_found' | 'provider.silent'>> {
  const by = await kit.app.read(scope, tx => providerOf(tx, kit, name))
  if (!by) return refuse('provider.not_found', { provider: name })
  let lines: readonly StatementLine[]
  try {
    lines = await by.statement(day)
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error
    return refuse('provider.silent', { code: error.code })
  }
  return kit.app.write(scope, tx => keepDay(tx, name, day, lines))
}

async function keepDay(
  tx: Writer,
  name: ProviderName,
  day: string,
  lines: readonly StatementLine[],
): Promise<Result<Compared, never>> {
  const digest = createHash('sha256').update(JSON.stringify(lines)).digest()
  await tx.query(
    `insert into provider_statement (programme_id, provider, day, lines, digest, fetched_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (programme_id, provider, day) do update
       set lines = excluded.lines, digest = excluded.digest, fetched_at = excluded.fetched_at`,
    [tx.programme, name, day, lines.length, digest, tx.at],
  )
  await tx.query(
    'delete from provider_statement_line where programme_id = $1 and provider = $2 and day = $3',
    [tx.programme, name, day],
  )
  await tx.query(
    `insert into provider_statement_line (programme_id, provider, day, kind, reference, trade_no, amount_fen)
     select $1, $2, $3, l.kind, l.reference, min(l.trade), sum(l.fen)::bigint
       from unnest($4::text[], $5::text[], $6::text[], $7::bigint[]) l (kind, reference, trade, fen) group by 4, 5`,
    [
      ...[tx.programme, name, day, lines.map(line => line.kind), lines.map(line => line.reference)],
      ...[lines.map(line => line.tradeNo), lines.map(line => line.fen)],
    ],
  )
  return keepDifferences(tx, name, day, lines)
}

async function keepDifferences(
  tx: Writer,
  name: ProviderName,
  day: string,
  theirs: readonly StatementLine[],
): Promise<Result<Compared, never>> {
  const found = differencesOf(await ours(tx, name, day), theirs)
  const tradeOf = new Map(theirs.map(line => [`${line.kind} ${line.reference}`, line.tradeNo]))
  await tx.query(
    `update provider_difference set settled_at = $4, settled_by = 'system', note = ''
      where programme_id = $1 and provider = $2 and day = $3 and settled_at is null
        and not (kind || ' ' || reference = any($5::text[]))`,
    [tx.programme, name, day, tx.at, found.map(each => `${each.kind} ${each.reference}`)],
  )
  await tx.query(
    `insert into provider_difference (programme_id, id, provider, day, kind, reference, payment_id, ours_fen, theirs_fen, found_at)
     select $1, d.id, $2, $3, d.kind, d.reference, d.payment, d.ours, d.theirs, $4
       from unnest($5::uuid[], $6::text[], $7::text[], $8::uuid[], $9::bigint[], $10::bigint[])
         d (id, kind, reference, payment, ours, theirs)
     on conflict (programme_id, provider, day, kind, reference) do update
       set ours_fen = excluded.ours_fen, theirs_fen = excluded.theirs_fen,
         settled_at = case when provider_difference.settled_by is distinct from 'system' then provider_difference.settled_at end,
         settled_by = nullif(provider_difference.settled_by, 'system'),
         note = case when provider_difference.settled_by is distinct from 'system' then provider_difference.note end`,
    [
      ...[tx.programme, name, day, tx.at],
      found.map(each => idFrom('difference', name, day, each.kind, each.reference)),
      ...[found.map(each => each.kind), found.map(each => each.reference)],
      found.map(each => {
        const kind = each.kind.startsWith('payment') ? 'payment' : 'refund'
        return idOfTrade(tradeOf.get(`${kind} ${each.reference}`) ?? '') ?? null
      }),
      ...[found.map(each => each.oursFen), found.map(each => each.theirsFen)],
    ],
  )
  return ok({ lines: theirs.length, found: found.length })
}

/** What a provider has of a trade is another sum than its notice told: as its statement of that day would show it. */
export const listOtherSum = (
  tx: Writer,
  { provider, reference, payment_id, amount_fen, paid_at }: ProviderReceiptTable,
  theirsFen: number,
): Promise<object[]> =>
  tx.query(
    `insert into provider_difference (programme_id, id, provider, day, kind, reference, payment_id, ours_fen, theirs_fen, found_at)
     values ($1, $2, $3, $4, 'payment_amount', $5, $6, $7, $8, $9)
     on conflict (programme_id, provider, day, kind, reference) do nothing`,
    [
      ...[tx.programme, idFrom('difference', provider, dateOf(paid_at), 'payment_amount', reference)],
      ...[provider, dateOf(paid_at), reference, payment_id, amount_fen, theirsFen, tx.at],
    ],
  )

/** Money that came on the day, by the provider's number, and what it has given back on it, by ours. */
async function ours(tx: Writer, name: ProviderName, day: string): Promise<StatedLine[]> {
  const [from, to] = [startOf(day), startOf(addDays(day, 1))]
  const paid = await tx.query<{ reference: string; fen: number }>(
    `select reference, amount_fen as fen from provider_receipt
      where programme_id = $1 and provider = $2 and paid_at >= $3 and paid_at < $4`,
    [tx.programme, name, from, to],
  )
  const back = await tx.query<{ id: string; fen: number }>(
    `select coalesce(provider_no, id) as id, amount_fen as fen from refund
      where programme_id = $1 and source = $2 and state = 'done' and not by_bank
        and coalesce(booked_at, done_at) >= $3 and coalesce(booked_at, done_at) < $4`,
    [tx.programme, name, from, to],
  )
  return [
    ...paid.map(({ reference, fen }): StatedLine => ({ kind: 'payment', reference, fen })),
    ...back.map(({ id, fen }): StatedLine => ({ kind: 'refund', reference: tradeNoOf(id), fen })),
  ]
}

/** A person has looked into it and says what it was. Refuses `difference.not_found`. */
export async function settleDifference(
  tx: Writer,
  id: string,
  note: string,
): Promise<Result<{ id: string }, 'difference.not_found'>> {
  const rows = await tx.query(
    `update provider_difference set settled_at = $3, settled_by = $4, note = $5
      where programme_id = $1 and id = $2 and settled_at is null returning 1`,
    [tx.programme, id, tx.at, tx.actor, note],
  )
  return rows.length > 0 ? ok({ id }) : refuse('difference.not_found')
}
