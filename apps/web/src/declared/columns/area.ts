const levels = ['province', 'city', 'county', 'township', 'village'] as const
type Level = (typeof levels)[number]
const digits: Readonly<Record<Level, number>> = { province: 2, city: 4, county: 6, township: 9, village: 12 }

/** One list of an area picker: what is chosen in it and below which area it stands. */
export interface AreaStep {
  readonly level: Level
  readonly parent: string
  readonly chosen: string
}

/** `451003` as the way to it: 450000, 451000, 451003. Codes below the county are longer, those above end in noughts. */
export function wayTo(code: string): string[] {
  const own = code.length > 6 ? code.length : code.replace(/(00)+$/, '').length
  return levels
    .filter(level => digits[level] <= Math.max(own, 2))
    .map(level => code.slice(0, digits[level]).padEnd(6, '0'))
    .filter((step, at, all) => code !== '' && all.indexOf(step) === at)
}

/**
 * How many levels of the way to one's own area are told as text, so that choosing begins below it: none once another way
 * was taken, and always one list left to choose from.
 */
export function fixedSteps(own: string, code: string, wanted: string | null): number {
  const way = wayTo(own)
  const most = wanted === null ? way.length - 1 : Math.min(way.length, levels.indexOf(wanted as Level))
  const isInside = wayTo(code).every((step, at) => at >= way.length || step === way[at])
  const isAbove = code !== '' && wayTo(code).length < most
  return isInside && !isAbove ? Math.max(0, most) : 0
}

/** The lists to show: those chosen from, and one more below, down to the level that is wanted. */
export function areaSteps(code: string, wanted: string | null): AreaStep[] {
  const way = wayTo(code)
  const last = wanted === null ? levels.length : levels.indexOf(wanted as Level) + 1
  const many = Math.min(way.length + 1, last <= 0 ? levels.length : last)
  return levels
    .slice(0, many)
    .map((level, at) => ({ level, parent: way[at - 1] ?? '', chosen: way[at] ?? '' }))
}
