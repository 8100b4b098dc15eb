import { date, id, instant, pageOf, pageQuery } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'

/** An account's address as journals and addresses of pages have it: `payable:household:<id>`. */
export const accountName = z
  .string()
  .max(120)
  .regex(/^[a-z]+(:[a-z0-9.-]+)+$/, 'the name of an account')

const groups = [
  ...['budget', 'escrow', 'payable', 'payout', 'quota', 'spent', 'stock', 'suspense', 'transit', 'world'],
] as const
const day = date.optional()

export const accountQuery = pageQuery.extend({
  after: accountName.optional(),
  group: z.enum(groups).optional(),
  /** Those alone on which something lies, or of which something is reserved. */
  used: z.enum(['true']).optional(),
})
export type AccountQuery = z.input<typeof accountQuery>
export const account = z.object({
  name: accountName,
  /** What kind of place it is: `payable/household`, `world/bank`. */
  place: z.string(),
  /** Whose or of what it is, where that has a name that is nobody's own: a number, a code, an organisation. */
  of: z.string().nullable(),
  unit: z.string(),
  kind: z.enum(['ceiling', 'floor', 'free']),
  balance: z.number().int(),
  held: z.number().int(),
})
export type Account = z.infer<typeof account>
export const accountPage = pageOf(account)

/** Days of Shanghai, both within the period; a year so far if nothing is said. */
export const period = z.object({ from: day, to: day })
export const statementQuery = period.extend({
  after: z.string().max(200).optional(),
  limit: pageQuery.shape.limit,
})
export const fileQuery = period.extend({ language: z.enum(['zh', 'en']).default('zh') })

const line = z.object({
  entry: id,
  no: z.number().int(),
  at: instant,
  kind: z.string(),
  /** The number or code of what it is about, where that has one. */
  about: z.string().nullable(),
  observed: z.boolean(),
  amount: z.number().int(),
  balance: z.number().int(),
})
export type Line = z.infer<typeof line>

export const accountStatement = z.object({
  account,
  from: date,
  to: date,
  opening: z.number().int(),
  closing: z.number().int(),
  received: z.number().int(),
  given: z.number().int(),
  items: z.array(line),
  /** What is reserved now, whatever the period; the oldest hundred. */
  holds: z.array(
    z.object({
      id,
      remaining: z.number().int(),
      kind: z.string(),
      about: z.string().nullable(),
      at: instant,
      expiresAt: instant.nullable(),
    }),
  ),
  next: z.string().nullable(),
})
export type AccountStatement = z.infer<typeof accountStatement>
