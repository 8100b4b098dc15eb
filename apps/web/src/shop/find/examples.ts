import type { ShopFacets } from '@silian/chains/supply/search/contract.ts'

const MOST = 2

type SoldClass = ShopFacets['classes'][number]

/** Goods to name as examples: leaves of the tree of produce that are sold, those in season first, then the most sold of. */
export const examplesOf = (sold: readonly SoldClass[], inSeason: ReadonlySet<string>): SoldClass[] =>
  sold
    .filter(({ path }) => path.split('/').length === 3)
    .toSorted((a, b) => Number(inSeason.has(b.path)) - Number(inSeason.has(a.path)) || b.count - a.count)
    .slice(0, MOST)
