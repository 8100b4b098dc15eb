import { textArray } from '@silian/kernel/database/array.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { type Fault, fault } from '@silian/kernel/declared/values.ts'

interface Point {
  readonly id: string
  readonly parts: { readonly good: readonly { readonly product: string }[] }
}

/**
 * Goods that are no product of the platform (2.14: under the banner only they are sold). Whether one is recognised or
 * listed today is not asked: a point that is only repaired must not fail for what became of its goods.
 */
export async function unknownGoods(
  tx: Reader,
  points: readonly Point[],
): Promise<ReadonlyMap<string, readonly Fault[]>> {
  const keys = new Set(points.flatMap(({ parts }) => parts.good.map(({ product }) => product)))
  const rows = await tx.query<{ key: string }>(
    'select key from product where programme_id = $1 and key = any($2::text[])',
    [tx.programme, textArray([...keys])],
    'vending-point-goods',
  )
  const known = new Set(rows.map(({ key }) => key))
  return new Map(
    points.map(({ id, parts }) => [
      id,
      parts.good.flatMap(({ product }, i) =>
        known.has(product) ? [] : [fault(`good.${i + 1}.product`, 'vending_point.no_product')],
      ),
    ]),
  )
}
