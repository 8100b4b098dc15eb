import { queryOptions, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { PublicProgramme } from '../api/access.ts'
import { call } from '../api/call.ts'
import { languageOf } from '../i18n/i18n.ts'
import { inVocabulary } from '../i18n/vocabulary.ts'

/** The programme that the address names; empty outside of one. */
export const useProgrammeId = (): string => useParams({ strict: false }).programme ?? ''

const programmesQuery = queryOptions({
  queryKey: ['programmes'],
  queryFn: ({ signal }) => call('programmes', { signal }),
  staleTime: 600_000,
})

export const useProgrammes = () => useQuery(programmesQuery)

/** The programme of the page, as everybody may know it. */
export function useProgramme(): PublicProgramme | undefined {
  const id = useProgrammeId()
  return useProgrammes().data?.find(programme => programme.id === id)
}

/** The name a thing has in the language of the page. */
export function useLocalName(): (named: { nameZh: string; nameEn: string }) => string {
  const { i18n } = useTranslation()
  return ({ nameZh, nameEn }) => (languageOf(i18n) === 'en' && nameEn ? nameEn : nameZh)
}

/** The same in the words of the vocabulary chosen: what we name ourselves, never what is called so by others. */
export function useOwnName(): (named: { nameZh: string; nameEn: string }) => string {
  const { t } = useTranslation()
  const name = useLocalName()
  return named => inVocabulary(name(named), t('vocabulary.words'))
}
