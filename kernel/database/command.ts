import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { ok, type Result, refuse } from '../result/result.ts'
import type { Database, Scope, Writer } from './database.ts'

/** What makes a command the same command when it comes again. */
export interface Command {
  /** The caller's idempotency key: one per intention. */
  readonly key: string
  /** Which command this is; the same key under another name is another input. */
  readonly name: string
  readonly input: unknown
  /** Days to remember the key: 30, for payments longer. */
  readonly keepDays?: number
}

export type CommandRefusal = 'idempotency.mismatch'

/** By which the same input is known again, without keeping what was sent. */
export const inputHash = ({ name, input }: Pick<Command, 'name' | 'input'>): Buffer =>
  hash('sha256', `${name}\n${canonicalize(input) ?? ''}`, 'buffer')

/**
 * Runs a write once per key: the same key and input answers as the first time, another input under it is refused.
 * A refused command leaves nothing behind, its key included, and may be tried again. Two at once wait for each other
 * on the key's row.
 */
export async function command<T, C extends string>(
  database: Database,
  scope: Scope,
  { key, name, input, keepDays = 30 }: Command,
  work: (tx: Writer) => Promise<Result<T, C>>,
): Promise<Result<T, C | CommandRefusal>> {
  const given = inputHash({ name, input })
  return database.write<T, C | CommandRefusal>(scope, async tx => {
    const keepUntil = new Date(tx.at.getTime() + keepDays * 86_400_000)
    const mine = await tx.query(
      `insert into idempotency (programme_id, actor_id, key, input_hash, created_at, keep_until)
       values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning 1`,
      [tx.programme, tx.actor, key, given, tx.at, keepUntil],
      'idempotency-claim',
    )
    if (mine.length === 0) return remembered<T>(tx, key, given)
    const result = await work(tx)
    if (result.ok) {
      const answer = JSON.stringify({ value: result.value })
      tx.lastly(() => ({
        text: 'update idempotency set answer = $4 where programme_id = $1 and actor_id = $2 and key = $3',
        values: [tx.programme, tx.actor, key, answer],
        name: 'idempotency-answer',
      }))
    }
    return result
  })
}

async function remembered<T>(tx: Writer, key: string, given: Buffer): Promise<Result<T, CommandRefusal>> {
  const [row] = await tx.query<{ input_hash: Buffer; answer: { value: T } }>(
    'select input_hash, answer from idempotency where programme_id = $1 and actor_id = $2 and key = $3',
    [tx.programme, tx.actor, key],
    'idempotency-read',
  )
  if (!row?.input_hash.equals(given)) return refuse('idempotency.mismatch')
  return ok(row.answer.value)
}
