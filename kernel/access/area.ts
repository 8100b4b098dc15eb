export const areaLevels = ['province', 'prefecture', 'county', 'township', 'village'] as const
export type AreaLevel = (typeof areaLevels)[number]

/** Places of a code that tell areas of one level apart. */
const places: Readonly<Record<AreaLevel, number>> = {
  province: 2,
  prefecture: 4,
  county: 6,
  township: 9,
  village: 12,
}

/** The level a GB/T 2260 code has by its form: 450000 a province, 451000 a prefecture, 451028 a county. */
export function levelOf(code: string): AreaLevel | undefined {
  if (/^\d{12}$/.test(code)) return 'village'
  if (/^\d{9}$/.test(code)) return 'township'
  if (!/^\d{6}$/.test(code)) return undefined
  if (code.endsWith('0000')) return 'province'
  return code.endsWith('00') ? 'prefecture' : 'county'
}

/** A code's step in the path: 450000 → 45, 451000 → 4510. */
export const segmentOf = (code: string, level: AreaLevel): string => code.slice(0, places[level])

/** Codes that may stand above this one, nearest first. Not every county has a prefecture above it. */
export function ancestorsOf(code: string, level: AreaLevel): string[] {
  const above = areaLevels.slice(0, areaLevels.indexOf(level)).reverse()
  return above.map(l => code.slice(0, places[l]).padEnd(6, '0'))
}

/** Whether a path is an area's own or lies below it; '45/4510' is not below '45/45'. */
export const isWithin = (path: string, area: string): boolean => path === area || path.startsWith(`${area}/`)

/** The code of the county in a path, or of the nearest area above one: '44/4403/440304/440304001' → '440304'. */
export const countyOf = (path: string): string =>
  path
    .split('/')
    .findLast(step => step.length <= places.county)!
    .padEnd(places.county, '0')
