import type { SheetCell } from './cell.ts'

/** Built-in formats that show a day or a time, those of Chinese Excel among them. */
const BUILT_IN = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
] as const

/** Whether numbers in this format are days or times. */
export const isDateFormat = (id: number, code: string | undefined): boolean =>
  code === undefined ? BUILT_IN.some(([first, last]) => id >= first && id <= last) : showsDate(code)

/** Texts, colours, conditions and fillers say nothing; of what is in brackets only elapsed times do. */
const showsDate = (code: string): boolean =>
  /[ymdhs]/i.test(
    code
      .replace(/"[^"]*"|\\.|_.|\*./g, '')
      .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
      .replace(/general/gi, ''),
  )

const DAY_MS = 86_400_000
const EPOCH_1900 = Date.UTC(1899, 11, 30)
const EPOCH_1904 = Date.UTC(1904, 0, 1)
/** 9999-12-31 */
const LAST = 2_958_466

/** A serial number of days as a date; what is none of the calendar stays a number. */
export function dateOfSerial(serial: number, from1904: boolean): SheetCell {
  if (!(serial >= 1 && serial < LAST)) return serial
  // Lotus 1-2-3, and Excel after it, counted a 29th of February in 1900
  const days = !from1904 && serial < 60 ? serial + 1 : serial
  const seconds = Math.round(days * 86_400)
  const day = (from1904 ? EPOCH_1904 : EPOCH_1900) / DAY_MS + Math.floor(seconds / 86_400)
  return { date: textOf(day), time: timeOf(seconds % 86_400) }
}

/** Days come again and again, and their texts are dear to make. */
const texts = new Map<number, string>()

function textOf(day: number): string {
  const known = texts.get(day)
  if (known !== undefined) return known
  if (texts.size > 50_000) texts.clear()
  const text = new Date(day * DAY_MS).toISOString().slice(0, 10)
  texts.set(day, text)
  return text
}

const timeOf = (seconds: number): string | null =>
  seconds === 0 ? null : new Date(seconds * 1000).toISOString().slice(11, 19)

/** A day as the serial number that Excel keeps; the first days of 1900 are no exception worth keeping. */
export const serialOfDate = (date: string): number => (Date.parse(`${date}T00:00:00Z`) - EPOCH_1900) / DAY_MS
