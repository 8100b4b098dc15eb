import { type Fault, fault } from '@silian/kernel/declared/values.ts'

/** The kinds of place where a point may stand (S3-53, S3-80, S3-85). */
export const kinds = [
  ...(['canteen', 'unit', 'supermarket', 'market', 'park', 'community', 'party_centre'] as const),
  ...(['post_office', 'other'] as const),
] as const

export const states = ['in_use', 'repair', 'withdrawn'] as const

export interface Standing {
  readonly state: (typeof states)[number]
  readonly placedOn: string
  readonly withdrawnOn: string | null
}

/** A point stands from a day on, and is withdrawn on a day or not at all. */
export function checkStanding({ state, placedOn, withdrawnOn }: Standing, today: string): Fault[] {
  if (placedOn > today) return [fault('placedOn', 'vending_point.not_placed')]
  const isWithdrawn = state === 'withdrawn'
  if (isWithdrawn && withdrawnOn === null) return [fault('withdrawnOn', 'vending_point.day_missing')]
  if (!isWithdrawn && withdrawnOn !== null) return [fault('state', 'vending_point.not_withdrawn')]
  return withdrawnOn !== null && withdrawnOn < placedOn
    ? [fault('withdrawnOn', 'vending_point.withdrawn_early')]
    : []
}
