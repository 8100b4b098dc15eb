import type { MetricShape } from '@silian/kernel/metric/contract.ts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useProgrammeId } from '../../session/programme.ts'
import { Page } from '../../ui/page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { useWordsOf } from '../words.ts'
import { Latest } from './latest.tsx'
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
  const programme = useProgrammeId()
  const words = useWordsOf(all.map(({ name }) => name))
  return (
    <ul className="metrics">
      {all.map(shape => (
        <li key={shape.name} className="card metric-card">
          <h2>
            <Link to="/p/$programme/metrics/$metric" params={{ programme, metric: shape.name }}>
              {words(shape.name).title}
            </Link>
          </h2>
          <Latest shape={shape} />
          <p className="muted">{words(shape.name).find('definition')}</p>
        </li>
      ))}
    </ul>
  )
}
