import { z } from 'zod'
import { id, instant } from '../http/shapes.ts'

/** `recording`: not in the log yet; `witnessing`: in it, and the witnesses have not seen it; `ready`: its receipt is there. */
const receiptState = z.enum(['recording', 'witnessing', 'ready'])

/** `GET /<things>/<thing>/receipts`: what the log says of a thing, fact by fact, to those who may read it. */
export const receipts = z.object({
  items: z.array(
    z.object({
      factId: id,
      type: z.string(),
      at: instant,
      recordedAt: instant,
      /** Recorded later than its kind allows. */
      late: z.boolean(),
      signedBy: z.enum(['own', 'held']),
      logIndex: z.number().int().nullable(),
      state: receiptState,
      /** A C2SP `.tlog-proof`, and what to save it as. */
      receipt: z.string().nullable(),
      name: z.string(),
      /** Hidden fields that it opens. */
      opened: z.array(z.string()),
    }),
  ),
  /** How far log and witnesses are; null as long as the log is empty. Without witnesses nothing waits for them. */
  log: z
    .object({
      size: z.number().int(),
      signedAt: instant,
      witnessedSize: z.number().int().nullable(),
      witnessedAt: instant.nullable(),
    })
    .nullable(),
})
export type Receipts = z.infer<typeof receipts>
