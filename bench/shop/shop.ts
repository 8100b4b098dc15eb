import type { Row } from '../report.ts'
import type { Stand } from '../stand.ts'
import { checkoutRows } from './checkout.ts'
import type { ShopSize } from './fill.ts'
import { productRows } from './product.ts'
import { searchRows } from './search.ts'

export interface ShopSetting {
  readonly stand: Stand
  readonly seconds: number
  readonly size: ShopSize
}

/** The parts, by the name under which `--only` picks them. */
export const shopParts: Readonly<Record<string, (setting: ShopSetting) => Promise<Row[]>>> = {
  checkout: checkoutRows,
  product: productRows,
  search: searchRows,
}
