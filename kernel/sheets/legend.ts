import type { Language } from '../declared/words.ts'
import type { OutSheet } from './sheet-xml.ts'
import { type TableColumn, tableSheet } from './table.ts'
import { sheetWord } from './words.ts'

/** A sheet that says what the columns of the others mean. */
export function legendSheet(
  language: Language,
  tables: readonly { readonly name: string; readonly columns: readonly TableColumn[] }[],
): OutSheet {
  const say = (key: string) => sheetWord(language, key)
  return tableSheet({
    name: say('legend.title'),
    columns: [
      { label: say('legend.sheet'), format: 'text' },
      { label: say('legend.column'), format: 'text', width: 24 },
      { label: say('legend.required'), format: 'text', width: 10 },
      { label: say('legend.unit'), format: 'text', width: 10 },
      { label: say('legend.meaning'), format: 'text', width: 60 },
      { label: say('legend.words'), format: 'text', width: 60 },
    ],
    rows: tables.flatMap(({ name, columns }) =>
      columns.map(({ label, required, unit, help, words = [] }) => [
        name,
        label,
        required ? say('yes') : null,
        unit ?? null,
        help ?? null,
        words.join(language === 'zh' ? '、' : '; ') || null,
      ]),
    ),
  })
}
