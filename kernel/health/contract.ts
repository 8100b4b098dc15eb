import { z } from 'zod'
import { id, instant } from '../http/shapes.ts'

/** `GET /health-report`: how the programme's part of the system is, as of now. */
export const healthReport = z.object({
  at: instant,
  database: z.object({ version: z.string(), bytes: z.number().int() }),
  log: z.object({
    size: z.number().int(),
    /** Facts recorded and not in the log yet, and since when the oldest of them waits. */
    waiting: z.number().int(),
    oldest: instant.nullable(),
    /** Of the last signed checkpoint; null while the log is empty. */
    checkpointAt: instant.nullable(),
    /** Size of the newest tree that the quorum of the witnesses saw; null without any. */
    witnessedSize: z.number().int().nullable(),
    /** The largest tree that each witness has cosigned, and when. */
    witnesses: z.array(z.object({ name: z.string(), size: z.number().int(), at: instant })),
    /** Why nothing more is recorded, if so, and who saw it. */
    halted: z.object({ why: z.enum(['behind', 'forked']), by: z.string(), at: instant }).nullable(),
  }),
  subscriptions: z.array(
    z.object({
      name: z.string(),
      /** Entries it has not looked at yet. */
      behind: z.number().int(),
      failedAt: instant.nullable(),
      failedIndex: z.number().int().nullable(),
      code: z.string().nullable(),
    }),
  ),
  files: z.object({
    count: z.number().int(),
    bytes: z.number().int(),
    /** Of the disk that holds them; null where it is not known. */
    disk: z.object({ freeBytes: z.number().int(), totalBytes: z.number().int() }).nullable(),
  }),
  /** The last time all that is counted was computed again from the log; null if never. */
  check: z
    .object({
      id,
      at: instant,
      facts: z.number().int(),
      comparisons: z.number().int(),
      differences: z.number().int(),
    })
    .nullable(),
  /** Whether mail is sent, and by which host: never its name or password. */
  mail: z.object({ host: z.string() }).nullable(),
})
export type HealthReport = z.infer<typeof healthReport>
