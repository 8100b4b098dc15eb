import { useQueries } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { areasOf } from '../queries.ts'
import { useProgramme } from '../ui/go.tsx'
import { useNames } from '../ui/names.ts'

interface AreaInputProps {
  readonly value: string
  readonly bad?: string | undefined
  onChange(code: string): void
}

const levels = ['province', 'city', 'county'] as const

/** Province, city, county: each choice opens the next; the last one that there is counts. */
export function AreaInput({ value, bad, onChange }: AreaInputProps) {
  const { t } = useTranslation('checkout')
  const programme = useProgramme()
  const { nameOf } = useNames()
  const hint = useId()
  const chosen = [value.slice(0, 2), value.slice(0, 4), value.slice(0, 6)].map((code, at) =>
    value.length >= (at + 1) * 2 && !/00$/.test(code) ? code.padEnd(6, '0') : '',
  )
  const parents = ['', chosen[0]!, chosen[1]!]
  const lists = useQueries({
    queries: parents.map((parent, at) => ({
      ...areasOf(programme, parent),
      enabled: at === 0 || parent !== '',
    })),
  })
  return (
    <fieldset className="field" aria-describedby={hint}>
      <legend>{t('field.area')}</legend>
      <div className="area">
        {levels.map((level, at) => {
          const isOpen = at === 0 || parents[at] !== ''
          // without a level above it the one of the provinces would be listed
          const list = (isOpen && lists[at]?.data) || []
          if (isOpen && lists[at]?.isSuccess && list.length === 0) return null
          return (
            <select
              key={level}
              className="input"
              aria-label={t(`field.area.${level}`)}
              aria-invalid={bad ? true : undefined}
              disabled={list.length === 0}
              value={chosen[at] ?? ''}
              onChange={event => onChange(event.target.value || parents[at]!)}
            >
              <option value="">{t(`field.area.${level}`)}</option>
              {list.map(area => (
                <option key={area.code} value={area.code}>
                  {nameOf(area)}
                </option>
              ))}
            </select>
          )
        })}
      </div>
      {bad ? <p className="field-bad">{t(bad)}</p> : null}
      <p id={hint} className="small soft">
        {t('field.area.hint')}
      </p>
    </fieldset>
  )
}
