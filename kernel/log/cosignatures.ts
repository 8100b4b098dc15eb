import type { Reader, Writer } from '../database/database.ts'

/** A note line by which a witness cosigned a head. */
export interface CosignatureLine {
  readonly witness: string
  /** Key id in hexadecimal. */
  readonly keyId: string
  /** With its line feed. */
  readonly line: string
  readonly at: Date
}

/** Keeps what a witness answered to the head of a size; a repeated answer adds nothing. */
export async function keepCosignature(
  tx: Writer,
  size: number,
  { witness, keyId, line, at }: CosignatureLine,
): Promise<void> {
  await tx.query(
    `insert into log_cosignature (programme_id, size, witness, key_id, line, cosigned_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [tx.programme, size, witness, keyId, line, at],
    'log-cosignature',
  )
}

/** The quorum has cosigned this head: it is what readers are given, unless a larger one is already. */
export async function markWitnessed(tx: Writer, size: number): Promise<void> {
  await tx.query(
    'update log set witnessed_size = $2 where programme_id = $1 and coalesce(witnessed_size, -1) < $2',
    [tx.programme, size],
    'log-witnessed',
  )
}

/** The keys that have cosigned a head, by witness. */
export const cosignersOf = (tx: Reader, size: number): Promise<{ witness: string; keyId: string }[]> =>
  tx.query<{ witness: string; keyId: string }>(
    'select witness, key_id as "keyId" from log_cosignature where programme_id = $1 and size = $2',
    [tx.programme, size],
    'log-cosigners',
  )

/** The largest tree that a key has cosigned, as far as we know; 0 when none. */
export async function lastSizeOf(tx: Reader, witness: string, keyId: string): Promise<number> {
  const [row] = await tx.query<{ size: number | null }>(
    'select max(size) as size from log_cosignature where programme_id = $1 and witness = $2 and key_id = $3',
    [tx.programme, witness, keyId],
    'log-witness-size',
  )
  return row?.size ?? 0
}

export interface ServedHead {
  readonly size: number
  /** The signed checkpoint with the cosignatures that it has. */
  readonly checkpoint: string
}

/** The newest head, as the log alone signed it. */
export async function newestHead(tx: Reader): Promise<ServedHead | undefined> {
  const [head] = await tx.query<{ size: number; checkpoint: string | null }>(
    'select size, checkpoint from log where programme_id = $1',
    [tx.programme],
    'log-newest-head',
  )
  return head?.checkpoint == null ? undefined : { size: head.size, checkpoint: head.checkpoint }
}

/** So long readers are given the last head that enough witnesses saw, while a newer one is under way to them. */
const PATIENCE_SECONDS = 10

/**
 * The head that readers are given: the newest that the quorum has cosigned, or, while the witnesses are silent for longer,
 * the newest of all, with the cosignatures it has. `covering` asks for one over the entry of an index.
 */
export async function servedHead(tx: Reader, covering = -1): Promise<ServedHead | undefined> {
  const [head] = await tx.query<ServedHead>(
    `select h.size, h.checkpoint || coalesce(
         (select string_agg(c.line, '' order by c.witness, c.key_id) from log_cosignature c
           where c.programme_id = $1 and c.size = h.size), '') as checkpoint
       from log l
       join log_head newest on newest.programme_id = l.programme_id and newest.size = l.size
       join log_head h on h.programme_id = l.programme_id and h.size = case
         when l.witnessed_size > $2 and newest.signed_at > $3::timestamptz then l.witnessed_size else l.size end
      where l.programme_id = $1`,
    [tx.programme, covering, new Date(Date.now() - PATIENCE_SECONDS * 1000)],
    'log-served-head',
  )
  return head
}

/** The head of a size with the cosignatures that it has; there is one for every size that was ever signed. */
export async function headOf(tx: Reader, size: number): Promise<ServedHead | undefined> {
  const [head] = await tx.query<ServedHead>(
    `select h.size, h.checkpoint || coalesce(
         (select string_agg(c.line, '' order by c.witness, c.key_id) from log_cosignature c
           where c.programme_id = $1 and c.size = h.size), '') as checkpoint
       from log_head h where h.programme_id = $1 and h.size = $2`,
    [tx.programme, size],
    'log-head-of',
  )
  return head
}
