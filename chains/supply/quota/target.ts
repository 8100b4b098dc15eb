import { defineUndertaking } from '@silian/kernel/undertaking/kind.ts'
import { z } from 'zod'

/** A unit's reserved share of the year: a floor, performed by COMPLETED orders; 106 % is success. */
export const quotaTarget = defineUndertaking({
  kind: 'quota.target',
  unit: 'fen',
  bound: 'floor',
  formula: z.object({ declaration: z.string(), reservedFen: z.number().int() }),
})
