import type { Reader, Writer } from '../database/database.ts'
import { ok, type Result, refuse } from '../result/result.ts'

/** What an observed entry took from a ceiling beyond what was available there. */
export interface Discrepancy {
  readonly id: string
  readonly account: string
  readonly entry: string
  readonly shortfall: number
  readonly openedAt: Date
}

/** Open discrepancies in the order of their ids, keyset-paged by `after`; of one account if given. */
export function openDiscrepancies(
  tx: Reader,
  { account, after, limit }: { account?: string; after?: string; limit: number },
): Promise<Discrepancy[]> {
  return tx.query<Discrepancy>(
    `select id, account, entry_id as entry, shortfall, opened_at as "openedAt" from ledger_discrepancy
     where programme_id = $1 and closed_at is null and ($2::text is null or account = $2)
       and ($3::uuid is null or id > $3) order by id limit $4`,
    [tx.programme, account ?? null, after ?? null, limit],
    'ledger-discrepancies',
  )
}

/** Closes a discrepancy, once it is explained or made good. Refuses `ledger.discrepancy_closed {id}` if none is open. */
export async function closeDiscrepancy(
  tx: Writer,
  id: string,
  note: string,
): Promise<Result<null, 'ledger.discrepancy_closed'>> {
  const rows = await tx.query(
    `update ledger_discrepancy set closed_at = $3, note = $4
     where programme_id = $1 and id = $2 and closed_at is null returning id`,
    [tx.programme, id, tx.at, note],
    'ledger-discrepancy-close',
  )
  return rows.length ? ok(null) : refuse('ledger.discrepancy_closed', { id })
}
