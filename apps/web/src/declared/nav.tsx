import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useProgrammeId } from '../session/programme.ts'
import { useDeclaredWays, type Way } from './declared-ways.ts'

const targets = {
  registers: '/p/$programme/registers/$register',
  processes: '/p/$programme/cases/$process',
  metrics: '/p/$programme/metrics/$metric',
} as const

type Kind = keyof typeof targets

/** The declared things a member may read, in groups that fold. */
export function DeclaredNav() {
  const { t } = useTranslation()
  const ways = useDeclaredWays()
  const kinds = (['registers', 'processes', 'metrics'] as const).filter(kind => ways[kind].length > 0)
  if (kinds.length === 0) return null
  return (
    <nav className="nav nav-declared" aria-label={t('nav.declared')}>
      {kinds.map(kind => (
        <details key={kind} open={kind !== 'metrics'}>
          <summary>{t(`nav.${kind}`)}</summary>
          <WayList kind={kind} ways={ways[kind]} />
        </details>
      ))}
    </nav>
  )
}

export function WayList({ kind, ways }: { kind: Kind; ways: readonly Way[] }) {
  const programme = useProgrammeId()
  return (
    <ul>
      {ways.map(({ name, title }) => (
        <li key={name}>
          <Link
            to={targets[kind]}
            params={{ programme, register: name, process: name, metric: name }}
            className="nav-link"
            activeProps={{ 'aria-current': 'page' }}
          >
            {title}
          </Link>
        </li>
      ))}
    </ul>
  )
}
