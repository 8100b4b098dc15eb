import { id, month } from '@silian/kernel/http/shapes.ts'
import { metricShares } from '@silian/kernel/metric/contract.ts'
import { z } from 'zod'

/** Without a metric: every one whose figure can be recomputed and that is still open. */
export const publishFigure = z.object({ metric: z.string().max(64).optional(), period: month })
export const publishedFigure = z.object({
  factId: id,
  published: z.array(z.object({ metric: z.string(), factId: id })),
})

export const figureRow = z.object({
  countyCode: z.string(),
  countyName: z.string(),
  countyNameEn: z.string(),
  buyerKind: z.string(),
  /** `unknown` for orders of before it was told; null in figures that were published without it. */
  channel: z.string().nullable(),
  fen: z.number().int(),
  count: z.number().int(),
})

export const figure = z.object({
  /** As the log calls it, so with the version that a published figure was defined by. */
  metric: z.string(),
  period: month,
  /** False while the month is open and its cells still grow. */
  published: z.boolean(),
  factId: id.nullable(),
  logIndex: z.number().int().nullable(),
  upTo: z.number().int(),
  totalFen: z.number().int(),
  count: z.number().int(),
  /** On whose word it rests, as far as the log tells today. */
  shares: metricShares.nullable(),
  rows: z.array(figureRow),
})
export type Figure = z.infer<typeof figure>
export const figures = z.array(figure)

/** An article's own figure, shown beside ours and never added to them. */
export const cited = z.object({
  key: z.string(),
  row: z.string(),
  quoteZh: z.string(),
  labelEn: z.string(),
  value: z.string(),
  unit: z.string(),
  asOf: z.string(),
})
export type Cited = z.infer<typeof cited>
export const ratio = z.object({
  key: z.string(),
  labelZh: z.string(),
  labelEn: z.string(),
  value: z.string(),
  /** As the article prints it. */
  printed: z.string(),
  unit: z.string(),
})
export type Ratio = z.infer<typeof ratio>
export const citedAnswer = z.object({ figures: z.array(cited), ratios: z.array(ratio) })
