import type { Writer } from '../database/database.ts'
import { Refused } from '../result/result.ts'
import { entryArrays } from './arrays.ts'
import type { Entry, LedgerRefusal, Outcome, RefusedEntry } from './entry.ts'
import { assertEntry, mayBalance } from './rules.ts'

/**
 * Posts entries in their order, each wholly or not at all, each with its own outcome in the same place. A refused entry
 * leaves nothing and later entries still run; an id posted before, earlier in the array or by another transaction, is
 * `repeated`. Refusals are those of `LedgerRefusal`. A commanded entry may lower no ceiling below zero, neither its
 * balance nor what is available beside its holds; an observed one may, and opens a discrepancy. One statement however
 * many entries there are: gather them (up to some 500) rather than call it in a loop.
 *
 * Callers that post more than once in a transaction take turns in sorted order only if they `lockAccounts` first;
 * otherwise the database may have to run one of two again.
 */
export async function post(tx: Writer, entries: readonly Entry[]): Promise<Outcome[]> {
  for (const entry of entries) assertEntry(entry)
  const outcomes = entries.map(
    ({ id, postings }): Outcome =>
      mayBalance(postings) ? { id, outcome: 'posted' } : refused(id, 'ledger.unbalanced', {}),
  )
  // numbers of the entries worth sending
  const sent = entries.flatMap((entry, index) => (mayBalance(entry.postings) ? [index] : []))
  for (const row of await send(
    tx,
    sent.map(index => entries[index]!),
  )) {
    const index = sent[row.entry - 1]!
    outcomes[index] = outcomeOf(entries[index]!, row)
  }
  return outcomes
}

/** Posts entries that must all be posted (or were before); otherwise throws the first refusal, which rolls back. */
export async function postAll(tx: Writer, entries: readonly Entry[]): Promise<void> {
  for (const outcome of await post(tx, entries))
    if (outcome.outcome === 'refused') throw new Refused(outcome.code, outcome.params)
}

interface Row {
  readonly entry: number
  readonly code: LedgerRefusal | 'repeated'
  readonly account: string | null
  readonly hold: string | null
  readonly asked: number | null
  readonly available: number | null
}

async function send(tx: Writer, entries: readonly Entry[]): Promise<Row[]> {
  if (entries.length === 0) return []
  return tx.query<Row>(
    `select * from ledger_post($1, $2, $3::text[], $4::uuid[], $5::int[], $6::timestamptz[], $7::text[], $8::text[],
       $9::boolean[], $10::uuid[], $11::jsonb[], $12::int[], $13::int[], $14::int[], $15::int[], $16::bigint[], $17::uuid[],
       $18::int[], $19::timestamptz[], $20::uuid[])`,
    [tx.programme, tx.at, ...entryArrays(entries, tx.at)],
    'ledger-post',
  )
}

function outcomeOf(entry: Entry, { code, account, hold, asked, available }: Row): Outcome {
  if (code === 'repeated') return { id: entry.id, outcome: 'repeated' }
  const of =
    code === 'ledger.already_reversed' || code === 'ledger.unknown_entry' ? entry.reverses : undefined
  return refused(entry.id, code, {
    ...(of ? { entry: of } : {}),
    ...(account ? { account } : {}),
    ...(hold ? { hold } : {}),
    ...(asked === null ? {} : { asked, available: available! }),
  })
}

const refused = (id: string, code: LedgerRefusal, params: RefusedEntry['params']): RefusedEntry => ({
  id,
  outcome: 'refused',
  code,
  params,
})
