import { isDate, isError, type SheetCell } from './cell.ts'
import { serialOfDate } from './date-format.ts'

/** More does not fit a cell. */
const LONGEST = 32_767

/** One cell; empty ones too, where their style says something. */
export function cellXml(name: string, value: SheetCell, style: number): string {
  if (value === null || value === '') return style === 0 ? '' : `<c r="${name}" s="${style}"/>`
  if (typeof value === 'number') return `<c r="${name}" s="${style}"><v>${value}</v></c>`
  if (typeof value === 'string')
    return `<c r="${name}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(value.slice(0, LONGEST))}</t></is></c>`
  if (typeof value === 'boolean') return `<c r="${name}" s="${style}" t="b"><v>${value ? 1 : 0}</v></c>`
  if (isError(value)) return `<c r="${name}" s="${style}" t="e"><v>${escaped(value.error)}</v></c>`
  return isDate(value) ? `<c r="${name}" s="${style}"><v>${serialOf(value)}</v></c>` : ''
}

function serialOf({ date, time }: { date: string; time: string | null }): number {
  const [hours = 0, minutes = 0, seconds = 0] = time?.split(':').map(Number) ?? []
  return serialOfDate(date) + (hours * 3600 + minutes * 60 + seconds) / 86_400
}

// what XML cannot hold at all, and what means something in it
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const SPECIAL = /[<>&"\u0000-\u0008\u000b-\u001f\ufffe\uffff]|_x[\dA-Fa-f]{4}_/g
const NAMED: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' }

/** Text for an element or attribute, in the way that spreadsheets write what XML has no place for. */
export function escaped(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed()
  return SPECIAL.test(whole) ? whole.replace(SPECIAL, escapedPart) : whole
}

const escapedPart = (part: string): string =>
  NAMED[part] ??
  (part.length > 1 ? `_x005F${part}` : `_x${part.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)

/** A spreadsheet may take such a text for a formula once somebody edits it. */
export const looksLikeFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text)
