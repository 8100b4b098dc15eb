import { z } from 'zod'
import { isPersonal } from '../fact/public-part.ts'

/** Shapes every contract shares. In one form only: ids are compared as text where they name accounts and parties. */
export const id = z.uuid().toLowerCase()
export const fenAmount = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).describe('fen')
export const quantity = z.number().int().min(1).max(1_000_000_000_000)
/** A day there is in the calendar. */
export const date = z.iso.date().regex(/^(19|20|21)/, 'a day of our time')
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'YYYY-MM')
export const instant = z.iso.datetime()
export const areaCode = z.string().regex(/^\d{2,12}$/)
export const text = (max: number) => z.string().trim().normalize('NFC').min(1).max(max)
/** A name that goes into facts, where anyone may read it for ever: not somebody's telephone or identity number. */
export const publicText = (max: number) =>
  text(max).refine(given => !isPersonal(given), 'a number that people are known by')

/** Keyset paging: `after` is the `next` of the page before. Rows are in the order of a text of theirs. */
export const pageQuery = z.object({
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
/** Rows in the order of their ids. */
export const pageById = pageQuery.extend({ after: id.optional() })
/** The newest first, by an instant and the id: `2026-01-05T01:00:00.000Z|<id>`. */
export const pageByTime = pageQuery.extend({
  after: z.string().refine(isMoment, 'the next of the page before').optional(),
})

function isMoment(after: string): boolean {
  const [at = '', row, ...more] = after.split('|')
  return /^20/.test(at) && instant.safeParse(at).success && id.safeParse(row).success && more.length === 0
}

/** The newest first, by a day and the id: `2026-01-05|<id>`. */
export const pageByDay = pageQuery.extend({
  after: z.string().refine(isDay, 'the next of the page before').optional(),
})

function isDay(after: string): boolean {
  const [on, row, ...more] = after.split('|')
  return date.safeParse(on).success && id.safeParse(row).success && more.length === 0
}

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() })

export interface Page<T> {
  readonly items: T[]
  /** Give it as `after` for the next page; null on the last one. */
  readonly next: string | null
}

/** RFC 9457 with a code from the message files and the values its text needs. */
const problemParams = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]))
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  params: problemParams,
  /** Each value that is wrong: where, as `member.2.idNumber` (parts count from 1), and why. */
  faults: z.array(z.object({ column: z.string(), code: z.string(), params: problemParams })).optional(),
  requestId: z.string(),
})
export type Problem = z.infer<typeof problem>
