import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { monthOf } from '../../i18n/format.ts'
import { harvestOf, offersOf } from '../queries.ts'
import { useProgramme } from '../ui/go.tsx'
import { useNames } from '../ui/names.ts'
import { examplesOf } from './examples.ts'

/** Examples for the field to search in: goods on sale, those of the month first, if the home page has asked for them. */
export function useHint(): string {
  const { t } = useTranslation('front')
  const programme = useProgramme()
  const { nameOf } = useNames()
  const month = Number(monthOf(new Date()).slice(5))
  const { data: sold } = useQuery({ ...offersOf(programme, { limit: 12 }), enabled: false })
  const { data: harvest = [] } = useQuery({ ...harvestOf(programme, { month }), enabled: false })
  const examples = examplesOf(sold?.facets?.classes ?? [], new Set(harvest.map(one => one.class)))
  return examples.length > 0
    ? t('find.hint', { examples: examples.map(nameOf).join(t('find.hint.and')) })
    : t('find.hint.any')
}
