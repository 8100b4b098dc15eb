import type { Reader } from '@silian/kernel/database/database.ts'
import { isLatin, soundOf } from '@silian/kernel/text/words.ts'
import { harvestCalendar } from '../../value/products/classes.ts'
import type { HarvestSeason } from '../../value/products/contract.ts'
import type { AwayGoods } from './contract.ts'
import { areaSteps } from './facet.ts'
import type { SearchArea, SearchClass } from './reference.ts'
import { typedOf } from './typed.ts'

export interface AwayNames {
  class(path: string): SearchClass | undefined
  area(step: string): SearchArea | undefined
}

/** Kinds told at once. */
const MOST = 3

/** Goods of the harvest calendar that a query means, by themselves or with their place, however it is typed; for who found none. */
export async function awayFor(
  tx: Reader,
  query: string,
  namesOf: (counties: readonly string[]) => Promise<AwayNames>,
): Promise<AwayGoods[]> {
  const { parts } = typedOf(query)
  const wholes = new Set([...parts, parts.join('')])
  const seasons = await harvestCalendar(tx, {})
  const names = await namesOf([...new Set(seasons.map(({ countyCode }) => countyCode))])
  const meant = seasons.filter(season => isMeant(season, names, wholes))
  return [...Map.groupBy(meant, season => season.class).values()].slice(0, MOST).map(same => ({
    path: same[0]!.class,
    nameZh: same[0]!.classZh,
    nameEn: same[0]!.classEn,
    months: [...new Set(same.flatMap(({ months }) => months))].toSorted((a, b) => a - b),
  }))
}

function isMeant(season: HarvestSeason, names: AwayNames, wholes: ReadonlySet<string>): boolean {
  const goods = names.class(season.class)?.words ?? []
  const places = areaSteps(season.countyCode).flatMap(step => names.area(step)?.words ?? [])
  return [...goods, ...places.flatMap(place => goods.map(word => place + word))].some(word => {
    if (wholes.has(word)) return true
    if (![...wholes].some(isLatin)) return false
    const { spoken, initials } = soundOf(word)
    return wholes.has(spoken) || (initials.length > 2 && wholes.has(initials))
  })
}
