import { join } from 'node:path'
import { type Language, loadWords } from '../declared/words.ts'
import type { RefusalParams } from '../result/result.ts'

export const sheetWords = loadWords(join(import.meta.dirname, 'messages'))

/** A word of the sheets themselves: headings of the legend, units, reasons of faults. */
export const sheetWord = (language: Language, key: string, params: RefusalParams = {}): string =>
  filled(sheetWords.say(language, 'sheets', key), params)

/** `own` are the words of what was imported: a code of its own rules is said there. */
export function reasonOf(
  language: Language,
  own: Readonly<Record<string, string>>,
  code: string,
  params: RefusalParams,
): string {
  const said = own[`error.${code}`] ?? sheetWords.of(language, 'sheets')[`error.${code}`]
  return said === undefined ? sheetWord(language, 'error.unknown', { code }) : filled(said, params)
}

const filled = (text: string, params: RefusalParams): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = params[name] ?? ''
    return typeof value === 'object' ? value.join(', ') : String(value)
  })
