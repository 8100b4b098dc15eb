import { levelOf } from '../../access/area.ts'
import type { AreaInput } from '../../access/areas.ts'
import { measure, text, wholeNumber } from '../cells.ts'
import { column, type Fault, optionalColumn, type RowOf } from '../columns.ts'
import { provinceNames } from './provinces.ts'

export const countyColumns = {
  code: column(['县码', '行政区划代码'], text(6)),
  name: column(['县名', '名称'], text(40)),
  currentName: optionalColumn(['现名'], text(40)),
  province: column(['省', '省份'], text(40)),
  city: column(['市', '地市'], text(40)),
  delistedYear: column(['摘帽年份', '退出年份'], wholeNumber(2016, 2020)),
  lng: optionalColumn(['经度'], measure(73, 136)),
  lat: optionalColumn(['纬度'], measure(3, 54)),
  newCode: optionalColumn(['新代码'], text(6)),
}
export type County = RowOf<typeof countyColumns>

/** What became of a county since it was listed. */
export interface Change {
  readonly code: string
  readonly name: string
  readonly currentName: string
  readonly newCode: string | null
}

export const faultOfCounty = ({ code, newCode }: County): Omit<Fault, 'excerpt'> | undefined => {
  if (levelOf(code) !== 'county') return { column: 'code', code: 'area.malformed', params: { code } }
  if (newCode !== null && levelOf(newCode) !== 'county')
    return { column: 'newCode', code: 'area.malformed', params: { code: newCode } }
  return undefined
}

export interface Resolved {
  readonly area: AreaInput
  readonly formerName: string | undefined
  /** The area that took the county's place, to be made where it does not exist. */
  readonly successor: AreaInput | undefined
}

/**
 * A county as it stands now: renamed ones under their present name, recoded and merged ones closed and replaced. The
 * 832 are the list as it was drawn up, so the mark stays with the code that was on it and no successor bears it too.
 */
export function resolveCounty(county: County, change: Change | undefined, changedBy: string): Resolved {
  const { name, currentName, newCode } = change ?? county
  const place = {
    ...(county.lng === null ? {} : { lng: county.lng }),
    ...(county.lat === null ? {} : { lat: county.lat }),
  }
  const listed = { code: county.code, ...place, assisted832: true, delistedYear: county.delistedYear }
  if (newCode === null) {
    const nameZh = currentName ?? name
    const formerName = nameZh === name ? undefined : name
    return { area: { ...listed, nameZh, nameEn: nameZh }, formerName, successor: undefined }
  }
  const nameZh = nameUnder(newCode, name)
  return {
    area: { ...listed, nameZh: name, nameEn: name, validTo: changedBy, replacedBy: newCode },
    formerName: undefined,
    successor: { code: newCode, nameZh, nameEn: nameZh, ...place, validFrom: changedBy },
  }
}

/** GB/T 2260 gives cities of county rank the numbers from 81: a county that moves there has become one. */
const nameUnder = (code: string, name: string): string =>
  Number(code.slice(4)) >= 81 && name.endsWith('县') ? `${name.slice(0, -1)}市` : name

/** The province and prefecture of a county, from its code and what its row calls them. */
export function areasAbove({ code, province, city }: County): AreaInput[] {
  const nameEn = provinceNames[code.slice(0, 2)] ?? province
  return [
    { code: `${code.slice(0, 2)}0000`, nameZh: province, nameEn },
    { code: `${code.slice(0, 4)}00`, nameZh: city, nameEn: city },
  ]
}
