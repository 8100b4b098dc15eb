import type { Column, Columns, Value } from '../declared/columns.ts'
import { isRequired, referenceOf } from '../declared/columns.ts'
import { inShownUnit, placesOf } from '../declared/units.ts'
import type { Language, Words } from '../declared/words.ts'
import type { OutValue, TableColumn, TableFormat } from '../sheets/table.ts'
import { sheetWord, sheetWords } from '../sheets/words.ts'
import { shownWords } from './import-cells.ts'
import type { Names } from './names.ts'

/** A declared column as a column of a sheet. */
export interface SheetColumn extends TableColumn {
  readonly name: string
  readonly column: Column
}

export interface Naming {
  readonly words: Words
  readonly language: Language
  readonly register: string
  /** Empty, or `member.` */
  readonly prefix: string
}

/** In the order of the declaration; files and what is for rules alone have no place in a sheet. */
export const sheetColumns = (columns: Columns, naming: Naming): SheetColumn[] =>
  Object.entries(columns).flatMap(([name, column]) =>
    column.kind === 'files' || column.inner ? [] : [sheetColumn(name, column, naming)],
  )

function sheetColumn(name: string, column: Column, naming: Naming): SheetColumn {
  const { words, language, register, prefix } = naming
  const said = words.of(language, register)
  const unit = unitOf(column, naming)
  const label = said[`column.${prefix}${name}`] ?? name
  const help = [said[`help.${prefix}${name}`], hintFor(column, language)].filter(part => part !== undefined)
  return {
    ...{ name, column, format: formatOf(column), required: isRequired(column) },
    // brackets do not matter when it is read again
    label: unit === undefined || /[(（]/.test(label) ? label : bracketed(label, unit, language),
    ...(unit === undefined ? {} : { unit }),
    ...(help.length > 0 ? { help: help.join(language === 'zh' ? '；' : '; ') } : {}),
    ...wordsFor(name, column, naming),
    ...(column.kind === 'text' && column.format === 'identity' ? { width: 22 } : {}),
  }
}

const bracketed = (label: string, unit: string, language: Language): string =>
  language === 'zh' ? `${label}（${unit}）` : `${label} (${unit})`

function unitOf(column: Column, { words, language, register }: Naming): string | undefined {
  if (column.kind !== 'number' || column.unit === undefined) return undefined
  const key = `unit.${column.unit}`
  return words.of(language, register)[key] ?? sheetWords.of(language, 'sheets')[key] ?? column.unit
}

function hintFor({ kind }: Column, language: Language): string | undefined {
  return sheetWords.of(language, 'sheets')[`hint.${kind}`]
}

function wordsFor(name: string, column: Column, naming: Naming): { words?: readonly string[] } {
  const { language } = naming
  if (column.kind === 'yes') return { words: [sheetWord(language, 'yes'), sheetWord(language, 'no')] }
  if (column.kind === 'number' && column.only)
    return { words: column.only.map(one => String(inShownUnit(one, column.unit))) }
  if (column.kind !== 'choice' && column.kind !== 'choices') return {}
  return { words: shownWords(column.of, { ...naming, name }, language) }
}

function formatOf(column: Column): TableFormat {
  if (column.kind === 'date') return 'date'
  if (column.kind === 'year') return 'whole'
  if (column.kind !== 'number') return 'text'
  const places = placesOf(column.unit)
  return places === 2 ? (column.unit === 'fen' ? 'fen' : 'hundredth') : places === 3 ? 'gram' : 'whole'
}

/** A value as people read it: words for codes, names for ids. */
export function outValue(
  { column, words = [] }: SheetColumn,
  value: Value | undefined,
  names: Names,
  language: Language,
): OutValue {
  if (value === null || value === undefined) return null
  const called = (word: string) =>
    column.kind === 'choice' || column.kind === 'choices' ? (words[column.of.indexOf(word)] ?? word) : word
  if (typeof value === 'object') return value.map(called).join(language === 'zh' ? '、' : '; ')
  if (typeof value === 'boolean') return words[value ? 0 : 1] ?? value
  if (typeof value === 'number') return value
  if (column.kind === 'choice') return called(value)
  const name = names[value]?.[language]
  // villages of one county share names, and so do goods: the code tells them apart, to people and to the import
  if (column.kind === 'area' || referenceOf(column)) return name === undefined ? value : `${name} ${value}`
  return ['organisation', 'row'].includes(column.kind) ? (name ?? value) : value
}
