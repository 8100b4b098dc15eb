import type { i18n as I18n } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../api/problem.ts'
import { languageOf } from '../i18n/i18n.ts'

/** The text of a refusal from the message files; a code they do not know is shown as it is. */
export function problemText(i18n: I18n, { code, params }: Problem): string {
  const key = `error.${code}`
  const ns = ['error', ...declaredNamespaces(i18n)].find(each => i18n.exists(key, { ns: each }))
  if (!ns) return i18n.t('error.unknown', { ns: 'error', code })
  const values: Record<string, string | number> = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'object' ? listed(i18n, ns, name, value) : value,
    ]),
  )
  return i18n.t(key, { ns, ...values })
}

const listed = (i18n: I18n, ns: string, param: string, words: readonly string[]): string =>
  new Intl.ListFormat(languageOf(i18n)).format(words.map(word => said(i18n, ns, param, word)))

/** What a list names: a word of its own (`value.<param>.<word>`), a column, a code, or a column and its code; else itself. */
function said(i18n: I18n, ns: string, param: string, word: string): string {
  const keys = [`value.${param}.${word}`, `column.${word}`, `error.${word}`]
  for (const each of [ns, 'error'])
    for (const key of keys) if (i18n.exists(key, { ns: each })) return i18n.t(key, { ns: each })
  const [column = '', code, ...more] = word.split(' ')
  return code && more.length === 0 && i18n.exists(`column.${column}`, { ns })
    ? `${i18n.t(`column.${column}`, { ns })} ${said(i18n, ns, param, code)}`
    : word
}

/** Refusals of a declaration's own rules have their words beside it: those whose pages are open have been fetched. */
const declaredNamespaces = (i18n: I18n): string[] =>
  (i18n.reportNamespaces?.getUsedNamespaces() ?? []).filter(ns => ns.startsWith('declared/'))

export function useProblemText(problem: Problem): string {
  const { i18n } = useTranslation('error')
  return problemText(i18n, problem)
}

/** The same for problems that are many: those of a list's rows. */
export function useProblemTextOf(): (problem: Problem) => string {
  const { i18n } = useTranslation('error')
  return problem => problemText(i18n, problem)
}
