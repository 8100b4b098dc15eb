import type { Columns } from '../declared/columns.ts'
import type { Language, Words } from '../declared/words.ts'
import { XLSX } from '../files/content-type.ts'
import type { FileAnswer } from '../http/file-answer.ts'
import { columnName } from '../sheets/cell.ts'
import { legendSheet } from '../sheets/legend.ts'
import type { Choices, OutCell, OutSheet } from '../sheets/sheet-xml.ts'
import { HEADING, styleOf } from '../sheets/styles.ts'
import { type TableColumn, tableSheet } from '../sheets/table.ts'
import { sheetWord } from '../sheets/words.ts'
import { writeWorkbook } from '../sheets/write.ts'
import type { Register } from './define.ts'
import { type SheetColumn, sheetColumns } from './export-columns.ts'
import { importable } from './import-headings.ts'

/** What a sheet may bring: of what a process writes nothing but what stands already. */
const asked = (columns: Columns): Columns =>
  Object.fromEntries(Object.entries(importable(columns)).filter(([, { byProcess }]) => !byProcess))

interface TemplateTable {
  readonly name: string
  readonly columns: readonly TableColumn[]
}

/**
 * An empty workbook for a register: a sheet for its rows and one for each part, whose first column is the key that
 * joins them; words to choose from where a column has them, what is required marked, and what everything means.
 */
export function templateOf(register: Register, words: Words, language: Language): FileAnswer {
  const tables = tablesOf(register, words, language)
  const offered = tables.flatMap(({ columns }) => columns.filter(column => column.words !== undefined))
  const listName = sheetWord(language, 'words.title')
  const sheets = tables.map(({ name, columns }) => ({
    ...tableSheet({ name, columns: columns.map(marked), rows: [], explained: true }),
    choices: choicesFor(columns, offered, listName),
  }))
  const content = writeWorkbook([...sheets, legendSheet(language, tables), listSheet(listName, offered)])
  return {
    type: XLSX,
    name: `${sheetWord(language, 'template.name', { register: tables[0]!.name })}.xlsx`,
    content,
  }
}

function tablesOf(register: Register, words: Words, language: Language): TemplateTable[] {
  const naming = { words, language, register: register.name, prefix: '' }
  const main = sheetColumns(asked(register.columns), naming)
  const key = main.filter(({ name }) => name === register.key)
  const said = words.of(language, register.name)
  return [
    { name: said.title ?? register.name, columns: main },
    ...Object.entries(register.parts).map(([part, { columns }]) => ({
      name: said[`part.${part}`] ?? part,
      columns: [...key, ...sheetColumns(asked(columns), { ...naming, prefix: `${part}.` })],
    })),
  ]
}

/** A star says it to whoever does not see colours. */
const marked = (column: TableColumn): TableColumn =>
  column.required ? { ...column, label: `${column.label}*` } : column

// a list of its own for each column: as text in the column's rule, words could have neither commas nor 255 characters
const listSheet = (name: string, offered: readonly TableColumn[]): OutSheet => ({
  name,
  hidden: true,
  widths: offered.map(() => 16),
  rows: [
    { cells: offered.map(({ label }) => ({ value: label, style: HEADING })) },
    ...Array.from({ length: Math.max(0, ...offered.map(({ words = [] }) => words.length)) }, (_, i) => ({
      cells: offered.map(column => choiceCell(column, column.words?.[i] ?? null)),
    })),
  ],
})

// a number among texts would be offered and then refused by the spreadsheet itself
const choiceCell = ({ format }: TableColumn, word: string | null): OutCell =>
  word === null || format === 'text'
    ? { value: word, style: styleOf('text') }
    : { value: Number(word), style: styleOf('plain') }

function choicesFor(
  columns: readonly TableColumn[],
  offered: readonly TableColumn[],
  listName: string,
): Choices[] {
  return columns.flatMap((column, place) => {
    const list = offered.indexOf(column)
    // of several words at once a spreadsheet can offer none
    if (list === -1 || (column as SheetColumn).column.kind === 'choices') return []
    const at = columnName(list)
    return [{ column: place, fromRow: 2, words: `'${listName}'!$${at}$2:$${at}$${1 + column.words!.length}` }]
  })
}
