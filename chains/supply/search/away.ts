import type { Reader } from '@silian/kernel/database/database.ts'
import { syllablesOf } from '@silian/kernel/text/read-aloud.ts'
import { isHan } from '@silian/kernel/text/words.ts'
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

/** Classes, or steps of places, by what they are called: as it is written, spoken, abbreviated. */
type Called = Readonly<Record<'written' | 'spoken' | 'initials', ReadonlyMap<string, readonly string[]>>>

/** What is harvested when and where, with everything it is called. */
export interface Calendar {
  readonly seasons: readonly HarvestSeason[]
  readonly goods: Called
  readonly places: Called
}

export async function searchCalendar(
  tx: Reader,
  namesOf: (counties: readonly string[]) => Promise<AwayNames>,
): Promise<Calendar> {
  const seasons = await harvestCalendar(tx, {})
  const names = await namesOf([...new Set(seasons.map(({ countyCode }) => countyCode))])
  const steps = seasons.flatMap(({ countyCode }) => areaSteps(countyCode))
  return {
    seasons,
    goods: calledOf(
      seasons.map(season => season.class),
      path => names.class(path)?.words ?? [],
    ),
    places: calledOf(steps, step => names.area(step)?.words ?? []),
  }
}

function calledOf(keys: readonly string[], wordsOf: (key: string) => readonly string[]): Called {
  const called = { written: new Map(), spoken: new Map(), initials: new Map() }
  const put = (of: Map<string, string[]>, word: string, key: string) =>
    of.set(word, [...(of.get(word) ?? []), key])
  for (const key of new Set(keys))
    for (const word of wordsOf(key)) {
      put(called.written, word, key)
      if (!isHan(word)) continue
      const syllables = syllablesOf(word)
      put(called.spoken, syllables.join(''), key)
      put(called.initials, syllables.map(syllable => syllable[0]).join(''), key)
    }
  return called
}

/** Kinds told at once. */
const MOST = 3
/** Fewer first letters may be anything. */
const LEAST_INITIALS = 3

/** Goods of the harvest calendar that a query means, by themselves or with their place, however it is typed; for who found none. */
export function awayFor(query: string, calendar: Calendar): AwayGoods[] {
  const { parts } = typedOf(query)
  const wholes = [...new Set([...parts, parts.join('')])]
  const meant = new Set(wholes.flatMap(whole => meantBy(whole, calendar)))
  const byClass = Map.groupBy(
    calendar.seasons.filter(season => meant.has(season)),
    season => season.class,
  )
  return [...byClass.values()].slice(0, MOST).map(same => ({
    path: same[0]!.class,
    nameZh: same[0]!.classZh,
    nameEn: same[0]!.classEn,
    months: [...new Set(same.flatMap(({ months }) => months))].toSorted((a, b) => a - b),
  }))
}

const ways = ['written', 'spoken', 'initials'] as const

/** Cut anywhere: a place before, goods behind. */
const meantBy = (whole: string, { seasons, goods, places }: Calendar): HarvestSeason[] =>
  ways.flatMap(way =>
    way === 'initials' && whole.length < LEAST_INITIALS
      ? []
      : Array.from(whole, (_, at) => at).flatMap(at => {
          const paths = goods[way].get(whole.slice(at))
          const steps = at === 0 ? undefined : places[way].get(whole.slice(0, at))
          if (!paths || (at > 0 && !steps)) return []
          return seasons.filter(
            ({ class: path, countyCode }) =>
              paths.includes(path) && (!steps || areaSteps(countyCode).some(step => steps.includes(step))),
          )
        }),
  )
