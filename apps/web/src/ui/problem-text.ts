import type { i18n as I18n } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../api/problem.ts'

/** The text of a refusal from the message files; a code they do not know is shown as it is. */
export function problemText(i18n: I18n, { code, params }: Problem): string {
  const values = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
  const key = `error.${code}`
  if (i18n.exists(key, { ns: 'error' })) return i18n.t(key, { ns: 'error', ...values })
  const own = declaredNamespaces(i18n).find(ns => i18n.exists(key, { ns }))
  if (own) return i18n.t(key, { ns: own, ...values })
  return i18n.t('error.unknown', { ns: 'error', code })
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
