import { z } from 'zod'
import { id, text } from '../http/shapes.ts'

/** `GET /search?q=`: by name, number, pinyin or initials. */
export const searchParams = z.object({ q: text(100) })

export const hit = z.object({
  id,
  titleZh: z.string(),
  titleEn: z.string(),
  /** Tells it from others of the same name: a place, a specification, a state. */
  note: z.string(),
})
export type Hit = z.infer<typeof hit>

/** Of each kind that was found, the best few; `more` says that there are others. */
export const found = z.object({
  groups: z.array(z.object({ kind: z.string(), hits: z.array(hit), more: z.boolean() })),
})
export type Found = z.infer<typeof found>

/** `POST /search/identity`: a whole identity number, telephone or account; exact, and recorded as an access. */
export const identityBody = z.object({
  number: z
    .string()
    .trim()
    .normalize('NFKC')
    .regex(/^[\dXx -]{7,40}$/, 'a number'),
  purpose: text(200),
})
