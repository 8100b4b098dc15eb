import { z } from 'zod'
import { names } from '../declared/contract.ts'
import { id, instant, month, pageOf } from '../http/shapes.ts'

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
  open: z.boolean(),
  /** How far its cells follow the log. */
  upTo: z.number().int(),
})
export type MetricShape = z.infer<typeof metricShape>
export const metricShapes = z.array(metricShape)

/**
 * `GET /metrics/<name>/values?from=month&to=month&by=county&by=buyerKind&<dimension>=value`: one row a period and
 * combination of the `by`; small cells are merged into `other` (dims `*`). Also `.csv` and `.xlsx`.
 */
export const metricValues = z.object({
  metric: z.string(),
  unit: z.string(),
  by: z.array(z.string()),
  rows: z.array(
    z.object({
      period: month,
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
  totals: z.array(z.object({ period: month, value: z.number().int().nullable(), count: z.number().int() })),
  upTo: z.number().int(),
  names,
})
export type MetricValues = z.infer<typeof metricValues>

/** `GET /metrics/<name>/facts?period=month&<dimension>=value&after&limit`: what a cell is made of, for those allowed. */
export const metricFacts = pageOf(
  z.object({
    factId: id,
    logIndex: z.number().int(),
    at: instant,
    type: z.string(),
    subject: z.string(),
    dims: z.array(z.string()),
    value: z.number().int(),
    /** In a later period than its own, because that was closed. */
    late: z.boolean(),
    signedBy: z.enum(['own', 'held']),
  }),
).extend({ names })
export type MetricFacts = z.infer<typeof metricFacts>
