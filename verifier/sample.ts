import { fromBase64, toBase64 } from './base64.ts'
import { openCheckpoint, type WitnessedCheckpoint } from './checkpoint.ts'
import { parseEntry } from './entry.ts'
import { type FigureName, FigureSearch, type FoundFigure } from './figure-search.ts'
import type { Policy } from './policy.ts'
import { bad, type Checked, good } from './problems.ts'
import { drawUnits, sampleSeed } from './sample-draw.ts'
import { type Passing, readTree } from './sample-read.ts'
import { type FetchBytes, read } from './source.ts'
import { contextHash, type SumContext, type SumNode, statementHash } from './sum-tree.ts'
import type { Trust } from './trust.ts'

export interface SampleOptions {
  readonly fetchBytes: FetchBytes
  /** Its witnesses make the seed; it comes from a source other than the log itself. */
  readonly trust: Trust
  readonly figure: FigureName
  /** What adds to the figure, or what takes from it. */
  readonly side: 'plus' | 'minus'
  /** How many units are drawn. */
  readonly draws: number
  /** The checkpoint of an earlier draw, which is to be made again; the log's own if left out. */
  readonly checkpoint?: Uint8Array
}

/** Units of a figure drawn by lot, and what the lot was drawn from. */
export interface Draw extends FoundFigure {
  readonly head: WitnessedCheckpoint
  /** The signed note, so that the draw can be made again. */
  readonly checkpoint: Uint8Array
  readonly side: 'plus' | 'minus'
  readonly context: SumContext
  readonly node: SumNode
  readonly statement: Uint8Array
  readonly seed: Uint8Array
  /** In the order in which they fell, each from 0 to below the sum. */
  readonly units: readonly bigint[]
}

/**
 * Draws units of a published figure by lot, for which its publisher must open the vouchers. Anybody draws the same from
 * the same checkpoint. Problems: those of the checkpoint and of reading; `sample.no-witness` for a policy that asks for
 * none, `sample.own-witness` for one that the log's operator holds, `sample.no-figure`, `sample.no-statement`,
 * `sample.too-early` where the witnesses have seen no entry behind the figure, `sample.empty`, `figure.mismatch` for a statement that is not the
 * hash of what stands beside it.
 */
export async function drawSample(options: SampleOptions): Promise<Checked<Draw>> {
  const { fetchBytes, trust, side, draws } = options
  if (trust.policy.quorum === undefined) return bad('sample.no-witness')
  const bytes = options.checkpoint ? good(options.checkpoint) : await read(fetchBytes, 'checkpoint')
  if (!bytes.ok) return bytes
  const head = await openCheckpoint(bytes.value, { trust })
  if (!head.ok) return head
  const found = await findFigure(options, head.value)
  if (!found.ok) return found
  const { index, entry, figure } = found.value
  if (!figure.sums) return bad('sample.no-statement', { index })
  if (head.value.size <= index + 1) return bad('sample.too-early', { index })
  const node = figure.sums[side]
  if (node.sum === 0n) return bad('sample.empty', { index })
  const { metric, period, upTo, sums } = figure
  const context = { log: entry.log, metric, period, unit: sums.unit, upTo, side }
  const statement = statementHash(contextHash(context), node)
  const stated = toBase64(statement)
  if (stated !== node.statement) {
    const cell = `sums.${side}.statement`
    return bad('figure.mismatch', {
      index,
      detail: { metric, period, cell, expected: stated, found: node.statement },
    })
  }
  const seed = sampleSeed(statement, head.value.cosignatures)
  const units = drawUnits(seed, draws, node.sum)
  const drawn = { side, context, node, statement, seed, units }
  return good({ ...found.value, ...drawn, head: head.value, checkpoint: bytes.value })
}

async function findFigure(
  { fetchBytes, figure: name, trust }: SampleOptions,
  head: WitnessedCheckpoint,
): Promise<Checked<FoundFigure>> {
  const [search, operators] = [new FigureSearch(name), new OperatorsKeys(trust.policy)]
  const problem = await readTree(fetchBytes, head, entry => {
    search.see(entry)
    operators.see(entry)
  })
  if (problem) return { ok: false, problem }
  if (operators.witness !== undefined)
    return bad('sample.own-witness', { detail: { name: operators.witness } })
  return search.found ? good(search.found) : bad('sample.no-figure')
}

/** Finds a witness whose key the operator holds: it has no word of its own. */
class OperatorsKeys {
  /** Its name. */
  witness: string | undefined
  readonly #witnesses: ReadonlyMap<string, string>

  constructor({ witnesses, logs }: Policy) {
    const keys = [...witnesses.values()].map(({ key }) => [String(key.key), key.name] as const)
    this.#witnesses = new Map(keys)
    for (const { key } of logs) this.#meet(key.key)
  }

  see({ type, bytes }: Passing): void {
    if (type !== 'key.registered' && type !== 'log.created') return
    const parsed = parseEntry(bytes)
    if (!parsed.ok) return
    const { pub } = parsed.value.entry
    if (type === 'key.registered' && pub.custody !== 'held') return
    this.#meet(typeof pub.key === 'string' ? fromBase64(pub.key) : undefined)
  }

  #meet(key: Uint8Array | undefined): void {
    this.witness ??= key && this.#witnesses.get(String(key))
  }
}
