import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { languageOf } from '../i18n/i18n.ts'

/** The programme that the address names; empty outside of one. */
export const useProgrammeId = (): string => useParams({ strict: false }).programme ?? ''

/** The name a thing has in the language of the page. */
export function useLocalName(): (named: { nameZh: string; nameEn: string }) => string {
  const { i18n } = useTranslation()
  return ({ nameZh, nameEn }) => (languageOf(i18n) === 'en' && nameEn ? nameEn : nameZh)
}
