import { organisationOf } from './organisations.ts'
import { type Product, products } from './products.ts'

export type PlaceKind = 'ambient' | 'chilled' | 'frozen' | 'field'

/** Where a seller's lots lie. All are invented. */
export interface StoragePlace {
  readonly key: string
  readonly name: string
  readonly kind: PlaceKind
  readonly seller: string
  readonly area: string
  readonly address: string
  readonly state: 'open' | 'closed'
  readonly source: 'invented'
}

const called: Readonly<Record<PlaceKind, string>> = {
  ambient: '常温仓',
  chilled: '冷藏库',
  frozen: '冷冻库',
  field: '产地分拣点',
}

/** How goods are kept: what spoils within a month goes from the field, what lasts longer lies cool or dry. */
export function keptIn({ retailFactor, shelfLifeDays, class: { path } }: Product): PlaceKind {
  if (path.startsWith('meat/bovine/') && shelfLifeDays > 90) return 'frozen'
  if (retailFactor === 'chilled' || retailFactor === 'freeRange') return 'chilled'
  if (retailFactor !== 'fresh') return 'ambient'
  return shelfLifeDays <= 30 ? 'field' : 'chilled'
}

export const placeKey = (seller: string, kind: PlaceKind): string => `${seller}.${kind}`

/** Beside those that its goods need, the first seller has a store for what stays, and one that it gave up. */
const more: readonly (readonly [seller: string, kind: PlaceKind, state: StoragePlace['state']])[] = [
  ['coop.tianyang-mango', 'chilled', 'open'],
  ['coop.tianyang-mango', 'ambient', 'closed'],
]

const needed = [...new Set(products.map(product => placeKey(product.coop, keptIn(product)))).values()].map(
  key => {
    const at = key.lastIndexOf('.')
    return [key.slice(0, at), key.slice(at + 1) as PlaceKind, 'open'] as const
  },
)

/** One to three of every seller. */
export const storagePlaces: readonly StoragePlace[] = [...needed, ...more].map(([seller, kind, state], n) => {
  const { name, areaCode } = organisationOf(seller)
  return {
    ...{ key: placeKey(seller, kind), seller, kind, state, area: areaCode, source: 'invented' },
    name: `${name.slice(0, name.indexOf('示范') + 2)}${called[kind]}`,
    address: `示范路 ${n * 4 + 6} 号`,
  }
})
