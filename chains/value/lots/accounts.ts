import type { Opening } from '@silian/kernel/ledger/accounts.ts'

/** What is left of a lot, in its product's unit. */
export const lotStock = (lotId: string): string => `stock/lot/${lotId}`
/** Where harvested goods come from. */
export const harvest = (unit: string): string => `world/harvest/${unit}`

export const standing: readonly Opening[] = ['g', 'piece'].map(unit => ({
  account: harvest(unit),
  unit,
  kind: 'free',
}))
