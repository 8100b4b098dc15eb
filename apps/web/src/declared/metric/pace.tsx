import { useTranslation } from 'react-i18next'
import { formatFen, formatRatio } from '../../i18n/format.ts'
import { Section } from '../../ui/page.tsx'
import { Loaded } from '../../ui/states.tsx'
import { usePaces } from './use-paces.ts'

const MOST = 20

/** Each quota beside the year that has passed; those behind first. */
export function QuotaPace() {
  const { t } = useTranslation('metric')
  const { mayRead, query, paces, passed } = usePaces()
  if (!mayRead) return null
  return (
    <Section title={t('cockpit.pace')} note={t('cockpit.pace.note', { ratio: formatRatio(passed, 10_000) })}>
      <Loaded query={query} lines={4}>
        {() => (
          <>
            {paces.length === 0 ? <p className="muted">{t('cockpit.pace.none')}</p> : null}
            <ul className="paces">
              {paces.slice(0, MOST).map(one => (
                <li key={one.id} className="card pace">
                  <strong>{one.unitName}</strong>
                  <span className={`badge ${one.behind ? 'badge-bad' : ''}`}>
                    {t(one.behind ? 'cockpit.pace.behind' : 'cockpit.pace.ok')}
                  </span>
                  <meter
                    min={0}
                    max={one.reservedFen}
                    value={Math.min(one.completedFen, one.reservedFen)}
                    aria-label={one.unitName}
                  />
                  <span className="muted number">
                    {t('cockpit.pace.of', {
                      done: formatFen(one.completedFen),
                      reserved: formatFen(one.reservedFen),
                    })}{' '}
                    {formatRatio(one.completedFen, one.reservedFen)}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Section>
  )
}
