import { fromBase64 } from './base64.ts'
import { openCheckpoint, type WitnessedCheckpoint } from './checkpoint.ts'
import { type Entry, parseEntry } from './entry.ts'
import { type Figure, type FlowMetric, readFigure, readMetric } from './metric.ts'
import type { Policy } from './policy.ts'
import { bad, type Checked, good } from './problems.ts'
import { drawUnits, sampleSeed } from './sample-draw.ts'
import { type Passing, readTree } from './sample-read.ts'
import { type FetchBytes, read } from './source.ts'
import { contextHash, type SumContext, type SumNode, statementHash } from './sum-tree.ts'
import type { Trust } from './trust.ts'

/** A figure by the fact that published it, or by its metric and period. */
export type FigureName = { readonly id: string } | { readonly metric: string; readonly period: string }

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
export interface Draw {
  readonly head: WitnessedCheckpoint
  /** The signed note, so that the draw can be made again. */
  readonly checkpoint: Uint8Array
  /** Of the fact that published the figure. */
  readonly index: number
  readonly entry: Entry
  readonly figure: Figure
  readonly metric: FlowMetric
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
 * `sample.too-early` where the witnesses have seen no entry behind the figure, `sample.empty`.
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
  const seed = sampleSeed(statement, head.value.cosignatures)
  const units = drawUnits(seed, draws, node.sum)
  const drawn = { side, context, node, statement, seed, units }
  return good({ ...found.value, ...drawn, head: head.value, checkpoint: bytes.value })
}

interface Found {
  readonly index: number
  readonly entry: Entry
  readonly figure: Figure
  readonly metric: FlowMetric
}

async function findFigure(
  { fetchBytes, figure: name, trust }: SampleOptions,
  head: WitnessedCheckpoint,
): Promise<Checked<Found>> {
  const search = new Search(name, trust.policy)
  const problem = await readTree(fetchBytes, head, entry => search.see(entry))
  if (problem) return { ok: false, problem }
  if (search.ownWitness !== undefined)
    return bad('sample.own-witness', { detail: { name: search.ownWitness } })
  const { found } = search
  const metric = found && search.metrics.get(found.figure.metric)
  return metric ? good({ ...found, metric }) : bad('sample.no-figure')
}

/** Looks for a figure, the definitions of metrics and the operator's keys as entries pass. */
class Search {
  readonly metrics = new Map<string, FlowMetric>()
  found: Omit<Found, 'metric'> | undefined
  ownWitness: string | undefined
  readonly #name: FigureName
  readonly #witnesses: ReadonlyMap<string, string>

  constructor(name: FigureName, { witnesses, logs }: Policy) {
    this.#name = name
    const keys = [...witnesses.values()].map(({ key }) => [String(key.key), key.name] as const)
    this.#witnesses = new Map(keys)
    for (const { key } of logs) this.ownWitness ??= this.#witnesses.get(String(key.key))
  }

  see({ index, type, bytes }: Passing): void {
    if (!/^(figure\.published|metric\.defined|key\.registered|log\.created)$/.test(type)) return
    const parsed = parseEntry(bytes)
    if (!parsed.ok) return
    const { entry } = parsed.value
    if (type === 'figure.published') this.#figure(index, entry)
    else if (type === 'metric.defined') this.#metric(entry)
    else this.#key(entry)
  }

  #figure(index: number, entry: Entry): void {
    const figure = readFigure(entry.pub)
    const name = this.#name
    const isIt =
      'id' in name ? entry.id === name.id : figure?.metric === name.metric && figure.period === name.period
    // a period is closed once: what comes later under its name is none
    if (figure && isIt) this.found ??= { index, entry, figure }
  }

  #metric({ pub }: Entry): void {
    const metric = readMetric(pub)
    if (metric && metric !== 'other' && !this.metrics.has(metric.metric))
      this.metrics.set(metric.metric, metric)
  }

  /** A witness whose key the operator holds has no word of its own. */
  #key({ type, pub }: Entry): void {
    if (type === 'key.registered' && pub.custody !== 'held') return
    const key = typeof pub.key === 'string' ? fromBase64(pub.key) : undefined
    if (key) this.ownWitness ??= this.#witnesses.get(String(key))
  }
}
