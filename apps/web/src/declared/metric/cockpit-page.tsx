import type { MetricShape } from '@silian/kernel/metric/contract.ts'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProgrammeId } from '../../session/programme.ts'
import { Page, Section } from '../../ui/page.tsx'
import { Empty, Loaded, Loading } from '../../ui/states.tsx'
import { textSearch } from '../search.ts'
import { useWordsOf } from '../words.ts'
import { Alerts } from './alerts.tsx'
import { Choice } from './controls.tsx'
import { CountyProducts } from './county-products.tsx'
import { type Cell, FigureDrawer } from './figure-drawer.tsx'
import { Latest } from './latest.tsx'
import { MetricLink } from './metric-link.tsx'
import { monthsAgo } from './months.ts'
import { useNarrowed } from './narrow.ts'
import { QuotaPace } from './pace.tsx'
import { useMetrics } from './shapes.ts'
import '../declared.css'
import './metric.css'

const PlaceMap = lazy(() => import('./metric-map.tsx').then(file => ({ default: file.PlaceMap })))
const COUNTRY = '100000'
const KEY_FIGURES = 8

/** What an office looks at first: its figures, the pace of quotas, the map down to orders, and what needs a hand. */
export function CockpitPage() {
  const { t } = useTranslation('metric')
  const metrics = useMetrics()
  return (
    <Page title={t('cockpit')} lead={t('cockpit.lead')}>
      <Alerts />
      <Loaded query={metrics} lines={8}>
        {all => (
          <>
            <KeyFigures all={all} />
            <MapSection all={all} />
          </>
        )}
      </Loaded>
      <QuotaPace />
    </Page>
  )
}

function KeyFigures({ all }: { all: readonly MetricShape[] }) {
  const { t } = useTranslation('metric')
  const narrowed = useNarrowed()
  const shown = all.slice(0, KEY_FIGURES)
  return (
    <Section title={t('cockpit.key')}>
      {shown.length === 0 ? <Empty title={t('empty')} /> : null}
      <ul className="key-figures">
        {shown.map(shape => (
          <li key={shape.name} className="card">
            <MetricLink shape={shape} narrowed={narrowed(shape)} />
            <Latest shape={shape} narrowed={narrowed(shape)} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Province → county → products and orders. Where one stands is in the address. */
function MapSection({ all }: { all: readonly MetricShape[] }) {
  const { t } = useTranslation('metric')
  const programme = useProgrammeId()
  const navigate = useNavigate()
  const search = textSearch(useSearch({ strict: false }))
  const [cell, setCell] = useState<Cell>()
  const narrowed = useNarrowed()
  const mapped = all.filter(({ dimensions, kind }) => kind !== 'spread' && dimensions.some(isArea))
  const words = useWordsOf(mapped.map(({ name }) => name))
  const shape = mapped.find(({ name }) => name === search.metric) ?? mapped[0]
  if (!shape) return null
  const dimension = shape.dimensions.find(isArea)?.name ?? ''
  const place = search.place ?? COUNTRY
  const { year } = narrowed(shape)
  const ofYear = year ? { year } : {}
  const go = (next: Record<string, string | undefined>) =>
    void navigate({
      to: '/p/$programme/cockpit',
      params: { programme },
      search: textSearch({ ...search, ...next }),
      resetScroll: false,
    })
  return (
    <Section title={t('cockpit.map')}>
      <div className="card stack">
        <Choice
          label={t('cockpit.metric')}
          value={shape.name}
          options={mapped.map(({ name }) => ({ value: name, text: words(name).title }))}
          change={metric => go({ metric })}
        />
        <Suspense fallback={<Loading lines={8} />}>
          <PlaceMap
            shape={shape}
            dimension={dimension}
            place={place}
            query={{ ...ofYear, from: `${monthsAgo(24).slice(0, 4)}-01`, grain: 'month' }}
            pick={(code, period) =>
              go(place === COUNTRY ? { place: code, county: '' } : { county: code, period })
            }
            back={() => go({ place: '', county: '', period: '' })}
          />
        </Suspense>
        {search.county ? (
          <CountyProducts
            county={search.county}
            openOrders={
              shape.opens
                ? name =>
                    setCell({
                      period: search.period ?? monthsAgo(0),
                      label: name,
                      where: { ...ofYear, [dimension]: search.county ?? '' },
                    })
                : undefined
            }
          />
        ) : null}
        {cell ? <FigureDrawer shape={shape} cell={cell} close={() => setCell(undefined)} /> : null}
      </div>
    </Section>
  )
}

const isArea = ({ kind }: MetricShape['dimensions'][number]): boolean => kind === 'area'
