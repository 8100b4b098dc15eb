import { type Decimal, date, decimal, oneOf, text } from '@silian/kernel/imports/cells.ts'
import type { Fault, RowOf } from '@silian/kernel/imports/columns.ts'
import { column } from '@silian/kernel/imports/columns.ts'

/** Units of weight that prices are quoted for, in grams. */
const unitGrams = { 斤: 500, 市斤: 500, 公斤: 1000, 千克: 1000, kg: 1000, 吨: 1_000_000 } as const

export const priceColumns = {
  item: column(['品名', '产品名称', '品种'], text(60)),
  low: column(['最低价', '最低价格'], decimal),
  mean: column(['平均价', '均价', '平均价格'], decimal),
  high: column(['最高价', '最高价格'], decimal),
  spec: column(['规格'], text(60)),
  unit: column(
    ['单位', '计量单位'],
    oneOf(Object.fromEntries(Object.keys(unitGrams).map(u => [u, u as Unit]))),
  ),
  on: column(['发布日期', '日期', '报价日期'], date),
}
type Unit = keyof typeof unitGrams
export type Quotation = RowOf<typeof priceColumns>

/**
 * Why a quotation is not believed: `price.not_positive`, `price.order` where the lowest is above the highest, or
 * `price.mean_outside` of the two.
 */
export function faultOfQuotation(quotation: Quotation): Omit<Fault, 'excerpt'> | undefined {
  const { low, mean, high } = exactPrices(quotation)
  const zero = (['low', 'mean', 'high'] as const).find(name => quotation[name].units === 0)
  if (zero) return { column: zero, code: 'price.not_positive', params: {} }
  if (low > high) return { column: 'low', code: 'price.order', params: { low, high } }
  if (mean < low || mean > high)
    return { column: 'mean', code: 'price.mean_outside', params: { low, mean, high } }
  return undefined
}

export interface ExactPrices {
  /** Fen for every `per` grams. */
  readonly low: number
  readonly mean: number
  readonly high: number
  readonly per: number
}

/** Yuan per unit as whole fen: 4.05 yuan a 斤 is 405 fen per 500 g, 1.005 yuan is 1005 fen per 5 kg. */
export function exactPrices({ low, mean, high, unit }: Quotation): ExactPrices {
  const places = Math.max(2, low.places, mean.places, high.places)
  const fen = (yuan: Decimal) => yuan.units * 10 ** (places - yuan.places)
  return { low: fen(low), mean: fen(mean), high: fen(high), per: unitGrams[unit] * 10 ** (places - 2) }
}
