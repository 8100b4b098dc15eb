export const baseTypes = ['crops', 'livestock', 'aquatic', 'processing', 'circulation'] as const
export const livestock = ['pigs', 'cattle_sheep', 'poultry', 'layers'] as const
export const exitPermissions = ['own_lab', 'commissioned', 'none'] as const

/** What a recognition asks for (深市监规〔2020〕7号, P51) and a base may lack. */
export const gaps = [
  ...([
    'licence',
    'agreement',
    'run',
    'production',
    'land',
    'tests',
    'records',
    'exit',
    'share',
    'scale',
  ] as const),
] as const
export type Gap = (typeof gaps)[number]

export interface BaseState {
  readonly areaCode: string
  readonly type: string
  readonly livestock: string | null
  readonly landArea: number | null
  readonly yearlyHead: number | null
  readonly cityShare: number | null
  readonly licence: string | null
  readonly agreement: boolean | null
  readonly operatedSince: string | null
  readonly producingSince: string | null
  readonly landUntil: string | null
  readonly soilTestedOn: string | null
  readonly waterTestedOn: string | null
  readonly records: boolean | null
  readonly exitPermission: string | null
}

/** A day some years before; of 29 February the day after. */
const yearsBefore = (today: string, years: number): string => {
  const day = new Date(`${Number(today.slice(0, 4)) - years}${today.slice(4)}T00:00:00Z`)
  return day.toISOString().slice(0, 10)
}

const since = (date: string | null, latest: string): boolean => date !== null && date <= latest

/** What of the must-haves is missing on a day, in the order in which the rule names them. */
export function gapsOf(base: BaseState, today: string): Gap[] {
  const tested = [base.soilTestedOn, base.waterTestedOn]
  const isMet: Record<Gap, boolean> = {
    licence: base.licence !== null,
    agreement: base.agreement === true,
    run: since(base.operatedSince, yearsBefore(today, 2)),
    production: since(base.producingSince, yearsBefore(today, 1)),
    land: base.landUntil !== null && base.landUntil > today,
    tests: tested.every(day => day !== null && day > yearsBefore(today, 2)),
    records: base.records === true,
    exit: base.exitPermission !== null && base.exitPermission !== 'none',
    share: (base.cityShare ?? 0) >= 5000,
    scale: isLarge(base),
  }
  return gaps.filter(gap => !isMet[gap])
}

/** A mu is 2,000/3 square metres: 1,000 mu outside the province, 500 in it, 200 in the city. */
const muNeeded = (areaCode: string): number =>
  areaCode.startsWith('4403') ? 200 : areaCode.startsWith('44') ? 500 : 1000

const headNeeded: Readonly<Record<string, number>> = { pigs: 10_000, cattle_sheep: 500, poultry: 100_000 }

/** For layers, water, processing and circulation the rule's figures are not known to us: not judged. */
function isLarge({ type, areaCode, landArea, livestock: kind, yearlyHead }: BaseState): boolean {
  if (type === 'crops') return (landArea ?? 0) * 3 >= muNeeded(areaCode) * 2000
  if (type !== 'livestock') return true
  return kind === null ? false : (yearlyHead ?? 0) >= (headNeeded[kind] ?? 0)
}
