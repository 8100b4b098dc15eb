import type { ReachName } from '../access/permit.ts'
import type { Role } from '../access/roles.ts'
import type { JsonObject } from '../fact/public-part.ts'

/** What a dimension's values are: codes of areas (rolled up by their places), ids of organisations, words, or codes. */
export type DimensionKind = 'area' | 'organisation' | 'choice' | 'code'

export interface Dimension {
  readonly kind: DimensionKind
  /** Facts that do not tell it count as `unknown`: those recorded before it was told. */
  readonly unknown?: boolean
  /** Of an area: where the organisation of this other dimension lies, which may move. */
  readonly follows?: string
  /** A subject has one value of it for ever, as a household has its county: sums over it count nobody twice. */
  readonly fixed?: boolean
}

/** Names are looked up in each object of the list, then in the public part. */
export type Dimensions = Readonly<Record<string, DimensionKind | Dimension>>

type Granted = Readonly<Partial<Record<Role, ReachName | readonly ReachName[]>>>

/** What a `from` is given of a fact. */
export interface Said {
  readonly type: string
  readonly at: Date
  readonly pub: JsonObject
  /** The hidden fields that `opens` asks for, those erased left out. */
  readonly open: ReadonlyMap<string, string>
}

/** What one fact tells a metric, once for each thing it counts. */
export interface Told {
  readonly dims: Readonly<Record<string, string>>
  /** Default 1. */
  readonly value?: number
  readonly subject?: string
}

interface Base {
  /** Also its address and the name of its words: `completed_purchases`. */
  readonly name: string
  /** fen, gram, household, order, day … */
  readonly unit: string
  readonly dimensions: Dimensions
  /** Read by everyone. Default true. */
  readonly open?: boolean
  /** Who reads it that is not open, and how far. */
  readonly read?: Granted
  /** Who opens its cells into facts, and how far: by its dimensions of areas and organisations. */
  readonly facts?: Granted
  /**
   * Counts people: cells of fewer than five are merged for the public. `own` where it counts them itself; or by a metric
   * with its dimensions that does, of a ratio also by one for each part.
   */
  readonly guard?: 'own' | Metric | readonly [over: Metric, under: Metric]
  /** Raised with the meaning of a metric that the log already defines; its figures then stand under a name of their own. */
  readonly version?: number
}

interface Source {
  /** Kinds of facts it is made of. */
  readonly of: readonly string[]
  /** A list in the public part, each object of which counts. Without: the public part itself. */
  readonly each?: string
  /** The name of a decimal string. Without: each object counts one. */
  readonly measure?: string
  /** Objects that tell one of these values of a name count nothing: `{ buyer: ['citizen'] }`. */
  readonly except?: Readonly<Record<string, readonly string[]>>
  /**
   * For facts that do not say it flatly. Pure. What it makes nobody can recompute from the definition alone, so that
   * such a metric is not closed by a published figure.
   */
  readonly from?: (said: Said) => readonly Told[]
  /** Hidden fields that `from` needs: of this name, or of it with a number (`part0`, `part1` …). */
  readonly opens?: string
}

/** A sum, or a count, over what happened in a period. */
export interface Flow extends Base, Source {
  readonly kind: 'flow'
}

/**
 * A balance at the end of a period: what was added until then, less what the facts of `minus` took away. With a
 * `subject` it counts those that came and have not gone, each once.
 */
export interface Level extends Base, Source {
  readonly kind: 'level'
  readonly minus?: readonly string[]
  readonly subject?: string
}

/** Different subjects once a period and cell; with a `measure`, the sum of what each brings the first time. */
export interface Distinct extends Base, Source {
  readonly kind: 'distinct'
  readonly subject: string
}

/** How values are spread: each counts in the bucket of the greatest edge that it reaches. */
export interface Spread extends Base, Source {
  readonly kind: 'spread'
  /** Rising lower edges; percentiles are told as these, so as "at least". */
  readonly edges: readonly number[]
}

export interface Part {
  readonly metric: Counted
  /** Only cells with one of these words. */
  readonly where?: Readonly<Record<string, readonly string[]>>
}

/** One metric over another. Null where the lower part is nothing. */
export interface Ratio extends Base {
  readonly kind: 'ratio'
  readonly over: Part
  readonly under: Part
  /** What one whole is: 10,000 (default) for hundredths of a percent, 100 for hundredths, 1 for an amount each. */
  readonly whole?: number
}

export type Counted = Flow | Level | Distinct | Spread
export type Metric = Counted | Ratio

/**
 * Declares a metric. Its words stand in `chains/messages/<language>/<name>.json`: `title`, `definition`,
 * `dimension.<name>`, `value.<dimension>.<word>`.
 *
 * ```ts
 * defineMetric({
 *   kind: 'flow', name: 'completed_purchases', unit: 'fen', of: ['order.completed'], each: 'lines', measure: 'fen',
 *   dimensions: { county: 'area', buyerKind: 'choice' },
 * })
 * defineMetric({
 *   kind: 'distinct', name: 'active_suppliers', unit: 'organisation', of: ['order.completed'], each: 'lines',
 *   subject: 'seller', dimensions: { county: 'area' },
 * })
 * defineMetric({
 *   kind: 'ratio', name: 'completed_of_ordered', unit: 'percent', dimensions: { county: 'area' },
 *   over: { metric: completedPurchases }, under: { metric: orderedAmount },
 * })
 * ```
 *
 * Throws where it cannot be kept: a name of another form, a ratio by what its parts do not have, edges that do not rise.
 */
export function defineMetric<const M extends Metric>(metric: M): M {
  const fault = faultOf(metric)
  if (fault) throw new Error(`metric ${metric.name}: ${fault}`)
  return metric
}

/** What a question about a metric is asked with besides its dimensions. */
const reserved = new Set([
  'from',
  'to',
  'grain',
  'level',
  'upTo',
  'view',
  'by',
  'period',
  'part',
  'after',
  'limit',
  'language',
])

/** The pages and sheets show these units with two places. */
const wholes: Readonly<Record<string, number>> = { percent: 10_000, times: 100 }

function faultOf(metric: Metric): string | undefined {
  if (!/^[a-z][a-z0-9_]{2,60}$/.test(metric.name)) return 'a name is of small letters, digits and _'
  const names = Object.keys(metric.dimensions)
  const guard = guardFault(metric)
  if (guard) return guard
  if (metric.kind === 'ratio') {
    const lacks = [metric.over, metric.under].some(part =>
      [...names, ...Object.keys(part.where ?? {})].some(name => !(name in part.metric.dimensions)),
    )
    if (lacks) return 'both parts of a ratio have its dimensions'
    return wholes[metric.unit] === (metric.whole ?? 10_000) || !(metric.unit in wholes)
      ? undefined
      : `in ${metric.unit} one whole is ${wholes[metric.unit]}`
  }
  if (names.some(name => reserved.has(name))) return 'a dimension has the name of a parameter'
  if (metric.of.length === 0) return 'it is made of facts'
  if (metric.opens !== undefined && !metric.from) return 'hidden fields are read by a `from`'
  if (metric.except !== undefined && metric.from) return 'a `from` leaves out what does not count'
  if (metric.kind === 'distinct' && cubed(metric).length > 3) return 'three dimensions at most are told apart'
  if (metric.kind === 'level' && metric.subject !== undefined && metric.measure !== undefined)
    return 'a level of subjects counts them'
  if (dimensionsOf(metric).some(({ follows }) => follows !== undefined && !(follows in metric.dimensions)))
    return 'an area follows an organisation that it is told with'
  if (metric.kind === 'spread' && metric.edges.some((edge, i) => i > 0 && edge <= metric.edges[i - 1]!))
    return 'edges rise'
  return undefined
}

function guardFault(metric: Metric): string | undefined {
  const { guard } = metric
  const counts = (of: Metric): boolean =>
    (of.kind === 'distinct' || of.kind === 'level') && of.subject !== undefined && of.measure === undefined
  if (guard === undefined) return undefined
  if (guard === 'own') return counts(metric) ? undefined : 'it counts no people: a metric that does guards it'
  const guards = 'name' in guard ? [guard] : guard
  if (guards.length > 1 && metric.kind !== 'ratio') return 'only a ratio has two parts to guard'
  return guards.every(
    each => counts(each) && Object.keys(metric.dimensions).every(name => name in each.dimensions),
  )
    ? undefined
    : 'what guards it counts people by its dimensions'
}

export const dimensionOf = (dimension: DimensionKind | Dimension): Dimension =>
  typeof dimension === 'string' ? { kind: dimension } : dimension

/** Dimensions in their order, which is the order in a cell. */
export const dimensionsOf = (metric: Metric): (Dimension & { readonly name: string })[] =>
  Object.entries(metric.dimensions).map(([name, dimension]) => ({ name, ...dimensionOf(dimension) }))

/** The dimensions of a distinct metric over which its cells cannot be added up. */
export const cubed = (metric: Distinct): string[] =>
  dimensionsOf(metric)
    .filter(dimension => !dimension.fixed)
    .map(dimension => dimension.name)

/** Whether a metric reads a hidden field. */
export const reads = ({ opens }: Counted, field: string): boolean =>
  opens !== undefined && field.startsWith(opens) && /^\d*$/.test(field.slice(opens.length))

/** The counted metrics that a metric is made of. */
export const partsOf = (metric: Metric): Counted[] =>
  metric.kind === 'ratio' ? [metric.over.metric, metric.under.metric] : [metric]

/** Whether anyone can recompute its figures from the entries of the log and its definition. */
export const isClosable = (metric: Metric): metric is Flow | Distinct =>
  (metric.kind === 'flow' || metric.kind === 'distinct') &&
  metric.open !== false &&
  !metric.from &&
  !metric.guard

/** What the log calls it. */
export const logNameOf = (metric: Metric): string =>
  (metric.version ?? 1) === 1 ? metric.name : `${metric.name}.v${metric.version}`

/** The counted metrics of a list, each once. */
export const countedOf = (metrics: readonly Metric[]): Counted[] => [
  ...new Map(metrics.flatMap(partsOf).map(metric => [metric.name, metric])).values(),
]

/** The kinds of facts it is made of. */
export const typesOf = (metric: Counted): string[] => [
  ...metric.of,
  ...(metric.kind === 'level' ? (metric.minus ?? []) : []),
]
