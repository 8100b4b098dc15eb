import type { Database, Reader } from '../database/database.ts'
import { type Entry, storedEntry } from './entry.ts'
import type { JsonObject } from './public-part.ts'
import type { Custody } from './tables.ts'

/** A fact as it was recorded. */
export interface StoredFact {
  readonly id: string
  readonly type: string
  readonly subject: string
  readonly at: Date
  readonly recordedAt: Date
  readonly keyId: string
  readonly signedBy: Custody
  readonly leafHash: Buffer
  readonly pub: JsonObject
  /** The whole entry, with commitments, refs and signature. */
  readonly entry: Entry
  /** Place in the log; undefined as long as it waits for the sequencer. */
  readonly index: number | undefined
}

/** A fact that has its place in the log. */
export interface LoggedFact extends StoredFact {
  readonly index: number
}

interface FactRow {
  id: string
  type: string
  subject: string
  at: Date
  recorded_at: Date
  key_id: string
  signed_by: Custody
  leaf_hash: Buffer
  entry: Buffer
  log_index: number | null
}

const COLUMNS = `f.id, f.type, f.subject, f.at, f.recorded_at, f.key_id, f.signed_by, f.leaf_hash, f.entry, e.log_index`

function fromRow(row: FactRow): StoredFact {
  const entry = storedEntry(row.entry)
  return {
    id: row.id,
    type: row.type,
    subject: row.subject,
    at: row.at,
    recordedAt: row.recorded_at,
    keyId: row.key_id,
    signedBy: row.signed_by,
    leafHash: row.leaf_hash,
    pub: entry.pub,
    entry,
    index: row.log_index ?? undefined,
  }
}

/** The trail of a thing, oldest first. */
export async function factsOf(tx: Reader, subject: string): Promise<StoredFact[]> {
  const rows = await tx.query<FactRow>(
    `select ${COLUMNS} from fact f left join log_entry e on e.programme_id = f.programme_id and e.fact_id = f.id
     where f.programme_id = $1 and f.subject = $2 order by f.at, f.id`,
    [tx.programme, subject],
    'facts-of',
  )
  return rows.map(fromRow)
}

export async function factById(tx: Reader, id: string): Promise<StoredFact | undefined> {
  const [row] = await tx.query<FactRow>(
    `select ${COLUMNS} from fact f left join log_entry e on e.programme_id = f.programme_id and e.fact_id = f.id
     where f.programme_id = $1 and f.id = $2`,
    [tx.programme, id],
    'fact-by-id',
  )
  return row && fromRow(row)
}

/** Facts of the kinds (all without) at log indexes from `from` up to, not including, `to`, in log order. */
export async function factsBetween(
  tx: Reader,
  from: number,
  to: number,
  types?: readonly string[],
): Promise<LoggedFact[]> {
  const rows = await tx.query<FactRow>(
    `select ${COLUMNS} from log_entry e join fact f on f.programme_id = e.programme_id and f.id = e.fact_id
     where e.programme_id = $1 and e.log_index >= $2 and e.log_index < $3 and ($4::text[] is null or e.type = any($4))
     order by e.log_index`,
    [tx.programme, from, to, types ?? null],
    'facts-between',
  )
  return rows.map(fromRow) as LoggedFact[]
}

/** Facts at these places of the log, in log order. */
export async function factsAt(tx: Reader, indexes: readonly number[]): Promise<LoggedFact[]> {
  const rows = await tx.query<FactRow>(
    `select ${COLUMNS} from log_entry e join fact f on f.programme_id = e.programme_id and f.id = e.fact_id
     where e.programme_id = $1 and e.log_index = any($2::bigint[]) order by e.log_index`,
    [tx.programme, indexes],
    'facts-at',
  )
  return rows.map(fromRow) as LoggedFact[]
}

export interface ChangesPage {
  /** Log index after which to begin; -1 for the start. */
  readonly after: number
  readonly limit: number
  readonly types?: readonly string[]
}

/** Entries looked at for one page: a rare kind must not make a page read the whole log. */
const LOOK = 10_000

export interface Changes {
  readonly items: LoggedFact[]
  /** Go on after this index. */
  readonly next: number
}

/** The change feed: logged facts after an index, in log order, at most `limit` of them out of 10,000 entries. */
export const changes = (database: Database, programme: string, page: ChangesPage): Promise<Changes> =>
  database.read({ programme, actor: 'system' }, async tx => {
    const [log] = await tx.query<{ size: number }>('select size from log where programme_id = $1', [
      programme,
    ])
    const end = Math.min(page.after + LOOK, (log?.size ?? 0) - 1)
    const rows = await tx.query<FactRow>(
      `select ${COLUMNS} from log_entry e join fact f on f.programme_id = e.programme_id and f.id = e.fact_id
       where e.programme_id = $1 and e.log_index > $2 and e.log_index <= $5 and ($4::text[] is null or e.type = any($4))
       order by e.log_index limit $3`,
      [programme, page.after, page.limit, page.types ?? null, end],
      'fact-changes',
    )
    const items = rows.map(fromRow) as LoggedFact[]
    return { items, next: items.length === page.limit ? items.at(-1)!.index : Math.max(end, page.after) }
  })
