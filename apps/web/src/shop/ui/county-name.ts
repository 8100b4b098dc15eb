import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { languageOf } from '../../i18n/i18n.ts'
import { areasOf } from '../queries.ts'
import { useProgramme } from './go.tsx'
import { useNames } from './names.ts'

interface InCounty {
  readonly countyCode: string
  readonly countyName: string
}

/** A county in the language of the page: its English name is asked for with those of its city, and only in English. */
export function useCountyName({ countyCode, countyName }: InCounty): string {
  const { i18n } = useTranslation()
  const { either } = useNames()
  const city = `${countyCode.slice(0, 4)}00`
  const { data } = useQuery({ ...areasOf(useProgramme(), city), enabled: languageOf(i18n) === 'en' })
  return either(countyName, data?.find(area => area.code === countyCode)?.nameEn ?? '')
}
