import type { Writer } from '../database/database.ts'
import { Refused } from '../result/result.ts'
import { bufferedLeaves, RANK } from './buffer.ts'

/**
 * The rank at which a fact surely follows all that it refers to, also those that wait with it for the sequencer and
 * whose ids, made by another clock, are larger. Refusal: `fact.unknown_ref`.
 */
export async function rankAfter(tx: Writer, id: string, refs: readonly Buffer[]): Promise<number> {
  const buffered = bufferedLeaves(tx)
  const others = refs.filter(ref => !buffered.has(ref.toString('base64')))
  const found = await tx.query<{ id: string; leaf_hash: Buffer; rank: number | null }>(
    `select f.id, f.leaf_hash, p.rank from fact f
     left join fact_pending p on p.programme_id = f.programme_id and p.fact_id = f.id
     where f.programme_id = $1 and f.leaf_hash = any($2)`,
    [tx.programme, others],
    'fact-refs',
  )
  const known = new Set(found.map(row => row.leaf_hash.toString('base64')))
  if (!others.every(ref => known.has(ref.toString('base64')))) throw new Refused('fact.unknown_ref')
  return Math.max(
    RANK.ordinary,
    ...found.map(row => (row.rank === null ? 0 : row.rank + (row.id < id ? 0 : 1))),
  )
}
