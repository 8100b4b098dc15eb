import type { Declaration } from '@silian/chains/supply/quota/contract.ts'

export type QuotaFigures = Pick<Declaration, 'reservedFen' | 'inApprovalFen' | 'orderedFen' | 'completedFen'>

/** Ends of the bar's parts in hundredths of its length; `mark` is where the reserved share ends, if within the bar. */
export interface QuotaBar {
  readonly asked: number
  readonly ordered: number
  readonly completed: number
  readonly mark: number | null
}

/** The bar is as long as the larger of the share and what was bought or asked for; ordered includes completed. */
export function barOf({ reservedFen, inApprovalFen, orderedFen, completedFen }: QuotaFigures): QuotaBar {
  const ordered = Math.max(orderedFen, completedFen)
  const length = Math.max(reservedFen, ordered + inApprovalFen, 1)
  const part = (fen: number) => (fen / length) * 100
  return {
    asked: part(ordered + inApprovalFen),
    ordered: part(ordered),
    completed: part(completedFen),
    mark: length > reservedFen ? part(reservedFen) : null,
  }
}
