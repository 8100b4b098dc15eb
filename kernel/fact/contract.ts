import { z } from 'zod'
import { id, instant, pageByTime, pageOf } from '../http/shapes.ts'

/** A claim that was recorded later than its kind allows: when it happened, as claimed, and when it was recorded. */
export const lateFact = z.object({
  factId: id,
  type: z.string(),
  subject: z.string(),
  at: instant,
  recordedAt: instant,
  /** Full days between the two, and how many its kind allows. */
  days: z.number().int(),
  withinDays: z.number().int(),
  signedBy: z.enum(['own', 'held']),
  logIndex: z.number().int().nullable(),
})
export type LateFact = z.infer<typeof lateFact>

/** `GET /late-facts`: what was recorded late, the newest first. */
export const lateFacts = pageOf(lateFact)
export const lateFactQuery = pageByTime
