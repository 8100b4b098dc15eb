import type { Reader } from '@silian/kernel/database/database.ts'
import { classWords, englishWords } from './synonyms.ts'

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

const english = (path: string, name: string): string[] => [letters(name), ...(englishWords[path] ?? [])]

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
        words: [...new Set([nameZh, ...synonyms, ...(classWords[path] ?? []), ...english(path, nameEn)])],
      },
    ]),
  )
}

const peoples =
  '各|壮|回|维吾尔|毛南|瑶|塔吉克|藏|彝|苗|侗|土家|布依|哈尼|傣|白|蒙古|羌|仡佬|水|仫佬|满|朝鲜|黎|畲|哈萨克|柯尔克孜|土|东乡|保安|撒拉|裕固|傈僳|独龙|怒|普米|佤|拉祜|纳西|景颇|锡伯|达斡尔|鄂温克|鄂伦春|布朗'
const suffix = new RegExp(
  `(?:(?:${peoples})族?)*(?:自治区|自治州|自治县|自治旗|特别行政区|地区|林区|省|市|县|区|旗|州|盟)$`,
)

const plainSuffix = new RegExp(suffix.source.replace(/^.*\)\*/u, ''))

/** 环江毛南族自治县 → 环江, 西藏自治区 → 西藏; what would leave a single sign stays whole: 城区. */
export const shortName = (name: string): string =>
  [suffix, plainSuffix].map(end => name.replace(end, '')).find(short => short.length > 1) ?? name

/** What people call a place beside its names. */
const alsoCalled: Readonly<Record<string, readonly string[]>> = {
  '15': ['内蒙'],
  '653131': ['塔县'],
  '4331': ['湘西'],
  '5226': ['黔东南'],
  '5227': ['黔南'],
  '5223': ['黔西南'],
  '6528': ['巴州', '南疆'],
  '6531': ['南疆'],
  '6532': ['南疆'],
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
      const words = [...new Set([shortName(nameZh), nameZh, letters(nameEn), ...(alsoCalled[step] ?? [])])]
      return [step, { step, nameZh, nameEn, words }]
    }),
  )
}
