import type { Declaration } from '@silian/chains/supply/quota/contract.ts'

type Share = Pick<Declaration, 'year' | 'state' | 'reservedFen' | 'completedFen' | 'behind'>

/** How a confirmed share stands: against the time gone while its year runs, met or missed once that is over. */
export function paceOf(
  { year, state, reservedFen, completedFen, behind }: Share,
  today: number,
): 'met' | 'missed' | 'behind' | 'kept' | undefined {
  if (state !== 'confirmed' || reservedFen === 0) return undefined
  if (completedFen >= reservedFen) return 'met'
  if (year < today) return 'missed'
  return behind ? 'behind' : 'kept'
}
