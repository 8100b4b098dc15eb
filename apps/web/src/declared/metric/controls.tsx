import type { MetricShape } from '@silian/kernel/metric/contract.ts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Names } from '../columns/value-text.ts'
import { useWords } from '../words.ts'
import type { SetSearch } from './metric-page.tsx'
import { type Asked, areaLevels, areaViews, grains, views } from './query.ts'
import { useMetricTexts } from './texts.ts'

interface ControlsProps {
  readonly shape: MetricShape
  readonly asked: Asked
  readonly set: SetSearch
  /** Something was replaced, merged or moved, so that there are two ways to tell it. */
  readonly tellsOtherwise?: boolean | undefined
}

/** Period, grain, dimensions and the kind of drawing; all of it stands in the address. */
export function Controls({ shape, asked, set, tellsOtherwise = false }: ControlsProps) {
  const { t } = useTranslation('metric')
  const words = useWords(shape.name)
  const hasArea = shape.dimensions.some(({ kind }) => kind === 'area')
  const dimensions = shape.dimensions.map(({ name }) => ({
    value: name,
    text: words.text(`dimension.${name}`, name),
  }))
  return (
    <search className="metric-controls" aria-label={t('range')}>
      <Month label={t('from')} value={asked.from} change={from => set({ from })} />
      <Month label={t('to')} value={asked.to} change={to => set({ to })} />
      <Choice
        label={t('grain')}
        value={asked.grain}
        options={grains.map(value => ({ value, text: t(`grain.${value}`) }))}
        change={grain => set({ grain })}
      />
      {dimensions.length > 0 ? (
        <Choice
          label={t('by')}
          value={asked.by.join(',') || '-'}
          options={[{ value: '-', text: t('by.none') }, ...dimensions, ...pairs(dimensions)]}
          change={by => set({ by })}
        />
      ) : null}
      {hasArea ? (
        <Choice
          label={t('level')}
          value={asked.level ?? ''}
          options={[
            { value: '', text: t('level.county') },
            ...areaLevels.slice(0, 2).map(value => ({ value, text: t(`level.${value}`) })),
          ]}
          change={level => set({ level })}
        />
      ) : null}
      {tellsOtherwise || asked.areas ? (
        <Choice
          label={t('areas')}
          value={asked.areas ?? 'then'}
          options={areaViews.map(value => ({ value, text: t(`areas.${value}`) }))}
          change={areas => set({ areas })}
        />
      ) : null}
      <Choice
        label={t('view')}
        value={asked.view}
        options={views
          .filter(view => view !== 'map' || hasArea)
          .map(value => ({ value, text: t(`view.${value}`) }))}
        change={view => set({ view })}
      />
    </search>
  )
}

interface Option {
  readonly value: string
  readonly text: string
}

/** Two dimensions at once: what people put side by side. */
const pairs = (options: readonly Option[]): Option[] =>
  options.flatMap((a, at) =>
    options.slice(at + 1).map(b => ({ value: `${a.value},${b.value}`, text: `${a.text} × ${b.text}` })),
  )

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly options: readonly Option[]
  change(value: string): void
}

export function Choice({ label, value, options, change }: ChoiceProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={event => change(event.target.value)}>
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  )
}

interface MonthProps {
  readonly label: string
  readonly value: string | undefined
  change(value: string): void
}

function Month({ label, value, change }: MonthProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="month"
        min="2000-01"
        max="2199-12"
        value={value ?? ''}
        onChange={event => change(event.target.value)}
      />
    </div>
  )
}

/** What narrows the figures, each with the way to let it go. */
export function WhereChips({ shape, asked, names, set }: ControlsProps & { names: Names }) {
  const { t } = useTranslation('metric')
  const words = useWords(shape.name)
  const texts = useMetricTexts(shape)
  const where = Object.entries(asked.where)
  if (where.length === 0) return null
  return (
    <ul className="chips">
      {where.map(([dimension, code]) => (
        <li key={dimension}>
          <button type="button" className="chip-set" onClick={() => set({ [dimension]: undefined })}>
            {t('filter', {
              dimension: words.text(`dimension.${dimension}`, dimension),
              value: texts.dim(dimension, code, names),
            })}
            <span aria-hidden="true"> ×</span>
            <span className="visually-hidden">{t('filter.clear')}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
