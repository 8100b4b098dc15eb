import { areaCode, fenAmount, id, instant, pageById, pageByTime, pageOf } from '@silian/kernel/http/shapes.ts'
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
})
export type PayoutItem = z.infer<typeof item>
export const itemQuery = pageById.extend({ open: z.enum(['true', 'false']).optional() })
export const itemPage = pageOf(item)

/** What came in and went out for one household; 农户账单. */
export const statement = z.object({
  householdId: id,
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
