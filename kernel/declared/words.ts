import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]

/** What a declaration is called in one language: flat keys such as `title`, `column.code`, `value.class.lifted`. */
export type Said = Readonly<Record<string, string>>

/** The words of all declarations, for headers of sheets, notifications and documents. */
export interface Words {
  /** Of a declaration that has none: nothing, and every key stands for itself. */
  of(language: Language, name: string): Said
  /** One word; its key where it was not said. */
  say(language: Language, name: string, key: string): string
}

/** Reads `<directory>/<language>/<name>.json`, once. Throws where a file is not a flat object of texts. */
export function loadWords(directory: string): Words {
  const all = new Map(languages.map(language => [language, readAll(join(directory, language))]))
  const of = (language: Language, name: string): Said => all.get(language)?.get(name) ?? {}
  return { of, say: (language, name, key) => of(language, name)[key] ?? key }
}

/** Puts what is said in place of `{{name}}`; what is not said is left out. */
export const fill = (text: string, said: Readonly<Record<string, string>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => said[name] ?? '')

const readAll = (folder: string): Map<string, Said> =>
  new Map(
    readdirSync(folder)
      .filter(file => file.endsWith('.json'))
      .map(file => [file.slice(0, -'.json'.length), readOne(join(folder, file))]),
  )

function readOne(path: string): Said {
  const said: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (typeof said !== 'object' || said === null || Object.values(said).some(word => typeof word !== 'string'))
    throw new Error(`not a flat file of words: ${path}`)
  return said as Said
}

/** The keys that the columns of a declaration need a word for; `prefix` is the part they stand in. */
export function keysOf(
  columns: Readonly<Record<string, { kind: string; of?: unknown }>>,
  prefix = '',
): string[] {
  return Object.entries(columns).flatMap(([name, { kind, of }]) => [
    `column.${prefix}${name}`,
    `help.${prefix}${name}`,
    ...(kind === 'choice' || kind === 'choices'
      ? (of as readonly string[]).map(word => `value.${prefix}${name}.${word}`)
      : []),
  ])
}
