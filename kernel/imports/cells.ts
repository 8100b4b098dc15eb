import { ok, type Result, refuse } from '../result/result.ts'

/** Reads the trimmed, non-empty text of a cell. */
export type Cell<T> = (text: string) => Result<T>

export const text =
  (most: number): Cell<string> =>
  text =>
    text.length > most ? refuse('cell.too_long', { most }) : ok(text)

export const wholeNumber =
  (least: number, most: number): Cell<number> =>
  text => {
    if (!/^-?\d{1,16}$/.test(text)) return refuse('cell.not_whole')
    const n = Number(text)
    return n < least || n > most ? refuse('cell.out_of_range', { least, most }) : ok(n)
  }

/** A degree of longitude or latitude, or another measure that no money rests on. */
export const measure =
  (least: number, most: number): Cell<number> =>
  text => {
    const n = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
    if (Number.isNaN(n)) return refuse('cell.not_number')
    return n < least || n > most ? refuse('cell.out_of_range', { least, most }) : ok(n)
  }

/** An exact decimal: `units` ÷ 10^`places`, without trailing zeros. */
export interface Decimal {
  readonly units: number
  readonly places: number
}

/** Not negative, at most 9 places before the point and 6 after it: 4.05 is 405 ÷ 10². */
export const decimal: Cell<Decimal> = text => {
  const found = /^(\d{1,9})(?:\.(\d{0,6}?)0*)?$/.exec(text)
  if (!found) return refuse('cell.not_decimal')
  const after = found[2] ?? ''
  return ok({ units: Number(found[1]! + after), places: after.length })
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/
const OTHERWISE = /^(\d{4})([-/.年])(\d{1,2})(?:\2|月)(\d{1,2})日?$/
const RUN_TOGETHER = /^(\d{4})(\d{2})(\d{2})$/

/** A day of the calendar, as `YYYY-MM-DD`; also written 2013/6/10, 2013.6.10, 2013年6月10日 or 20130610. */
export const date: Cell<string> = text => {
  const iso = ISO.exec(text)
  if (iso) return isDay(iso[1]!, iso[2]!, iso[3]!) ? ok(text) : refuse('cell.not_date')
  const found = OTHERWISE.exec(text)
  const [year, month, day] = found
    ? [found[1], found[3], found[4]]
    : (RUN_TOGETHER.exec(text)?.slice(1) ?? [])
  if (!year || !month || !day || !isDay(year, month, day)) return refuse('cell.not_date')
  return ok(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isDay(year: string, month: string, day: string): boolean {
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  const leap = m === 2 && y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0)
  return d >= 1 && d <= (LENGTHS[m - 1] ?? 0) + (leap ? 1 : 0)
}

/** One of some words, each with the value it stands for. */
export const oneOf =
  <T>(words: Readonly<Record<string, T>>): Cell<T> =>
  text =>
    Object.hasOwn(words, text) ? ok(words[text]!) : refuse('cell.unknown_word', { known: Object.keys(words) })
