import { type Column, isSealed, type Value } from '../declared/columns.ts'
import { placesOf } from '../declared/units.ts'
import { checkValue } from '../declared/values.ts'
import { type Language, languages, type Words } from '../declared/words.ts'
import { date as dateText } from '../imports/cells.ts'
import type { RefusalParams } from '../result/result.ts'
import { cellText, isDate, isError, type SheetCell } from '../sheets/cell.ts'
import { COVERED } from '../sheets/merged.ts'
import { sheetWords } from '../sheets/words.ts'

/**
 * `name`: an area, organisation, row or reference as people write it, still to be looked up. `masked`: as an export shows a value
 * of a person, still to be told from those that stand.
 */
export type Read =
  | { readonly value: Value }
  | { readonly name: string }
  | { readonly masked: string }
  | { readonly code: string; readonly params?: RefusalParams }

export type CellReader = (cell: SheetCell | undefined) => Read

/** Numbers of more places than that have lost some on the way. */
const EXACT = 1e15

/** Where a column's words stand: `value.<place><name>.<word>`. */
export interface Place {
  readonly words: Words
  readonly register: string
  /** Empty, or `member.` */
  readonly prefix: string
  readonly name: string
}

/** Reads a column's cells as leniently as people write them, and as strictly as the column is declared. */
export function cellReader(column: Column, place: Place): CellReader {
  const read = readerOf(column, place)
  return cell => {
    if (cell === COVERED) return { code: 'cell.merged' }
    if (isError(cell)) return { code: 'cell.formula_error', params: { error: cell.error } }
    const text = cellText(cell)
    if (text === '') return { value: null }
    if (text.includes('\ufffd')) return { code: 'cell.unreadable' }
    if (isSealed(column) && text.includes('*')) return { masked: text }
    const found = read(text, cell!)
    return 'value' in found ? checked(column, found.value) : found
  }
}

const checked = (column: Column, value: Value): Read => checkValue(column, value)

/** What stood in a faulty cell, unless it says something of a person. */
export const excerptOf = (column: Column | undefined, cell: SheetCell | undefined): string | null => {
  if (!column || column.personal !== undefined || isSealed(column) || cell === COVERED) return null
  return cellText(cell).slice(0, 80) || null
}

type TextReader = (text: string, cell: Exclude<SheetCell, null>) => Read

function readerOf(column: Column, place: Place): TextReader {
  switch (column.kind) {
    case 'text':
      if (column.reference) return named
      return (text, cell) =>
        typeof cell === 'number' && Math.abs(cell) >= EXACT ? { code: 'cell.lost_digits' } : { value: text }
    case 'number':
      return (text, cell) =>
        isDate(cell) ? { code: 'cell.not_number' } : wholeOf(text, placesOf(column.unit))
    case 'date':
      return (text, cell) => (isDate(cell) ? { value: cell.date } : dateOf(text))
    case 'year':
      return (text, cell) => yearOf(isDate(cell) ? cell.date.slice(0, 4) : text)
    case 'yes':
      return text => yesOf(text)
    case 'choice':
      return choiceReader(column.of, place)
    case 'choices':
      return choicesReader(column.of, place)
    case 'files':
      return () => ({ value: null })
    default:
      return named
  }
}

const named: TextReader = text => ({ name: text.normalize('NFKC').trim() })

function wholeOf(text: string, places: number): Read {
  const plain = text.normalize('NFKC').replace(/[\s¥]/g, '')
  const grouped = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(',', '') : plain
  const [, sign, before, after = ''] = /^(-?)(\d{1,15})(?:\.(\d+?)0*)?$/.exec(grouped) ?? []
  if (before === undefined) return { code: 'cell.not_number' }
  const decimals = after === '0' ? '' : after
  if (decimals.length > places) return { code: 'cell.not_whole' }
  const value = Number(before + decimals.padEnd(places, '0'))
  return { value: sign === '-' && value !== 0 ? -value : value }
}

function dateOf(text: string): Read {
  const day = text.normalize('NFKC').replace(/[T\s]+\d{1,2}:\d{2}(:\d{2})?$/, '')
  const found = dateText(day.replace(/\s/g, ''))
  return found.ok ? { value: found.value } : { code: 'cell.not_date' }
}

function yearOf(text: string): Read {
  const [, year] = /^(\d{4})年?$/.exec(text.normalize('NFKC').trim()) ?? []
  return year ? { value: Number(year) } : { code: 'cell.not_year' }
}

const spoken = (key: string): ReadonlySet<string> =>
  new Set(languages.flatMap(language => sheetWords.say(language, 'sheets', key).split('|')))
const [YES, NO] = [spoken('read.yes'), spoken('read.no')]

function yesOf(text: string): Read {
  const word = text.normalize('NFKC').trim().toLowerCase()
  if (YES.has(word)) return { value: true }
  return NO.has(word) ? { value: false } : { code: 'cell.not_yes' }
}

const folded = (word: string): string => word.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase()

/** What a column's words are called: in both languages, by synonyms (`synonyms.value.…`), and by themselves. */
function wordsOf(of: readonly string[], place: Place): Map<string, string> {
  const found = new Map<string, string>()
  for (const word of of)
    for (const language of languages)
      for (const said of [word, ...labelsOf(place, language, word)]) found.set(folded(said), word)
  return found
}

function labelsOf({ words, register, prefix, name }: Place, language: Language, word: string): string[] {
  const said = words.of(language, register)
  const key = `value.${prefix}${name}.${word}`
  return [said[key], ...(said[`synonyms.${key}`]?.split('|') ?? [])].filter(label => label !== undefined)
}

/** The words as people see them, for reports and templates. */
export const shownWords = (of: readonly string[], place: Place, language: Language): string[] =>
  of.map(word => labelsOf(place, language, word)[0] ?? word)

function choiceReader(of: readonly string[], place: Place): TextReader {
  const known = wordsOf(of, place)
  const params = { known: shownWords(of, place, 'zh') }
  return text => {
    const word = known.get(folded(text))
    return word === undefined ? { code: 'cell.unknown_word', params } : { value: word }
  }
}

function choicesReader(of: readonly string[], place: Place): TextReader {
  const one = choiceReader(of, place)
  return (text, cell) => {
    const found = text
      .split(/[、,，;；|/\n]/)
      .filter(word => word.trim() !== '')
      .map(word => one(word, cell))
    const wrong = found.find(read => !('value' in read))
    return wrong ?? { value: found.map(read => String((read as { value: Value }).value)) }
  }
}
