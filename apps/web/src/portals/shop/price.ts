import { priceOf } from '@silian/kernel/money/money.ts'

interface Priced {
  readonly priceFen: number
  readonly perPiece: number
  readonly unit: 'g' | 'piece'
}

/** Fen for 500 g (one jin), rounded half up: how shoppers compare; none for goods sold by the piece. */
export const perJin = ({ priceFen, perPiece, unit }: Priced): number | undefined =>
  unit === 'g' && perPiece !== 500 ? priceOf({ fen: priceFen, per: perPiece }, 500) : undefined
