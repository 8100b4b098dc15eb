import type { Reader, Writer } from '../database/database.ts'
import { Refused } from '../result/result.ts'
import type { Entry, Outcome } from './entry.ts'
import { post } from './post.ts'
import { reversal } from './rules.ts'

/**
 * Takes an entry back by a new one, once; holds it made or released are not touched. Outcomes are those of `post`; what
 * was spent since is `ledger.short`, unless it is `observed`. Throws `ledger.unknown_entry {entry}`.
 */
export async function reverse(
  tx: Writer,
  entryId: string,
  newId: string,
  { observed = false }: { observed?: boolean } = {},
): Promise<Outcome> {
  const entry = await readEntry(tx, entryId)
  if (!entry) throw new Refused('ledger.unknown_entry', { entry: entryId })
  const [outcome] = await post(tx, [reversal(entry, { id: newId, observed })])
  return outcome!
}

/** A posted entry with its postings, without the holds it moved. */
export async function readEntry(tx: Reader, id: string): Promise<Entry | undefined> {
  const [row] = await tx.query<EntryRow>(
    `select e.id, e.kind, e.subject, e.at, e.observed, e.reverses, e.note, array(
       select jsonb_build_object('account', p.account, 'amount', p.amount, 'undertaking', p.undertaking_id)
       from ledger_posting p where p.programme_id = $1 and p.entry_id = $2 order by p.no) as postings
     from ledger_entry e where e.programme_id = $1 and e.id = $2`,
    [tx.programme, id],
    'ledger-entry',
  )
  if (!row) return undefined
  return {
    ...row,
    subject: row.subject ?? undefined,
    reverses: row.reverses ?? undefined,
    note: row.note ?? undefined,
    postings: row.postings.map(posting => ({ ...posting, undertaking: posting.undertaking ?? undefined })),
  }
}

interface EntryRow {
  readonly id: string
  readonly kind: string
  readonly subject: string | null
  readonly at: Date
  readonly observed: boolean
  readonly reverses: string | null
  readonly note: Record<string, unknown> | null
  readonly postings: readonly { account: string; amount: number; undertaking: string | null }[]
}
