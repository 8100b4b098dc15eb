import type { Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { Refused } from '../result/result.ts'
import { bufferedLeaves, RANK } from './buffer.ts'

interface Known {
  readonly leaf_hash: Buffer
  readonly rank: number | null
  readonly place: string | null
}

const fetched = Symbol('facts referred to, by their leaves')

/** Reads what many facts will refer to, in one statement; of what is not there `rankAfter` tells. */
export async function fetchRefs(tx: Writer, refs: readonly Buffer[]): Promise<void> {
  const rows = await read(tx, refs)
  tx.notes.set(fetched, new Map(rows.map(row => [row.leaf_hash.toString('base64'), row])))
}

/**
 * The rank at which a fact surely follows all that it refers to, also what waits with it for the sequencer and got its
 * place from another process whose clock is ahead. Refusal: `fact.unknown_ref`.
 */
export async function rankAfter(tx: Writer, refs: readonly Buffer[]): Promise<number> {
  const mine = bufferedLeaves(tx)
  const others = refs.filter(ref => !mine.has(ref.toString('base64')))
  if (others.length === 0) return RANK.ordinary
  const before = tx.notes.get(fetched) as ReadonlyMap<string, Known> | undefined
  const kept = others.flatMap(ref => before?.get(ref.toString('base64')) ?? [])
  const found = kept.length === others.length ? kept : await read(tx, others)
  const known = new Set(found.map(row => row.leaf_hash.toString('base64')))
  if (!others.every(ref => known.has(ref.toString('base64')))) throw new Refused('fact.unknown_ref')
  const now = newId()
  const ranks = found.map(({ rank, place }) =>
    rank === null || place === null ? 0 : rank + (place < now ? 0 : 1),
  )
  return Math.max(RANK.ordinary, ...ranks)
}

const read = (tx: Writer, refs: readonly Buffer[]): Promise<Known[]> =>
  tx.query<Known>(
    // the limit makes the planner look each one up by its key, however small it believes the table to be
    `select f.leaf_hash, p.rank, p.place from fact f
     left join lateral (select w.rank, w.place from fact_pending w
       where w.programme_id = f.programme_id and w.fact_id = f.id limit 1) p on true
     where f.programme_id = $1 and f.leaf_hash = any($2)`,
    [tx.programme, refs],
    'fact-refs',
  )
