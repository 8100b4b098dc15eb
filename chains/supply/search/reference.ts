import type { Reader } from '@silian/kernel/database/database.ts'
import { classWords } from './synonyms.ts'

export interface SearchClass {
  readonly path: string
  readonly nameZh: string
  readonly nameEn: string
  /** Its names in both languages and what people also call it. */
  readonly words: readonly string[]
}

/** A province, prefecture or county; `step` is its place in the path, `45`, `4510`, `451003`. */
export interface SearchArea {
  readonly step: string
  readonly nameZh: string
  readonly nameEn: string
  readonly words: readonly string[]
}

const letters = (english: string) => english.toLowerCase().replace(/[^a-z]/g, '')

export async function searchClasses(tx: Reader): Promise<Map<string, SearchClass>> {
  const rows = await tx.query<{ path: string; name_zh: string; name_en: string; synonyms: string[] }>(
    'select path, name_zh, name_en, synonyms from produce_class',
    [],
    'search-classes',
  )
  return new Map(
    rows.map(({ path, name_zh: nameZh, name_en: nameEn, synonyms }) => [
      path,
      {
        ...{ path, nameZh, nameEn },
        words: [...new Set([nameZh, ...synonyms, ...(classWords[path] ?? []), letters(nameEn)])],
      },
    ]),
  )
}

const peoples =
  '各|壮|回|维吾尔|毛南|瑶|塔吉克|藏|彝|苗|侗|土家|布依|哈尼|傣|白|蒙古|羌|仡佬|水|仫佬|满|朝鲜|黎|畲|哈萨克|柯尔克孜|土|东乡|保安|撒拉|裕固|傈僳|独龙|怒|普米|佤|拉祜|纳西|景颇|锡伯|达斡尔|鄂温克|鄂伦春|布朗'
const suffix = new RegExp(
  `(?:(?:${peoples})族?)*(?:自治区|自治州|自治县|自治旗|特别行政区|地区|林区|省|市|县|区|旗|州|盟)$`,
)

/** 环江毛南族自治县 → 环江; what would leave a single sign stays whole: 城区. */
export function shortName(name: string): string {
  const short = name.replace(suffix, '')
  return short.length > 1 ? short : name
}

/** The counties of the codes with what lies above them, by their step. */
export async function searchAreas(tx: Reader, counties: readonly string[]): Promise<Map<string, SearchArea>> {
  const codes = counties.flatMap(code => [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code])
  const rows = await tx.query<{ code: string; name_zh: string; name_en: string }>(
    'select code, name_zh, name_en from area where code = any($1)',
    [[...new Set(codes)]],
    'search-areas',
  )
  return new Map(
    rows.map(({ code, name_zh: nameZh, name_en: nameEn }) => {
      const step = code.replace(/^(\d{2}|\d{4})(00)+$/, '$1')
      const words = [...new Set([shortName(nameZh), nameZh, letters(nameEn)])]
      return [step, { step, nameZh, nameEn, words }]
    }),
  )
}
