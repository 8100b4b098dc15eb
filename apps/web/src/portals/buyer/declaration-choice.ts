import type { Declaration } from '@silian/chains/supply/quota/contract.ts'

type Share = Pick<Declaration, 'id' | 'state' | 'year'>

/** The declarations that an order of this year may be for. */
export const fittingIn = <T extends Share>(all: readonly T[], year: number): T[] =>
  all.filter(share => share.state === 'confirmed' && share.year === year)

/** The one that was chosen, or the only one there is to choose; empty where neither. */
export function chosenAmong(fitting: readonly Pick<Share, 'id'>[], chosen: string): string {
  if (fitting.some(({ id }) => id === chosen)) return chosen
  return fitting.length === 1 ? fitting[0]!.id : ''
}
