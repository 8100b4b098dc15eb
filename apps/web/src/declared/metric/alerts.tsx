import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useProgrammeId } from '../../session/programme.ts'
import { Section } from '../../ui/page.tsx'
import { useCounts } from '../process/counts.ts'
import { usePaces } from './use-paces.ts'

/** What needs a hand now: tasks past their day, tasks close to it, quotas behind the year. */
export function Alerts() {
  const { t } = useTranslation('metric')
  const programme = useProgrammeId()
  const { paces } = usePaces()
  const counts = useCounts().data
  const behind = paces.filter(one => one.behind).length
  const { overdue = 0, soon = 0 } = counts ?? {}
  return (
    <Section title={t('cockpit.alerts')}>
      {overdue + soon + behind === 0 ? <p className="muted">{t('cockpit.alerts.none')}</p> : null}
      <ul className="alerts">
        {overdue > 0 ? (
          <li className="notice notice-bad">
            <Link to="/p/$programme/inbox" params={{ programme }} search={{ overdue: 'true' }}>
              {t('cockpit.alerts.overdue', { count: overdue })}
            </Link>
          </li>
        ) : null}
        {soon > 0 ? (
          <li className="notice notice-wait">
            <Link to="/p/$programme/inbox" params={{ programme }}>
              {t('cockpit.alerts.soon', { count: soon })}
            </Link>
          </li>
        ) : null}
        {behind > 0 ? (
          <li className="notice notice-wait">{t('cockpit.alerts.behind', { count: behind })}</li>
        ) : null}
      </ul>
    </Section>
  )
}
