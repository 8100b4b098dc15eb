import { areaCode, fenAmount, id, instant, pageById, pageByTime, pageOf } from '@silian/kernel/http/shapes.ts'
import { grade } from '@silian/kernel/signing/contract.ts'
import { z } from 'zod'

/** A batch gathers what the households of a county are owed at this moment. */
export const newBatch = z.object({ id: id.optional(), countyCode: areaCode.length(6) })
export const batch = z.object({
  id,
  countyCode: z.string(),
  countyName: z.string(),
  state: z.enum(['sent', 'paid']),
  totalFen: fenAmount,
  households: z.number().int(),
  confirmed: z.number().int(),
  createdAt: instant,
  paidAt: instant.nullable(),
})
export type Batch = z.infer<typeof batch>
export const batchQuery = pageByTime
export const batchPage = pageOf(batch)

export const item = z.object({
  id,
  batchId: id,
  householdId: id,
  householdCode: z.string(),
  headName: z.string(),
  villageName: z.string(),
  amountFen: fenAmount,
  paidAt: instant.nullable(),
  confirmedAt: instant.nullable(),
  /** The fact that says so, and on whose word it stands. */
  confirmation: z.object({ factId: id, grade }).nullable(),
})
export type PayoutItem = z.infer<typeof item>
export const itemQuery = pageById.extend({ open: z.enum(['true', 'false']).optional() })
export const itemPage = pageOf(item)

/** The bank says it paid what we never sent, or another sum, or again: a person settles it with the bank. */
export const dispute = z.object({
  id,
  batchId: z.string(),
  countyName: z.string().nullable(),
  reference: z.string(),
  /** What the bank says. */
  fen: fenAmount,
  /** What the batch is, if there is one. */
  batchFen: fenAmount.nullable(),
  notedAt: instant,
})
export type Dispute = z.infer<typeof dispute>
export const disputePage = pageOf(dispute)

/** What came in and went out for one household; 农户账单. */
export const statement = z.object({
  householdId: id,
  householdCode: z.string(),
  /** Masked. */
  headName: z.string(),
  villageName: z.string(),
  owedFen: fenAmount,
  paidFen: fenAmount,
  confirmedFen: fenAmount,
  rows: z.array(
    z.object({
      at: instant,
      kind: z.enum(['credited', 'paid_out']),
      mechanism: z.string().nullable(),
      subject: z.string(),
      fen: z.number().int(),
    }),
  ),
})
export type HouseholdStatement = z.infer<typeof statement>
