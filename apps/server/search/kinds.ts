import { processes, registers } from '@silian/chains/declared.ts'
import { keepOfferNames, offerNames } from '@silian/chains/supply/catalogue/search.ts'
import { orderNumbers } from '@silian/chains/supply/orders/search.ts'
import { keepProductNames, productNames } from '@silian/chains/value/products/search.ts'
import type { Subscription } from '@silian/kernel/fact/subscribe.ts'
import { caseNames, keepCaseNames } from '@silian/kernel/search/cases.ts'
import type { Named, Sought } from '@silian/kernel/search/find.ts'
import { registerNames } from '@silian/kernel/search/registers.ts'

const organisationNames: Named = {
  kind: 'organisation',
  action: 'organisation.read',
  titles: `select o.id, o.name_zh, o.name_en, a.name_zh from organisation o join area a on a.code = o.area_code
    where o.programme_id = $1 and o.id = any($2)`,
}

/** Everything that the search box finds, in the order in which it is shown. */
export const sought: readonly Sought[] = [
  orderNumbers,
  ...registers.map(registerNames),
  ...processes.map(caseNames),
  offerNames,
  productNames,
  organisationNames,
]

/** Who keeps the names of what is no register; registers keep their own. */
export const searchSubscriptions: readonly Subscription[] = [
  keepProductNames,
  keepOfferNames,
  keepCaseNames(processes),
]
