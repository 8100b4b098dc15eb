import { names } from '@silian/kernel/declared/contract.ts'
import { id, instant, month } from '@silian/kernel/http/shapes.ts'
import { metricShares } from '@silian/kernel/metric/contract.ts'
import { z } from 'zod'

/** Where a figure of a bulletin comes from; its value is worked out, never typed. */
export const reference = z.object({
  /** Its place in the text: `{{key}}`. */
  key: z.string().regex(/^[a-z][a-z0-9_]{0,40}$/),
  metric: z.string(),
  from: month,
  to: month,
  grain: z.enum(['month', 'quarter', 'year']),
  by: z.array(z.string()),
  level: z.enum(['province', 'city', 'county']).nullable(),
  where: z.record(z.string(), z.string()),
})
export type Reference = z.infer<typeof reference>

const cell = z.object({
  dims: z.array(z.string()),
  /** As people read them. */
  names: z.array(z.string()),
  value: z.number().int().nullable(),
  count: z.number().int(),
})
export const rendered = reference.extend({
  unit: z.string(),
  value: z.number().int().nullable(),
  count: z.number().int(),
  /** As the text shows it. */
  shown: z.string(),
  rows: z.array(cell),
  upTo: z.number().int(),
  /** The published figures that it rests on, month by month. */
  factIds: z.array(id),
  /** On whose word it rested when it was worked out; bulletins of before that was kept have none. */
  shares: metricShares.nullable().optional(),
})
export type Rendered = z.infer<typeof rendered>

export const section = z.object({
  heading: z.string().trim().min(1).max(100),
  /** Figures stand in it as `{{key}}`. */
  text: z.string().trim().max(4000),
  /** Keys of the figures that are shown as tables below the text. */
  tables: z.array(z.string()).max(20),
})
export type Section = z.infer<typeof section>

export const bulletinRow = z.object({
  id,
  month,
  title: z.string(),
  state: z.enum(['draft', 'published']),
  version: z.number().int(),
  publishedAt: instant.nullable(),
  factId: id.nullable(),
})
/** `GET /bulletins`, newest first: the published ones; drafts too for those who may write them. */
export const bulletins = z.array(bulletinRow)

/** `GET /bulletins/{bulletin}`; also `document.docx` and `document.pdf`. */
export const bulletin = bulletinRow.extend({
  sections: z.array(section),
  figures: z.array(rendered),
  /** SHA-256 of sections and figures, as its fact tells it; null while it is a draft. */
  contentHash: z.string().nullable(),
  /** Of the areas and organisations in its rows, for readers in another language. */
  names,
  /** The caller may change and publish it. */
  mayWrite: z.boolean(),
})
export type Bulletin = z.infer<typeof bulletin>

/** `POST /bulletins`: drafts the bulletin of a month from the metrics. */
export const newBulletin = z.object({ id: id.optional(), month })
/** `POST /bulletins/{bulletin}/text`: words and order may change, figures only be placed; they are worked out anew. */
export const bulletinText = z.object({
  version: z.number().int().min(1),
  title: z.string().trim().min(1).max(100),
  sections: z.array(section).min(1).max(20),
})
export const bulletinSaved = z.object({ id, version: z.number().int() })
/** `POST /bulletins/{bulletin}/publication`. */
export const bulletinPublication = z.object({ version: z.number().int().min(1) })
export const bulletinPublished = z.object({ factId: id })
