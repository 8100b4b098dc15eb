import type { MetricShape } from '@silian/kernel/metric/contract.ts'
import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { useWordsOf } from '../words.ts'
import { Latest } from './latest.tsx'
import { MetricLink } from './metric-link.tsx'
import { useNarrowed } from './narrow.ts'
import { useMetrics } from './shapes.ts'
import '../declared.css'
import './metric.css'

/** Every metric the reader may see, with what it means and how it stands. */
export function MetricsPage() {
  const { t } = useTranslation('metric')
  const metrics = useMetrics()
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Loaded query={metrics} lines={8}>
        {all => (all.length === 0 ? <Empty title={t('empty')} /> : <Metrics all={all} />)}
      </Loaded>
    </Page>
  )
}

function Metrics({ all }: { all: readonly MetricShape[] }) {
  const narrowed = useNarrowed()
  const words = useWordsOf(all.map(({ name }) => name))
  return (
    <ul className="metrics">
      {all.map(shape => (
        <li key={shape.name} className="card metric-card">
          <h2>
            <MetricLink shape={shape} narrowed={narrowed(shape)} />
          </h2>
          <Latest shape={shape} narrowed={narrowed(shape)} />
          <p className="muted">{words(shape.name).find('definition')}</p>
        </li>
      ))}
    </ul>
  )
}
