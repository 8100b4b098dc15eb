import { type FormEvent, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { DayPair } from '../desk/day-pair.tsx'
import { type OrderSearch, orderSearch, states } from './search.ts'

interface OrderFiltersProps {
  readonly search: OrderSearch
  choose(search: OrderSearch): void
}

/** State, days and words by which orders are found; choosing is enough, words wait for the key. */
export function OrderFilters({ search, choose }: OrderFiltersProps) {
  const { t } = useTranslation(['orders', 'common'])
  const id = useId()
  const put = (name: keyof OrderSearch, value: string) => choose(orderSearch({ ...search, [name]: value }))
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    put('text', String(new FormData(event.currentTarget).get('text') ?? ''))
  }
  return (
    <search className="filter-bar">
      <form onSubmit={find} className="inline-field">
        <label htmlFor={`${id}text`}>{t('filter.text')}</label>
        <input id={`${id}text`} name="text" defaultValue={search.text} maxLength={40} key={search.text} />
        <button type="submit" className="button button-small">
          {t('filter.find')}
        </button>
      </form>
      <div className="inline-field">
        <label htmlFor={`${id}state`}>{t('filter.state')}</label>
        <select
          id={`${id}state`}
          value={search.state ?? ''}
          onChange={event => put('state', event.target.value)}
        >
          <option value="">{t('filter.all')}</option>
          {states.map(one => (
            <option key={one} value={one}>
              {t(`state.${one}`)}
            </option>
          ))}
        </select>
      </div>
      <DayPair
        from={search.from}
        to={search.to}
        labels={{ from: t('filter.from'), to: t('filter.to') }}
        choose={put}
      />
      {(['late', 'payable'] as const).map(name => (
        <label key={name} className="inline-field">
          <input
            type="checkbox"
            checked={search[name] === 'true'}
            onChange={event => put(name, event.target.checked ? 'true' : '')}
          />
          {t(`filter.${name}`)}
        </label>
      ))}
    </search>
  )
}
