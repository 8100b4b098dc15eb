import { useTranslation } from 'react-i18next'
import { DayPair } from '../desk/day-pair.tsx'
import { type DaySearch, daySearch } from './search.ts'

interface DayRangeProps {
  readonly search: DaySearch
  choose(search: DaySearch): void
  /** The messages that call its ends `from` and `to`. */
  readonly words?: string
}

export function DayRange({ search, choose, words = 'settlements' }: DayRangeProps) {
  const { t } = useTranslation(words)
  return (
    <search className="filter-bar">
      <DayPair
        from={search.from}
        to={search.to}
        labels={{ from: t('from'), to: t('to') }}
        choose={(end, day) => choose(daySearch({ ...search, [end]: day }))}
      />
    </search>
  )
}
