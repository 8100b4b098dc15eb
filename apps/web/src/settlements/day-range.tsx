import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type DaySearch, daySearch } from './search.ts'

interface DayRangeProps {
  readonly search: DaySearch
  choose(search: DaySearch): void
  /** The messages that call its ends `from` and `to`. */
  readonly words?: string
}

export function DayRange({ search, choose, words = 'settlements' }: DayRangeProps) {
  const { t } = useTranslation(words)
  const id = useId()
  return (
    <search className="filter-bar">
      {(['from', 'to'] as const).map(end => (
        <div key={end} className="inline-field">
          <label htmlFor={id + end}>{t(end)}</label>
          <input
            id={id + end}
            type="date"
            value={search[end] ?? ''}
            onChange={event => choose(daySearch({ ...search, [end]: event.target.value }))}
          />
        </div>
      ))}
    </search>
  )
}
