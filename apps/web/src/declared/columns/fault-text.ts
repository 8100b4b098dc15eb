import { useTranslation } from 'react-i18next'
import type { Words } from '../words.ts'
import type { Fault } from './draft.ts'

/** A fault in words: the declaration's own, those of all columns, or those of all refusals. */
export function useFaultText(): (fault: Fault, words: Words) => string {
  const { t, i18n } = useTranslation(['declared', 'error'])
  return ({ key, params = {} }, words) => {
    const own = words.find(`error.${key}`)
    if (own !== undefined) return own
    if (i18n.exists(`fault.${key}`, { ns: 'declared' })) {
      const known = Object.keys(params).length > 0 || !i18n.exists(`fault.${key}.bare`, { ns: 'declared' })
      return i18n.t(known ? `fault.${key}` : `fault.${key}.bare`, { ns: 'declared', ...params })
    }
    if (i18n.exists(`error.${key}`, { ns: 'error' }))
      return i18n.t(`error.${key}`, { ns: 'error', ...params })
    return t('fault.unknown', { ns: 'declared', code: key })
  }
}
