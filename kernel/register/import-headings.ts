import type { Columns } from '../declared/columns.ts'
import { languages, type Words } from '../declared/words.ts'
import { plain } from '../imports/columns.ts'
import { Refused } from '../result/result.ts'
import { cellText, type SheetCell } from '../sheets/cell.ts'
import type { Register } from './define.ts'

/** Column → its place in a row. */
export type Places = ReadonlyMap<string, number>

/** Heading → column, of a register or one of its parts. */
export type Labels = ReadonlyMap<string, string>

export const importable = (columns: Columns): Columns =>
  Object.fromEntries(
    Object.entries(columns).filter(([, { computed = false, kind }]) => !computed && kind !== 'files'),
  )

/** What a heading may say: the column's name, its labels and their synonyms in both languages. */
export function labelsFor(words: Words, register: string, columns: Columns, prefix = ''): Labels {
  const labels = new Map<string, string>()
  for (const name of Object.keys(importable(columns)))
    for (const language of languages) {
      const said = words.of(language, register)
      const synonyms = said[`synonyms.${prefix}${name}`]?.split('|') ?? []
      for (const label of [name, said[`column.${prefix}${name}`] ?? name, ...synonyms])
        if (plain(label) !== '') labels.set(plain(label), name)
    }
  return labels
}

/** What a sheet may be called: `title` for the register itself, `part.<part>` for a part. */
export const titlesFor = (words: Words, register: string, key: string): ReadonlySet<string> =>
  new Set(
    languages.map(language => plain(words.of(language, register)[key] ?? '')).filter(title => title !== ''),
  )

/** Finds columns in a heading, the first set of labels going first. Throws `Refused('import.column_twice')` {column}. */
export function placesIn(cells: readonly SheetCell[], sets: readonly Labels[]): Places[] {
  const found = sets.map(() => new Map<string, number>())
  for (const [place, cell] of cells.entries()) {
    const label = plain(cellText(cell))
    const known = sets.map(labels => labels.get(label))
    const free = known.findIndex((name, i) => name !== undefined && !found[i]!.has(name))
    if (free !== -1) found[free]!.set(known[free]!, place)
    else if (known.some(name => name !== undefined))
      throw new Refused('import.column_twice', { column: cellText(cell).slice(0, 80) })
  }
  return found
}

/** Labels of the required columns that a heading lacks. */
export const lackedBy = (
  words: Words,
  register: Register,
  columns: Columns,
  places: Places,
  prefix = '',
): string[] =>
  Object.entries(importable(columns)).flatMap(([name, { required = true }]) =>
    required && !places.has(name) ? [words.say('zh', register.name, `column.${prefix}${name}`)] : [],
  )
