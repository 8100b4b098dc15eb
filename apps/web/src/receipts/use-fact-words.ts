import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { isDeclared, titleIn } from '../declared/titles.ts'
import { languageOf } from '../i18n/i18n.ts'

/** What a kind of fact is called: one that has a word of its own, or the step of a declared process or register. */
export function useFactWords(): (type: string) => string {
  const { t, i18n } = useTranslation('receipts')
  return type => {
    const [name = '', step = ''] = type.split('.')
    if (i18next.exists(`fact.${type}`, { ns: 'receipts' })) return t(`fact.${type}`)
    const known = i18next.exists(`step.${step}`, { ns: 'receipts' }) ? t(`step.${step}`) : step
    if (isDeclared(name)) return t('fact.step', { title: titleIn(languageOf(i18n), name), step: known })
    return t('fact.unknown', { type })
  }
}
