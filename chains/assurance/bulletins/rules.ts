import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Reference, Rendered, Section } from './contract.ts'

/** A figure that somebody typed: digits before a unit. Years, months, days and numbers of articles are none. */
const TYPED =
  /[0-9０-９][0-9０-９,，.．]*\s*(?:[多余几来十百千万亿]+\s*)?(?:元|户|人|家|单|个?百分点|个|种|斤|公斤|吨|件|笔|[%％‰]|yuan|households?|people|persons?|orders?|percent|per cent|million|billion|tons?)/iu
/** The same in Chinese numerals, where nothing but an amount can be meant. */
const TYPED_ZH =
  /[〇零一二三四五六七八九十百千两]+(?:点[〇零一二三四五六七八九]+)?\s*[万亿]\s*(?:元|户|人|单|斤|公斤|吨|件|笔)|百分之[〇零一二三四五六七八九十百点]+/u
const TOKEN = /\{\{([^{}]*)\}\}/g

export type TextRefusal = 'bulletin.typed_figure' | 'bulletin.unknown_figure'

/**
 * Whether a text only places figures. Refusals: `bulletin.typed_figure` {text} for digits typed before a unit,
 * `bulletin.unknown_figure` {key} for a place or table of a figure that the bulletin does not have.
 */
export function checkText(
  title: string,
  sections: readonly Section[],
  keys: ReadonlySet<string>,
): Result<null, TextRefusal> {
  for (const { heading, text, tables } of [{ heading: title, text: '', tables: [] }, ...sections]) {
    const places = [...text.matchAll(TOKEN)].map(match => match[1]!)
    const unknown = [...places, ...tables].find(key => !keys.has(key))
    if (unknown !== undefined) return refuse('bulletin.unknown_figure', { key: unknown.slice(0, 50) })
    // a place is no letter: what stands beside it is still seen
    const typed = [heading, text.replace(TOKEN, ' ')].flatMap(typedIn)[0]
    if (typed !== undefined) return refuse('bulletin.typed_figure', { text: typed.slice(0, 50) })
  }
  return ok(null)
}

const typedIn = (text: string): string[] => {
  const found = TYPED.exec(text) ?? TYPED_ZH.exec(text)
  return found ? [found[0]] : []
}

/** The text as it is read, with every figure in its place. */
export function filled(text: string, figures: readonly Pick<Rendered, 'key' | 'shown'>[]): string {
  const shown = new Map(figures.map(figure => [figure.key, figure.shown]))
  return text.replace(TOKEN, (place, key: string) => shown.get(key) ?? place)
}

/** An amount as a bulletin shows it: yuan below ten thousand, 万元 and 亿元 above; hundredths of a percent as a percentage. */
export function showAmount(
  value: number | null,
  unit: string,
  words: Readonly<Record<string, string>>,
): string {
  if (value === null) return '—'
  if (unit === 'percent') return `${decimal(value, 100)}%`
  if (unit === 'fen') return showFen(value)
  if (unit === 'times') return `${decimal(value, 100)}${words.times ?? ''}`
  return `${grouped(String(value))}${words[unit] ?? ''}`
}

function showFen(fen: number): string {
  const size = Math.abs(fen)
  if (size >= 1e10) return `${decimal(rounded(fen, 1e8), 100)}亿元`
  return size >= 1e6 ? `${decimal(rounded(fen, 1e4), 100)}万元` : `${decimal(fen, 100)}元`
}

/** Hundredths of a larger unit, rounded half up. */
const rounded = (value: number, by: number): number =>
  Number((2n * BigInt(value) + BigInt(by)) / (2n * BigInt(by)))

/** In a table's column: yuan with cents, and plain numbers, grouped by thousands. */
export const inTable = (value: number | null, unit: string): string =>
  value === null
    ? '—'
    : unit === 'fen' || unit === 'percent' || unit === 'times'
      ? decimal(value, 100)
      : grouped(String(value))

function decimal(value: number, per: number): string {
  const digits = String(Math.abs(value)).padStart(3, '0')
  const whole = digits.slice(0, -2)
  return `${value < 0 ? '-' : ''}${grouped(whole)}.${digits.slice(-String(per).length + 1)}`
}

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',')

/** What the canonical text of a bulletin is made of; its hash stands in the log. */
export const contentOf = ({
  month,
  title,
  sections,
  figures,
}: {
  month: string
  title: string
  sections: readonly Section[]
  figures: readonly Rendered[]
}) => ({ month, title, sections, figures })

interface Plan {
  readonly metric: string
  readonly key: string
  readonly by?: readonly string[]
  /** Of the year up to the month instead of the month itself. */
  readonly year?: boolean
  readonly where?: (month: string) => Record<string, string>
}

const ofYear = (month: string): Record<string, string> => ({ year: month.slice(0, 4) })

/** The figures of a monthly bulletin (domain 2.18, S3-69). */
const plans: readonly Plan[] = [
  { key: 'completed', metric: 'completed_purchases' },
  { key: 'completed_year', metric: 'completed_purchases', year: true },
  { key: 'ordered', metric: 'ordered_amount' },
  { key: 'completed_of_ordered', metric: 'completed_of_ordered' },
  { key: 'by_county', metric: 'completed_purchases', by: ['county'] },
  { key: 'by_buyer', metric: 'completed_purchases', by: ['buyerKind'] },
  { key: 'by_class', metric: 'purchases_by_class', by: ['class'] },
  { key: 'buyers', metric: 'active_buyers' },
  { key: 'repeat', metric: 'repeat_purchase' },
  { key: 'suppliers', metric: 'active_suppliers' },
  { key: 'reserved', metric: 'quota_reserved', where: ofYear },
  { key: 'counted', metric: 'quota_counted', where: ofYear },
  { key: 'progress', metric: 'quota_progress', where: ofYear },
  { key: 'by_district', metric: 'quota_progress', by: ['district'], where: ofYear },
  { key: 'households', metric: 'households_driven' },
  { key: 'persons', metric: 'persons_driven' },
  { key: 'income', metric: 'household_income' },
  { key: 'each_household', metric: 'income_per_household' },
  { key: 'income_by_county', metric: 'household_income', by: ['county'] },
  { key: 'products', metric: 'recognised_products' },
  { key: 'days', metric: 'days_to_payment' },
]

export const referencesOf = (month: string): Reference[] =>
  plans.map(({ key, metric, by = [], year, where }) => ({
    ...{ key, metric, by: [...by], level: null, where: where?.(month) ?? {} },
    from: year ? `${month.slice(0, 4)}-01` : month,
    to: month,
    grain: year ? 'year' : 'month',
  }))

/** The draft's words; everything but the places of figures may be written otherwise. */
export function draftText(month: string): { title: string; sections: Section[] } {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const when = `${year}年${number}月`
  return {
    title: `消费帮扶工作月报（${when}）`,
    sections: [
      {
        heading: '一、总体情况',
        text: `${when}，完成采购{{completed}}，下单{{ordered}}，完成与下单之比{{completed_of_ordered}}；本年累计完成{{completed_year}}。当月活跃采购单位{{buyers}}，复购率{{repeat}}；活跃供应商{{suppliers}}。完成指已验收、已付款、已评价。`,
        tables: ['by_county', 'by_buyer', 'by_class'],
      },
      {
        heading: '二、预留份额',
        text: '截至月末，已确认预留份额{{reserved}}，计入份额的采购额{{counted}}，完成进度{{progress}}。',
        tables: ['by_district'],
      },
      {
        heading: '三、联农带农',
        text: '当月带动农户{{households}}、{{persons}}（去重），农户增收{{income}}，户均{{each_household}}。',
        tables: ['income_by_county'],
      },
      {
        heading: '四、产品与服务',
        text: '期末在册认定产品{{products}}；验收至付款的中位天数为{{days}}。',
        tables: [],
      },
    ],
  }
}
