import { bigintArray, byteaArray, intArray, textArray } from '../database/array.ts'
import type { Reader, Writer } from '../database/database.ts'
import type { PublicPart } from '../fact/public-part.ts'
import { factsAt } from '../fact/read.ts'
import type { Recorder } from '../fact/record.ts'
import { type Distinct, type Flow, logNameOf } from './define.ts'
import { additionsOf } from './measure.ts'
import { SERIES } from './select.ts'
import { type SumContext, SumHasher, type SumNode, shareCommitment } from './sum-tree.ts'

/** Leaves in a row of figure_leaf: a complete subtree. */
export const LEAVES = 4096
/** Bytes of a leaf in it: amount, log index, place. */
export const LEAF_BYTES = 20
const READ = 2000

export const sides = ['plus', 'minus'] as const
export type Side = (typeof sides)[number]

interface Leaf {
  readonly amount: bigint
  readonly logIndex: number
  readonly place: number
  readonly commitment: Buffer
}

interface Chunk {
  readonly side: Side
  readonly chunk: number
  readonly first: Buffer
  readonly root: SumNode
  readonly leaves: Buffer
}

/** The sum tree of one side of a figure, whose context is all but the side. */
export type FigureContext = Omit<SumContext, 'side'>

/** What a figure says of its sum trees, and the leaves to be kept, once the figure itself stands. */
export interface Statement {
  readonly said: PublicPart
  keep(tx: Writer): Promise<void>
}

/**
 * States a figure: a sum tree over the objects that it counts, those that take away in a tree of their own. Throws where
 * they do not come to the total: nothing may be published upon such cells.
 */
export async function stateFigure(
  tx: Reader,
  recorder: Recorder,
  metric: Flow | Distinct,
  { period, upTo, total }: { readonly period: string; readonly upTo: number; readonly total: number },
): Promise<Statement> {
  // a million leaves become a tree between two statements, on a busy machine for longer than a transaction may be idle
  await tx.query(`set local idle_in_transaction_session_timeout = '15min'`)
  const context = {
    log: await recorder.origin(tx),
    metric: logNameOf(metric),
    period,
    unit: metric.unit,
    upTo,
  }
  const leaves = await leavesOf(tx, recorder, metric, context)
  const trees = sides.map(side => treeOf({ ...context, side }, leaves[side]))
  const [plus, minus] = trees.map(({ root }) => root.sum) as [bigint, bigint]
  if (plus - minus !== BigInt(total))
    throw new Error(`${metric.name} ${period}: its facts come to ${plus - minus}, not ${total}`)
  return {
    said: Object.fromEntries(trees.map(({ side, said }) => [side, said])),
    keep: tx =>
      keep(
        tx,
        context,
        trees.flatMap(({ chunks }) => chunks),
      ),
  }
}

async function leavesOf(
  tx: Reader,
  recorder: Recorder,
  metric: Flow | Distinct,
  { period, upTo, metric: name }: FigureContext,
): Promise<Record<Side, Leaf[]>> {
  const rows = await tx.query<{ index: number }>(
    `select distinct unnest(c.indexes) as index from metric_fact c
      where c.programme_id = $1 and c.metric = ${SERIES} and c.period = $3 order by 1`,
    [tx.programme, metric.name, period],
  )
  const indexes = rows.map(({ index }) => index).filter(index => index < upTo)
  const leaves: Record<Side, Leaf[]> = { plus: [], minus: [] }
  const seen = new Set<string>()
  for (let at = 0; at < indexes.length; at += READ)
    for (const fact of await factsAt(tx, indexes.slice(at, at + READ)))
      additionsOf(metric, { ...fact, open: new Map() }).forEach(({ value, subject }, place) => {
        // of different subjects the first object of each is what the total counts
        if (subject !== undefined && seen.has(subject)) return
        if (subject !== undefined) seen.add(subject)
        const salt = recorder.salt(tx.programme, name, period, String(fact.index), String(place))
        const commitment = shareCommitment(salt, fact.index, place, fact.id)
        const leaf = { amount: BigInt(Math.abs(value)), logIndex: fact.index, place, commitment }
        leaves[value < 0 ? 'minus' : 'plus'].push(leaf)
      })
  return leaves
}

function treeOf(context: SumContext, leaves: Leaf[]) {
  leaves.sort((a, b) => a.commitment.compare(b.commitment))
  const hasher = new SumHasher(context)
  const chunks = Array.from({ length: Math.ceil(leaves.length / LEAVES) }, (_, chunk): Chunk => {
    const own = leaves.slice(chunk * LEAVES, (chunk + 1) * LEAVES)
    const root = hasher.root(own.map(({ amount, commitment }) => hasher.leaf(amount, commitment)))
    return { side: context.side, chunk, first: own[0]!.commitment, root, leaves: packed(own) }
  })
  const root = hasher.root(chunks.map(chunk => chunk.root))
  const said = {
    count: root.count,
    sum: String(root.sum),
    root: root.hash.toString('base64'),
    statement: hasher.statement(root).toString('base64'),
  }
  return { side: context.side, chunks, root, said }
}

function packed(leaves: readonly Leaf[]): Buffer {
  const bytes = Buffer.alloc(leaves.length * LEAF_BYTES)
  leaves.forEach(({ amount, logIndex, place }, at) => {
    bytes.writeBigUInt64BE(amount, at * LEAF_BYTES)
    bytes.writeBigUInt64BE(BigInt(logIndex), at * LEAF_BYTES + 8)
    bytes.writeUInt32BE(place, at * LEAF_BYTES + 16)
  })
  return bytes
}

async function keep(tx: Writer, { metric, period }: FigureContext, chunks: readonly Chunk[]): Promise<void> {
  if (chunks.length === 0) return
  await tx.query(
    `insert into figure_leaf (programme_id, metric, period, side, chunk, first, count, sum, hash, leaves)
     select $1, $2, $3, c.side, c.chunk, c.first, c.count, c.sum, c.hash, c.leaves
     from unnest($4::text[], $5::int[], $6::bytea[], $7::int[], $8::bigint[], $9::bytea[], $10::bytea[])
       as c(side, chunk, first, count, sum, hash, leaves)`,
    [
      ...[tx.programme, metric, period, textArray(chunks.map(each => each.side))],
      ...[intArray(chunks.map(each => each.chunk)), byteaArray(chunks.map(each => each.first))],
      ...[
        intArray(chunks.map(each => each.root.count)),
        bigintArray(chunks.map(each => Number(each.root.sum))),
      ],
      ...[byteaArray(chunks.map(each => each.root.hash)), byteaArray(chunks.map(each => each.leaves))],
    ],
  )
}
