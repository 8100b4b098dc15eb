import { priceOf } from '@silian/kernel/money/money.ts'

interface Priced {
  readonly priceFen: number
  readonly perPiece: number
  readonly unit: 'g' | 'piece'
  readonly fenPerKilogram?: number | null
}

/** Fen a kilogram, rounded half up; none for what is counted and does not say its weight. */
export const perKilogram = ({ priceFen, perPiece, unit, fenPerKilogram }: Priced): number | undefined =>
  fenPerKilogram ?? (unit === 'g' ? priceOf({ fen: priceFen, per: perPiece }, 1000) : undefined)
