import i18next from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

export interface Words {
  readonly title: string
  /** The text of a key, or undefined where the declaration has none. */
  find(...keys: readonly string[]): string | undefined
  /** Labels of columns; `within` is a part or a state that has words of its own. */
  column(name: string, within?: string): string
  help(name: string, within?: string): string | undefined
  value(column: string, word: string, within?: string): string
  text(key: string, otherwise: string): string
}

/** What the things of one declaration are called. Waits for its file the first time. */
export function useWords(name: string): Words {
  return useWordsOf([name])(name)
}

/** The same for some declarations at once: lists hold rows of several. Words that all processes share stand in one file. */
export function useWordsOf(names: readonly string[]): (name: string) => Words {
  const { t } = useTranslation([...names, SHARED].map(name => `declared/${name}`))
  return useMemo(() => {
    const made = new Map<string, Words>()
    return name => {
      const known = made.get(name) ?? wordsOf(t, name)
      made.set(name, known)
      return known
    }
  }, [t])
}

const SHARED = 'process'

function wordsOf(t: (key: string, options: { ns: string }) => string, name: string): Words {
  const find = (...keys: readonly string[]): string | undefined => {
    for (const ns of [`declared/${name}`, `declared/${SHARED}`])
      for (const key of keys) if (i18next.exists(key, { ns })) return t(key, { ns })
    return undefined
  }
  const both = (kind: string, rest: string, within?: string): string[] =>
    within ? [`${kind}.${within}.${rest}`, `${kind}.${rest}`] : [`${kind}.${rest}`]
  return {
    title: find('title') ?? name,
    find,
    column: (column, within) => find(...both('column', column, within)) ?? column,
    help: (column, within) => find(...both('help', column, within)),
    value: (column, word, within) => find(...both('value', `${column}.${word}`, within)) ?? word,
    text: (key, otherwise) => find(key) ?? otherwise,
  }
}
