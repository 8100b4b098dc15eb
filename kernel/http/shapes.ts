import { z } from 'zod'

/** Shapes every contract shares. */
export const id = z.uuid()
export const fenAmount = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).describe('fen')
export const quantity = z.number().int().min(1).max(1_000_000_000_000)
export const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'YYYY-MM-DD')
export const month = z.string().regex(/^\d{4}-\d{2}$/, 'YYYY-MM')
export const instant = z.iso.datetime()
export const areaCode = z.string().regex(/^\d{2,12}$/)
export const text = (max: number) => z.string().trim().min(1).max(max)

/** Keyset paging: `after` is the `next` of the page before. */
export const pageQuery = z.object({
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() })

export interface Page<T> {
  readonly items: T[]
  /** Give it as `after` for the next page; null on the last one. */
  readonly next: string | null
}

/** RFC 9457 with a code from the message files and the values its text needs. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
  requestId: z.string(),
})
export type Problem = z.infer<typeof problem>
