import { z } from 'zod'
import { names } from '../declared/contract.ts'
import { id, instant, pageOf } from '../http/shapes.ts'
import { grade } from '../signing/contract.ts'

/**
 * How areas and organisations are told: `then`, as each fact recorded them; `now`, those that were replaced or merged
 * as their successors, and an area that follows an organisation where that lies today.
 */
export const areaViews = ['then', 'now'] as const
export type AreaView = (typeof areaViews)[number]

/** `GET /metrics`: definitions, as published. */
export const metricShape = z.object({
  name: z.string(),
  kind: z.enum(['flow', 'level', 'distinct', 'spread', 'ratio']),
  /** fen, gram, household, order, day, percent (in hundredths) … */
  unit: z.string(),
  dimensions: z.array(
    z.object({ name: z.string(), kind: z.enum(['area', 'organisation', 'choice', 'code']) }),
  ),
  /** Kinds of facts it is made of; empty for a ratio. */
  facts: z.array(z.string()),
  /** A ratio's two parts. */
  of: z.array(z.string()),
  /** What one whole of a ratio is: 10,000 for hundredths of a percent; 1 otherwise. */
  whole: z.number().int(),
  /** Of a spread: the lower edges of its buckets. */
  edges: z.array(z.number().int()),
  /** Counts people: fewer than five are merged for who may not see them all. */
  guarded: z.boolean(),
  /** The caller may open its cells into facts. */
  opens: z.boolean(),
  /** Its months may be closed by a published figure, which anyone can recompute. */
  provable: z.boolean(),
  open: z.boolean(),
  /** How far its cells follow the log. */
  upTo: z.number().int(),
})
export type MetricShape = z.infer<typeof metricShape>
export const metricShapes = z.array(metricShape)

/** `2025-10`, `2025-Q4` or `2025`. */
export const period = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$/, 'YYYY-MM, YYYY-Qn or YYYY')

/**
 * On whose word all that was asked for rests: itself or by a fact that it names. Amounts of the metric's unit, or of
 * different subjects and spreads the things that count. One may rest on several words, so that these may come to more
 * than the whole; `declared` rests on none of them. Null of a ratio, of subjects that stand, and where cells are merged.
 */
export const metricShares = z.object({
  by: z.enum(['value', 'count']),
  whole: z.number().int(),
  declared: z.number().int(),
  countersigned: z.number().int(),
  device: z.number().int(),
  bank: z.number().int(),
})
export type MetricShares = z.infer<typeof metricShares>

/**
 * `GET /metrics/<name>/values?from=month&to=month&grain=month|quarter|year&level=province|city|county&view=then|now&by=county
 * &by=buyerKind&<dimension>=value`: one row a period and combination of the `by`; small cells are merged into `other`
 * (dims `*`). Areas are rolled up to `level`; a dimension's value may be an area above. Also `values.csv` and
 * `values.xlsx` (with `language`).
 */
export const metricValues = z.object({
  metric: z.string(),
  unit: z.string(),
  by: z.array(z.string()),
  /** Areas and organisations as they were recorded, or as they are now. */
  view: z.enum(areaViews),
  /** Something was replaced, merged or moved since, so that the other view may differ. */
  tellsOtherwise: z.boolean(),
  rows: z.array(
    z.object({
      period,
      dims: z.array(z.string()),
      /** In the metric's unit; a ratio's in hundredths of a percent; null where its lower part is nothing. */
      value: z.number().int().nullable(),
      count: z.number().int(),
      /** Of a spread: the 10th, 50th and 90th percentile. */
      percentiles: z.array(z.number().int()).nullable(),
      /** Of a ratio: upper and lower part. */
      parts: z.array(z.number().int()).nullable(),
      /** Closed by a published figure; the fact that says so. */
      factId: id.nullable(),
    }),
  ),
  totals: z.array(z.object({ period, value: z.number().int().nullable(), count: z.number().int() })),
  shares: metricShares.nullable(),
  upTo: z.number().int(),
  names,
})
export type MetricValues = z.infer<typeof metricValues>

/**
 * `GET /metrics/<name>/facts?period=month, quarter or year (this month without)&from&to&view&upTo=log index&<dimension>=value&part=over|under&after&limit`: what a cell is made of, for
 * those allowed; of a level, all up to the end of the period. `limit` counts facts: one is listed with each of its cells.
 */
export const metricFacts = pageOf(
  z.object({
    factId: id,
    logIndex: z.number().int(),
    at: instant,
    type: z.string(),
    subject: z.string(),
    dims: z.array(z.string()),
    value: z.number().int(),
    /** What it counts once a period and cell, each by a name that stands for it here only; empty where nothing is. */
    counted: z.array(z.object({ subject: z.string(), value: z.number().int() })),
    /** In a later period than its own, because that was closed. */
    late: z.boolean(),
    signedBy: z.enum(['own', 'held']),
    /** On whose word beside its recorder's, by itself or a fact that it names. */
    rests: z.array(grade.exclude(['declared'])),
  }),
).extend({ names })
export type MetricFacts = z.infer<typeof metricFacts>
