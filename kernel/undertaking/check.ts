import type { Reader } from '../database/database.ts'

export interface StrangePosting {
  readonly entry: string
  readonly no: number
  readonly undertaking: string
  readonly unit: string
  readonly promised: string
}

/** Nightly: postings that cite an undertaking of another unit and so perform nothing of it. Normally none. */
export function checkUndertakings(tx: Reader): Promise<StrangePosting[]> {
  return tx.query<StrangePosting>(
    `select p.entry_id as entry, p.no, u.id as undertaking, a.unit, u.unit as promised
     from ledger_posting p
     join undertaking u on u.programme_id = $1 and u.id = p.undertaking_id
     join ledger_account a on a.programme_id = $1 and a.account = p.account
     where p.programme_id = $1 and p.undertaking_id is not null and a.unit <> u.unit
     order by p.entry_id, p.no`,
    [tx.programme],
  )
}
