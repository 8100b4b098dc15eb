import type { Reader } from '../database/database.ts'
import { type Opening, openHiddenOf } from '../fact/hidden.ts'
import type { Keyring } from '../fact/keyring.ts'
import { isLate } from '../fact/late.ts'
import type { Custody } from '../fact/tables.ts'
import { headOf } from './cosignatures.ts'
import { proofsIn } from './proofs.ts'
import type { Receipts } from './receipt-contract.ts'

/** A fact of a thing, and which of its hidden fields the asking party may see: each has a salt of its own. */
export interface Receipted {
  readonly fact: string
  readonly mayOpen?: (opening: Opening) => boolean
}

interface Row {
  readonly id: string
  readonly type: string
  readonly at: Date
  readonly recorded_at: Date
  readonly signed_by: Custody
  readonly entry: Buffer
  readonly log_index: number | null
}

/**
 * The receipts of a thing's facts in log order, all against one head: the newest that the witnesses saw. What they have not
 * seen waits for them, as long as there are any. A fixed number of statements.
 */
export async function receiptsOf(
  tx: Reader,
  keyring: Keyring,
  facts: readonly Receipted[],
): Promise<Receipts> {
  const rows = await tx.query<Row>(
    `select f.id, f.type, f.at, f.recorded_at, f.signed_by, f.entry, e.log_index from fact f
     left join log_entry e on e.programme_id = f.programme_id and e.fact_id = f.id
     where f.programme_id = $1 and f.id = any($2::uuid[]) order by e.log_index, f.at, f.id`,
    [tx.programme, facts.map(({ fact }) => fact)],
    'receipt-facts',
  )
  const log = await progressOf(tx)
  const upTo = log?.witnessedSize ?? log?.size ?? 0
  const openings = await openingsOf(tx, keyring, facts)
  const ready = rows.filter(({ log_index }) => log_index !== null && log_index < upTo)
  const head = ready.length > 0 ? await headOf(tx, upTo) : undefined
  const proofs = head
    ? await proofsIn(
        tx,
        head,
        ready.map(row => proving(row, openings)),
      )
    : []
  const texts = new Map(ready.map((row, i) => [row.id, proofs[i]!]))
  return { items: rows.map(row => itemOf(row, texts.get(row.id), openings.get(row.id) ?? [])), log }
}

const proving = ({ id, log_index, entry }: Row, openings: ReadonlyMap<string, readonly Opening[]>) => ({
  index: log_index!,
  entry,
  openings: openings.get(id) ?? [],
})

const itemOf = (
  { id, type, at, recorded_at, signed_by, log_index }: Row,
  receipt: string | undefined,
  openings: readonly Opening[],
): Receipts['items'][number] => ({
  ...{ factId: id, type, at: at.toISOString(), signedBy: signed_by, logIndex: log_index },
  ...{ recordedAt: recorded_at.toISOString(), late: isLate({ type, at, recordedAt: recorded_at }) },
  state: log_index === null ? 'recording' : receipt === undefined ? 'witnessing' : 'ready',
  receipt: receipt ?? null,
  name: `${type}-${log_index ?? id}.tlog-proof`,
  opened: openings.map(({ field }) => field),
})

/** What is kept of the hidden fields that may be opened, by fact. */
async function openingsOf(
  tx: Reader,
  keyring: Keyring,
  facts: readonly Receipted[],
): Promise<Map<string, Opening[]>> {
  const asked = new Map(facts.flatMap(({ fact, mayOpen }) => (mayOpen ? [[fact, mayOpen] as const] : [])))
  const found = await openHiddenOf(tx, keyring, [...asked.keys()])
  return new Map([...found].map(([fact, openings]) => [fact, openings.filter(asked.get(fact)!)]))
}

/** Of a log that was ever witnessed only what is witnessed counts. */
async function progressOf(tx: Reader): Promise<Receipts['log']> {
  const [row] = await tx.query<{
    size: number
    signed_at: Date
    witnessed: number | null
    seen_at: Date | null
  }>(
    `select l.size, h.signed_at, coalesce(l.witnessed_size, case when exists (
         select 1 from log_cosignature c where c.programme_id = $1) then 0 end)::bigint as witnessed,
       (select max(c.cosigned_at) from log_cosignature c
         where c.programme_id = $1 and c.size = l.witnessed_size) as seen_at
     from log l join log_head h on h.programme_id = l.programme_id and h.size = l.size
     where l.programme_id = $1`,
    [tx.programme],
    'receipt-progress',
  )
  if (!row) return null
  return {
    ...{ size: row.size, signedAt: row.signed_at.toISOString() },
    ...{ witnessedSize: row.witnessed, witnessedAt: row.seen_at?.toISOString() ?? null },
  }
}
