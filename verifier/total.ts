import { toBase64 } from './base64.ts'
import { canonicalJson } from './canonical.ts'
import { openCheckpoint } from './checkpoint.ts'
import { type FigureName, FigureSearch, type FoundFigure } from './figure-search.ts'
import type { FlowMetric } from './metric.ts'
import { bad, type Checked, good, type Problem } from './problems.ts'
import { readTree } from './sample-read.ts'
import { type FetchBytes, read } from './source.ts'
import type { Trust } from './trust.ts'

/** The published figure of one log, as its statement has it. */
export interface TotalPart {
  readonly origin: string
  readonly index: number
  /** The fact that published it. */
  readonly id: string
  readonly unit: string
  readonly total: bigint
  readonly count: number
  /** Root of the sum tree of what adds, base64. */
  readonly root: string
}

export interface Total {
  readonly parts: readonly TotalPart[]
  readonly unit: string
  readonly total: bigint
  readonly count: number
}

export interface TotalOptions {
  /** One a log. */
  readonly sources: readonly FetchBytes[]
  /** Names all the logs. */
  readonly trust: Trust
  readonly metric: string
  readonly period: string
  /** What it must come to. */
  readonly sum?: bigint
}

interface Part extends TotalPart {
  readonly metric: FlowMetric
}

/**
 * Adds the published figures of several logs: a total over them is the sum of what each has stated, and nothing else.
 * Problems: those of checkpoints and reading; `sample.no-figure`, `sample.no-statement`, `figure.mismatch`;
 * `total.same-log`, `total.not-additive`, `total.other-definition`, `total.mismatch`.
 */
export async function addTotals(options: TotalOptions): Promise<Checked<Total>> {
  const parts: Part[] = []
  for (const source of options.sources) {
    const part = await partOf(source, options)
    if (!part.ok) return part
    const problem = misfit(part.value, parts)
    if (problem) return { ok: false, problem }
    parts.push(part.value)
  }
  const total = parts.reduce((sum, part) => sum + part.total, 0n)
  const { sum } = options
  if (sum !== undefined && sum !== total)
    return bad('total.mismatch', { detail: { expected: String(total), found: String(sum) } })
  const count = parts.reduce((all, part) => all + part.count, 0)
  return good({ parts, unit: parts[0]?.unit ?? '', total, count })
}

async function partOf(source: FetchBytes, { trust, metric, period }: TotalOptions): Promise<Checked<Part>> {
  const bytes = await read(source, 'checkpoint')
  if (!bytes.ok) return bytes
  const head = await openCheckpoint(bytes.value, { trust })
  if (!head.ok) return head
  const name: FigureName = { metric, period }
  const search = new FigureSearch(name)
  const problem = await readTree(source, head.value, entry => search.see(entry))
  if (problem) return { ok: false, problem }
  const { origin } = head.value
  return search.found ? stated(origin, search.found) : bad('sample.no-figure', { path: origin })
}

function stated(origin: string, { index, entry, figure, metric }: FoundFigure): Checked<Part> {
  const { sums, total, count, period } = figure
  if (!sums) return bad('sample.no-statement', { path: origin, index })
  if (metric.subject !== undefined)
    return bad('total.not-additive', { path: origin, detail: { metric: metric.metric } })
  const stated = sums.plus.sum - sums.minus.sum
  const detail = {
    metric: metric.metric,
    period,
    cell: 'sums',
    expected: String(stated),
    found: String(total),
  }
  if (stated !== total) return bad('figure.mismatch', { path: origin, index, detail })
  const root = toBase64(sums.plus.hash)
  return good({ origin, index, id: entry.id, unit: sums.unit, total, count, root, metric })
}

/** Why a figure cannot be added to those before it. */
function misfit(part: Part, [first, ...more]: readonly Part[]): Problem | undefined {
  if (!first) return undefined
  const { origin } = part
  if ([first, ...more].some(other => other.origin === origin))
    return { name: 'total.same-log', detail: { origin } }
  const isSame = part.unit === first.unit && counts(part.metric) === counts(first.metric)
  return isSame
    ? undefined
    : { name: 'total.other-definition', detail: { origin, metric: part.metric.metric } }
}

const counts = ({ facts, each, measure }: FlowMetric): string =>
  canonicalJson({ facts: [...facts], each, measure })
