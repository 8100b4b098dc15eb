import type { MetricShape, MetricValues } from '@silian/kernel/metric/contract.ts'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useProgrammeId } from '../../session/programme.ts'
import { Shares } from '../../signing/shares.tsx'
import { LoadedPage, Page, Section } from '../../ui/page.tsx'
import { Empty, Loaded, Loading } from '../../ui/states.tsx'
import { type TextSearch, textSearch } from '../search.ts'
import { useWords } from '../words.ts'
import { Controls, WhereChips } from './controls.tsx'
import { Definition } from './definition.tsx'
import { Downloads } from './downloads.tsx'
import { type Cell, FigureDrawer } from './figure-drawer.tsx'
import { ALL, type Asked, askedOf, cellSearch, dimsOf, valuesQuery } from './query.ts'
import { useMetrics } from './shapes.ts'
import { MetricTable } from './table.tsx'
import { useMetricTexts } from './texts.ts'
import { useValues } from './values.ts'
import '../declared.css'
import './metric.css'

const Plot = lazy(() => import('./plot.tsx').then(file => ({ default: file.Plot })))
const MetricMap = lazy(() => import('./metric-map.tsx').then(file => ({ default: file.MetricMap })))

/** Any metric: its definition, its values by period and dimension, as chart and as table, down to its facts. */
export function MetricPage() {
  const { t } = useTranslation('metric')
  const { metric = '' } = useParams({ strict: false })
  const metrics = useMetrics()
  return (
    <LoadedPage query={metrics} title={t('title')}>
      {all => {
        const shape = all.find(({ name }) => name === metric)
        if (shape) return <Metric key={metric} shape={shape} />
        return (
          <Page title={t('title')}>
            <Empty title={t('unknown')}>{t('unknown.hint')}</Empty>
          </Page>
        )
      }}
    </LoadedPage>
  )
}

export type SetSearch = (change: Record<string, string | undefined>) => void

function useMetricSearch(metric: string): [TextSearch, SetSearch] {
  const search = textSearch(useSearch({ strict: false }))
  const programme = useProgrammeId()
  const navigate = useNavigate()
  const set: SetSearch = change =>
    void navigate({
      to: '/p/$programme/metrics/$metric',
      params: { programme, metric },
      search: textSearch({ ...search, ...change }),
      resetScroll: false,
    })
  return [search, set]
}

function Metric({ shape }: { shape: MetricShape }) {
  const words = useWords(shape.name)
  const [search, set] = useMetricSearch(shape.name)
  const asked = askedOf(shape, search)
  const values = useValues(shape.name, valuesQuery(asked))
  const cell = useCell(shape, search, asked, values.data)
  return (
    <Page
      title={words.title}
      lead={words.find('definition')}
      actions={<Downloads metric={shape.name} asked={asked} />}
    >
      <Controls shape={shape} asked={asked} set={set} tellsOtherwise={values.data?.tellsOtherwise} />
      <Loaded query={values} lines={8}>
        {found => (
          <>
            <WhereChips shape={shape} asked={asked} names={found.names} set={set} />
            <Figures shape={shape} asked={asked} values={found} set={set} />
          </>
        )}
      </Loaded>
      <Definition shape={shape} />
      {cell ? (
        <FigureDrawer
          shape={shape}
          cell={cell}
          close={() => set({ period: undefined, cell: undefined, upTo: undefined })}
        />
      ) : null}
    </Page>
  )
}

/** The figure that the address opens: of a period and, by the dimensions asked for, of a cell. */
function useCell(
  shape: MetricShape,
  search: TextSearch,
  asked: Asked,
  values: MetricValues | undefined,
): Cell | undefined {
  const texts = useMetricTexts(shape)
  const { period } = search
  if (period === undefined) return undefined
  const dims = dimsOf(search)
  const narrowed = dims.flatMap((code, at) => {
    const name = asked.by[at]
    return name === undefined ? [] : [[name, code]]
  })
  return {
    ...{ period, from: asked.from, to: asked.to, upTo: search.upTo, areas: asked.areas },
    label: `${period} · ${texts.dims(asked.by, dims, values?.names ?? {})}`,
    where: { ...asked.where, ...Object.fromEntries(narrowed) },
  }
}

interface FiguresProps {
  readonly shape: MetricShape
  readonly asked: Asked
  readonly values: MetricValues
  readonly set: SetSearch
}

function Figures({ shape, asked, values, set }: FiguresProps) {
  const { t } = useTranslation('metric')
  const words = useWords(shape.name)
  const texts = useMetricTexts(shape)
  if (values.rows.length === 0) return <Empty title={t('none')}>{t('none.hint')}</Empty>
  return (
    <>
      <Suspense fallback={<Loading lines={8} />}>
        <div className="card">
          {asked.view === 'map' ? (
            <MetricMap shape={shape} asked={asked} set={set} />
          ) : (
            <Plot shape={shape} values={values} view={asked.view} />
          )}
        </div>
      </Suspense>
      <Section title={t('table', { metric: words.title })}>
        {values.tellsOtherwise ? <p className="muted">{t(`areas.${values.view}.note`)}</p> : null}
        {values.rows.some(({ dims }) => dims.includes(ALL)) ? (
          <p className="muted">{t('other.note')}</p>
        ) : null}
        <MetricTable
          shape={shape}
          values={values}
          open={(period, dims) => set({ ...cellSearch(period, dims), upTo: undefined })}
        />
        {values.shares ? <Shares shares={values.shares} text={texts.value} /> : null}
      </Section>
    </>
  )
}
