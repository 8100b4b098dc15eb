import { householdCodes } from '@silian/chains/production/households/search.ts'
import { offerNames } from '@silian/chains/supply/catalogue/search.ts'
import { orderNumbers } from '@silian/chains/supply/orders/search.ts'
import { productNames } from '@silian/chains/value/products/search.ts'
import type { Named, Sought } from '@silian/kernel/search/find.ts'

const organisationNames: Named = {
  kind: 'organisation',
  action: 'organisation.read',
  titles: `select o.id, o.name_zh, o.name_en, a.name_zh from organisation o join area a on a.code = o.area_code
    where o.programme_id = $1 and o.id = any($2)`,
}

/** Everything that the search box finds, in the order in which it is shown. */
export const sought: readonly Sought[] = [
  orderNumbers,
  householdCodes,
  offerNames,
  productNames,
  organisationNames,
]
