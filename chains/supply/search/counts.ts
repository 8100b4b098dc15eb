import type { Pavilion } from '../catalogue/contract.ts'
import type { ShopFacets, ShopQuery } from './contract.ts'
import { householdBands, priceBands, type ReadFacet } from './facet.ts'
import { type FilterName, filtersOf, isIn } from './filters.ts'

/** So many offers of one facet. */
export interface Counted {
  readonly facet: ReadFacet
  readonly n: number
}

export interface Names {
  readonly area: (step: string) => { readonly nameZh: string; readonly nameEn: string } | undefined
  readonly class: (path: string) => { readonly nameZh: string; readonly nameEn: string } | undefined
}

/** How many there are of each kind. A kind is counted as if its own filter were not set: one sees what else there is. */
export function countFacets(
  counted: readonly Counted[],
  query: ShopQuery,
  pavilions: readonly Pavilion[],
  names: Names,
): Omit<ShopFacets, 'more'> {
  const filters = filtersOf(query)
  const without = (name?: FilterName) => {
    const others = filters.filter(filter => filter.name !== name)
    return others.length === 0
      ? counted
      : counted.filter(({ facet }) => others.every(({ holds }) => holds(facet)))
  }
  const sum = (rows: readonly Counted[]) => rows.reduce((all, { n }) => all + n, 0)
  const sumOf = (name: FilterName | undefined, holds: (facet: ReadFacet) => boolean) =>
    sum(without(name).filter(({ facet }) => holds(facet)))
  const tally = <K extends string | number>(
    name: FilterName | undefined,
    keysOf: (facet: ReadFacet) => readonly K[],
  ) => {
    const all = new Map<K, number>()
    for (const { facet, n } of without(name))
      for (const key of keysOf(facet)) all.set(key, (all.get(key) ?? 0) + n)
    return [...all].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  }
  const bands = (all: readonly number[], counts: ReadonlyMap<number, number>) =>
    all.map((from, band) => ({ band, from, to: all[band + 1] ?? null, count: counts.get(band) ?? 0 }))
  return {
    total: sum(without()),
    counties: tally('county', ({ steps }) => steps).map(([step, count]) => ({
      code: step.padEnd(6, '0'),
      nameZh: names.area(step)?.nameZh ?? step,
      nameEn: names.area(step)?.nameEn ?? step,
      count,
    })),
    classes: tally('class', ({ paths }) => paths).map(([path, count]) => ({
      path,
      nameZh: names.class(path)?.nameZh ?? path,
      nameEn: names.class(path)?.nameEn ?? path,
      count,
    })),
    marks: tally('mark', ({ marks }) => marks).map(([mark, count]) => ({ mark, count })),
    certificates: tally('certificate', ({ certificates }) => certificates).map(([kind, count]) => ({
      kind,
      count,
    })),
    cold: sumOf('cold', ({ cold }) => cold),
    recognised: sumOf('recognised', ({ recognised }) => recognised),
    prices: bands(priceBands, new Map(tally(undefined, ({ price }) => [price]))).map(
      ({ band: _, ...each }) => each,
    ),
    households: bands(householdBands, new Map(tally('households', ({ households }) => [households]))),
    pavilions: pavilions.flatMap(pavilion => {
      const count = sumOf(undefined, facet => isIn(pavilion, facet))
      return count > 0 ? [{ key: pavilion.key, nameZh: pavilion.nameZh, nameEn: pavilion.nameEn, count }] : []
    }),
  }
}
