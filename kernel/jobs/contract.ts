import { z } from 'zod'
import { id, instant, pageByTime, pageOf } from '../http/shapes.ts'

export const jobState = z.enum(['waiting', 'running', 'done', 'failed'])
/** `GET /jobs`: what was asked for in the programme, the newest first. */
export const jobsQuery = pageByTime.extend({
  state: jobState.optional(),
  name: z.string().max(64).optional(),
})
export const jobRow = z.object({
  id,
  name: z.string(),
  state: jobState,
  done: z.number().int(),
  total: z.number().int().nullable(),
  /** What it is doing, or why it failed: a code of the message files. */
  code: z.string().nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
  requestedAt: instant,
  startedAt: instant.nullable(),
  heartbeatAt: instant.nullable(),
  finishedAt: instant.nullable(),
})
export type JobRow = z.infer<typeof jobRow>
export const jobPage = pageOf(jobRow)

/** `GET /queue`: how much waits of each kind, and what was given up. */
export const queue = z.object({
  kinds: z.array(
    z.object({
      name: z.string(),
      waiting: z.number().int(),
      running: z.number().int(),
      failed: z.number().int(),
      /** Since when the longest of those that are due waits. */
      oldest: instant.nullable(),
    }),
  ),
  /** Given up after their last attempt; at most 50, the latest first. They may be tried again. */
  failed: z.array(
    z.object({ id, name: z.string(), attempts: z.number().int(), code: z.string(), at: instant }),
  ),
})
export type Queue = z.infer<typeof queue>
