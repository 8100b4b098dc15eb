import i18next, { type i18n as I18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { formatFen } from './format.ts'
import { keep, kept } from './kept.ts'

export const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]
/** The vocabulary since 2021, and the one of the articles of 2016 to 2020. */
export const vocabularies = ['current', 'historic'] as const
export type Vocabulary = (typeof vocabularies)[number]

type Messages = Record<string, string>
const files = import.meta.glob<Messages>('../messages/*/*.json', { import: 'default' })

const readMessages = async (language: string, namespace: string): Promise<Messages> => {
  // the words of declarations stand beside them; who opens no page of them loads none, not even their list
  if (namespace.startsWith('declared/'))
    return (await import('../declared/words-files.ts')).readDeclared(language, namespace.slice(9))
  const load = files[`../messages/${language}/${namespace}.json`]
  if (!load) throw new Error(`no messages ${language}/${namespace}`)
  return load()
}

/** Each message file is a chunk of its own, fetched when a page first needs it. */
const backend = {
  type: 'backend' as const,
  init: () => undefined,
  read: readMessages,
}

export const languageOf = (i18n: I18n): Language => (i18n.language === 'en' ? 'en' : 'zh')

/**
 * The language chosen on this device. Where none was, English for whoever reads it and no Chinese, but not on a page that
 * came drawn: who asked for that said nothing of English.
 */
export const chosenLanguage = (): Language => kept('language', readsEnglish() ? ['en', 'zh'] : languages)

function readsEnglish(): boolean {
  if (typeof document === 'undefined' || document.getElementById('given')) return false
  const reads = (language: string) => navigator.languages.some(one => one.startsWith(language))
  return reads('en') && !reads('zh')
}

/** `first`: the words that the first page needs; all others are fetched where they are spoken. */
export async function startI18n(first: readonly string[] = ['common', 'error']): Promise<I18n> {
  const language = chosenLanguage()
  keep('language', language)
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      ns: [...first],
      defaultNS: 'common',
      // codes and keys hold dots of their own
      keySeparator: false,
      interpolation: { escapeValue: false },
    })
  i18next.services.formatter?.add('fen', value => formatFen(Number(value)))
  await setVocabulary(kept('vocabulary', vocabularies))
  return i18next
}

export async function setLanguage(language: Language): Promise<void> {
  keep('language', language)
  await i18next.changeLanguage(language)
  await setVocabulary(vocabulary())
}

let current: Vocabulary = 'current'
export const vocabulary = (): Vocabulary => current

/** Puts the words of a vocabulary (`term.*`) where messages name them, and draws every page anew. */
export async function setVocabulary(wanted: Vocabulary): Promise<void> {
  current = wanted
  keep('vocabulary', wanted)
  const terms = await readMessages(languageOf(i18next), 'terms')
  i18next.options.interpolation = { ...i18next.options.interpolation, defaultVariables: pick(terms, wanted) }
  // pages drawn on the server have no document yet
  if (typeof document !== 'undefined')
    document.documentElement.lang = languageOf(i18next) === 'zh' ? 'zh-CN' : 'en'
  await i18next.changeLanguage(i18next.language)
}

/** `current.term_help` → `term_help`. */
function pick(terms: Messages, wanted: Vocabulary): Messages {
  const prefix = `${wanted}.`
  const mine = Object.entries(terms).filter(([key]) => key.startsWith(prefix))
  return Object.fromEntries(mine.map(([key, text]) => [key.slice(prefix.length), text]))
}
