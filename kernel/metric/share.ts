import type { Reader } from '../database/database.ts'
import type { Recorder } from '../fact/record.ts'
import type { ShareJson } from '../log/proofs.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { type Distinct, type Flow, logNameOf } from './define.ts'
import { LEAF_BYTES, type Side, sides } from './statement.ts'
import { SumHasher, type SumNode, shareCommitment } from './sum-tree.ts'

/** One amount in a published figure, with its way up to the statement. */
export interface FigureShare {
  /** The fact that published the figure. */
  readonly figure: string
  readonly side: Side
  /** Among the leaves, in the order of their commitments. */
  readonly index: number
  readonly amount: bigint
  readonly logIndex: number
  readonly place: number
  /** The fact whose amount it is. */
  readonly fact: string
  readonly salt: Buffer
  /** Siblings from the leaf up. */
  readonly path: readonly SumNode[]
}

/** Of whose amount a share is asked: an object of a fact. */
export interface Wanted {
  readonly logIndex: number
  readonly place: number
}

/** A share as a receipt tells it: amounts and sums are decimal strings, bytes are base64. */
export const shareJson = ({
  side,
  index,
  amount,
  logIndex,
  place,
  fact,
  salt,
  path,
}: FigureShare): ShareJson => ({
  ...{ side, index, amount: String(amount), logIndex, place, fact, salt: salt.toString('base64') },
  path: path.map(({ count, sum, hash }) => [count, String(sum), hash.toString('base64')]),
})

interface Chunk extends SumNode {
  readonly side: Side
  readonly first: Buffer
}

/**
 * The share of one amount in a published figure, in a fixed number of statements. Refuses `share.not_found` where no figure
 * is published, and for what it does not count.
 */
export async function readShare(
  tx: Reader,
  recorder: Recorder,
  metric: Flow | Distinct,
  period: string,
  wanted: Wanted,
): Promise<Result<FigureShare, 'share.not_found'>> {
  const name = logNameOf(metric)
  const [closed] = await tx.query<{ upTo: number; figure: string }>(
    'select up_to as "upTo", fact_id as figure from metric_close where programme_id = $1 and metric = $2 and period = $3',
    [tx.programme, name, period],
  )
  if (!closed) return refuse('share.not_found', { period })
  const chunks = await chunksOf(tx, name, period)
  const salt = (logIndex: number, place: number): Buffer =>
    recorder.salt(tx.programme, name, period, String(logIndex), String(place))
  for (const side of sides) {
    const own = chunks.filter(chunk => chunk.side === side)
    const at = await chunkFor(tx, own, wanted, salt)
    if (at === undefined) continue
    const context = {
      log: await recorder.origin(tx),
      metric: name,
      period,
      unit: metric.unit,
      upTo: closed.upTo,
      side,
    }
    const found = await inChunk(
      tx,
      new SumHasher(context),
      { name, period, side, chunks: own, at },
      wanted,
      salt,
    )
    if (found) return ok({ figure: closed.figure, side, ...found })
  }
  return refuse('share.not_found', { period })
}

const chunksOf = (tx: Reader, metric: string, period: string): Promise<Chunk[]> =>
  tx
    .query<Omit<Chunk, 'sum'> & { sum: string }>(
      `select side, first, count, sum::text as sum, hash from figure_leaf
        where programme_id = $1 and metric = $2 and period = $3 order by side, chunk`,
      [tx.programme, metric, period],
    )
    .then(rows => rows.map(row => ({ ...row, sum: BigInt(row.sum) })))

type Salt = (logIndex: number, place: number) => Buffer

/** Which chunk of a side it must be in, if it is there. */
async function chunkFor(
  tx: Reader,
  chunks: readonly Chunk[],
  wanted: Wanted,
  salt: Salt,
): Promise<number | undefined> {
  const fact = await factIdAt(tx, wanted.logIndex)
  if (fact === undefined) return undefined
  const commitment = shareCommitment(salt(wanted.logIndex, wanted.place), wanted.logIndex, wanted.place, fact)
  const at = chunks.findLastIndex(({ first }) => first.compare(commitment) <= 0)
  return at < 0 ? undefined : at
}

interface Where {
  readonly name: string
  readonly period: string
  readonly side: Side
  readonly chunks: readonly Chunk[]
  readonly at: number
}

async function inChunk(
  tx: Reader,
  hasher: SumHasher,
  { name, period, side, chunks, at }: Where,
  wanted: Wanted,
  salt: Salt,
): Promise<Omit<FigureShare, 'figure' | 'side'> | undefined> {
  const leaves = await leavesOf(tx, name, period, side, at, salt)
  const inside = leaves.findIndex(leaf => leaf.logIndex === wanted.logIndex && leaf.place === wanted.place)
  const leaf = leaves[inside]
  if (!leaf) return undefined
  const nodes = leaves.map(({ amount, commitment }) => hasher.leaf(amount, commitment))
  const before = chunks.slice(0, at).reduce((count, chunk) => count + chunk.count, 0)
  const { commitment: _, ...shown } = leaf
  return {
    ...shown,
    index: before + inside,
    path: [...hasher.path(nodes, inside), ...hasher.path(chunks, at)],
  }
}

async function leavesOf(tx: Reader, metric: string, period: string, side: Side, chunk: number, salt: Salt) {
  const [row] = await tx.query<{ leaves: Buffer }>(
    `select leaves from figure_leaf
      where programme_id = $1 and metric = $2 and period = $3 and side = $4 and chunk = $5`,
    [tx.programme, metric, period, side, chunk],
  )
  const leaves = unpacked(row!.leaves)
  const rows = await tx.query<{ index: number; id: string }>(
    'select log_index as index, fact_id as id from log_entry where programme_id = $1 and log_index = any($2::bigint[])',
    [tx.programme, leaves.map(leaf => leaf.logIndex)],
  )
  const ids = new Map(rows.map(({ index, id }) => [index, id]))
  return leaves.map(leaf => {
    const fact = ids.get(leaf.logIndex)!
    const own = salt(leaf.logIndex, leaf.place)
    return { ...leaf, fact, salt: own, commitment: shareCommitment(own, leaf.logIndex, leaf.place, fact) }
  })
}

const unpacked = (bytes: Buffer) =>
  Array.from({ length: bytes.length / LEAF_BYTES }, (_, at) => ({
    amount: bytes.readBigUInt64BE(at * LEAF_BYTES),
    logIndex: Number(bytes.readBigUInt64BE(at * LEAF_BYTES + 8)),
    place: bytes.readUInt32BE(at * LEAF_BYTES + 16),
  }))

async function factIdAt(tx: Reader, index: number): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>(
    'select fact_id as id from log_entry where programme_id = $1 and log_index = $2',
    [tx.programme, index],
  )
  return row?.id
}
