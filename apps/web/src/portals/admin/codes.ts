import { useTranslation } from 'react-i18next'
import { titleIn } from '../../declared/titles.ts'
import { useWordsOf } from '../../declared/words.ts'
import { languageOf } from '../../i18n/i18n.ts'

/** Words for the codes that administration shows: actions, jobs, subjects and what they are narrowed to. */
export function useCodes() {
  const { t, i18n } = useTranslation(['admin', 'error'])
  const find = (...keys: readonly string[]) => keys.find(key => i18n.exists(key, { ns: 'admin' }))
  const titled = (name: string) => titleIn(languageOf(i18n), name)
  const noun = (name: string): string => {
    const key = find(`noun.${name}`)
    return key ? t(key) : titled(name)
  }
  const verb = (name: string): string => {
    const key = find(`verb.${name}`)
    return key ? t(key) : name
  }
  const metric = (name: string): string =>
    t(name.endsWith('.facts') ? 'scope.metric.facts' : 'scope.metric', {
      metric: titled(name.replace(/\.facts$/, '')),
    })
  /** `order.read`, `order.*` or `*`. */
  const scope = (action: string): string => {
    if (action === '*') return t('scope.all')
    const [, first = '', rest = ''] = /^(\w+)\.(.+)$/.exec(action) ?? []
    if (rest === '*') return t('scope.any', { noun: noun(first) })
    if (first === 'metric' && !find(`verb.${rest}`)) return metric(rest)
    return t('scope.one', { noun: noun(first), verb: verb(rest) })
  }
  return {
    scope,
    noun,
    /** What somebody did, as the records of access keep it. */
    act: (action: string): string => {
      const key = find(`did.${action}`, `did.any.${action.split('.')[1]}`)
      return key ? t(key) : scope(action)
    },
    job: (name: string): string => t(`job.kind.${name}`, name),
    subscription: (name: string): string => t(`subscription.${name}`, name),
    purpose: (text: string): string => t(`purpose.${text}`, text),
    why: (code: string): string => t(`error.${code}`, code, { ns: 'error' }),
  }
}

/** Labels of the columns that records of access name: `phone` or `member.idNumber` of a declared thing, or our own. */
export function useFields(declared: readonly string[]): (of: string, field: string) => string {
  const { t, i18n } = useTranslation('admin')
  const wordsOf = useWordsOf(declared)
  return (of, field) => {
    if (i18n.exists(`field.${field}`, { ns: 'admin' })) return t(`field.${field}`)
    if (!declared.includes(of)) return field
    const [name = '', within] = field.split('.').reverse()
    return wordsOf(of).column(name, within)
  }
}
