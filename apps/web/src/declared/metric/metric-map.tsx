import type { MetricShape } from '@silian/kernel/metric/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocalName, useProgrammeId } from '../../session/programme.ts'
import { Loaded } from '../../ui/states.tsx'
import { areasQuery } from '../columns/area-input.tsx'
import { useWords } from '../words.ts'
import { AreaMap, COUNTRY } from './map.tsx'
import type { SetSearch } from './metric-page.tsx'
import { ALL, type Asked, valuesQuery } from './query.ts'
import { useMetricTexts } from './texts.ts'
import { useValues } from './values.ts'

interface MetricMapProps {
  readonly shape: MetricShape
  readonly asked: Asked
  readonly set: SetSearch
}

/** The country by provinces; a province that is pressed opens into its counties, a county narrows the figures to it. */
export function MetricMap({ shape, asked, set }: MetricMapProps) {
  const [place, setPlace] = useState(COUNTRY)
  const dimension = shape.dimensions.find(({ kind }) => kind === 'area')?.name ?? ''
  return (
    <PlaceMap
      shape={shape}
      dimension={dimension}
      place={place}
      query={valuesQuery(asked)}
      pick={code => (place === COUNTRY ? setPlace(code) : set({ [dimension]: code }))}
      back={() => setPlace(COUNTRY)}
    />
  )
}

interface PlaceMapProps {
  readonly shape: MetricShape
  readonly dimension: string
  /** The country, or a province by its code. */
  readonly place: string
  readonly query: Readonly<Record<string, string | readonly string[] | undefined>>
  /** An area that was pressed, and the period that the map shows. */
  pick(code: string, period: string): void
  back(): void
}

function usePlaceName(place: string): string {
  const { t } = useTranslation('metric')
  const localName = useLocalName()
  const provinces = useQuery(areasQuery(useProgrammeId(), '')).data ?? []
  const province = provinces.find(({ code }) => code === place)
  if (place === COUNTRY) return t('map.china')
  return province ? localName(province) : place
}

/** A metric of a place by the areas below it, for the last period that was asked for; with the same as a list. */
export function PlaceMap({ shape, dimension, place, query, pick, back }: PlaceMapProps) {
  const { t } = useTranslation('metric')
  const words = useWords(shape.name)
  const texts = useMetricTexts(shape)
  const isCountry = place === COUNTRY
  const name = usePlaceName(place)
  const values = useValues(shape.name, {
    ...query,
    by: [dimension],
    level: isCountry ? 'province' : 'county',
    ...(isCountry ? {} : { [dimension]: place }),
  })
  return (
    <Loaded query={values} lines={6}>
      {({ rows, names }) => {
        const period = rows.at(-1)?.period ?? ''
        const shown = rows.filter(row => row.period === period && row.dims[0] !== ALL)
        return (
          <div className="place-map">
            <p className="place-map-head">
              <strong>
                {words.title} · {name} {period}
              </strong>
              {isCountry ? null : (
                <button type="button" className="button button-small" onClick={back}>
                  {t('map.back')}
                </button>
              )}
            </p>
            <AreaMap
              shape={shape}
              place={place}
              values={new Map(shown.map(row => [row.dims[0] ?? '', row.value]))}
              names={names}
              label={t('map.place', { place: name })}
              pick={code => pick(code, period)}
            />
            <ul className="place-list">
              {shown.map(row => {
                const code = row.dims[0] ?? ''
                return (
                  <li key={code}>
                    <button type="button" className="link-button" onClick={() => pick(code, period)}>
                      {texts.dim(dimension, code, names)}
                    </button>
                    <span className="number">{texts.value(row.value)}</span>
                  </li>
                )
              })}
            </ul>
          </div>
        )
      }}
    </Loaded>
  )
}
