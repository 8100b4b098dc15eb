import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Home, Programme } from '../api/access.ts'
import { call } from '../api/call.ts'
import { useCounts } from '../declared/process/counts.ts'
import { formatCount } from '../i18n/format.ts'
import { navOf } from '../layout/nav.ts'
import { useAccount, useMember } from '../session/me.ts'
import { useLocalName, useProgrammeId } from '../session/programme.ts'
import { Icon } from '../ui/icons.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { placeOf } from './waiting.ts'
import './home.css'

/** What a member sees first: who they are here, and what waits for them. */
export function HomePage() {
  const { t } = useTranslation()
  const programme = useProgrammeId()
  const member = useMember()
  const account = useAccount()
  const home = useQuery({
    queryKey: ['home', programme],
    queryFn: ({ signal }) => call('home', { params: { programme }, signal }),
    refetchInterval: 60_000,
  })
  return (
    <Page
      title={t('home.greeting', { name: account?.name ?? account?.username })}
      lead={<Roles member={member} />}
    >
      <Section title={t('home.waiting')}>
        <Loaded query={home} lines={3}>
          {({ waiting }) => <Waiting waiting={waiting} />}
        </Loaded>
      </Section>
      <Section title={t('home.ways')}>
        <Ways member={member} />
      </Section>
    </Page>
  )
}

function Roles({ member }: { member: Programme | undefined }) {
  const { t } = useTranslation()
  const name = useLocalName()
  if (!member) return null
  const roles = member.roles.map(({ role, organisation }) =>
    [organisation ? name(organisation) : '', t(`role.${role}`)].filter(Boolean).join(' · '),
  )
  return (
    <>
      {name(member)}
      {roles.map(role => (
        <span key={role} className="home-role">
          {role}
        </span>
      ))}
    </>
  )
}

function Waiting({ waiting }: Home) {
  const { t } = useTranslation()
  const programme = useProgrammeId()
  const counts = useCounts().data
  const some = waiting.filter(({ count }) => count > 0)
  if (some.length === 0 && !counts?.total)
    return <Empty title={t('home.nothing')}>{t('home.nothing.hint')}</Empty>
  return (
    <ul className="waiting">
      {counts?.total ? <Tasks total={counts.total} overdue={counts.overdue} /> : null}
      {some.map(({ kind, count }) => (
        <li key={kind}>
          <Link {...placeOf(kind)} params={{ programme }} className="card waiting-card">
            <span className="waiting-count number">{formatCount(count)}</span>
            <span className="waiting-text">
              <strong>{t(`waiting.${kind}`, { count })}</strong>
              <span className="muted">{t(`waiting.${kind}.hint`)}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** What lies in the inbox, in the same manner. */
function Tasks({ total, overdue }: { total: number; overdue: number }) {
  const { t } = useTranslation()
  const programme = useProgrammeId()
  return (
    <li>
      <Link to="/p/$programme/inbox" params={{ programme }} className="card waiting-card">
        <span className="waiting-count number">{formatCount(total)}</span>
        <span className="waiting-text">
          <strong>{t('home.tasks', { count: total })}</strong>
          <span className={overdue > 0 ? 'waiting-late' : 'muted'}>
            {overdue > 0 ? t('home.tasks.late', { count: overdue }) : t('home.tasks.hint')}
          </span>
        </span>
      </Link>
    </li>
  )
}

function Ways({ member }: { member: Programme | undefined }) {
  const { t } = useTranslation()
  const programme = useProgrammeId()
  if (!member) return null
  return (
    <ul className="ways">
      {navOf(member)
        .slice(1)
        .map(({ to, label, icon }) => (
          <li key={to}>
            <Link to={to} params={{ programme }} className="way">
              <Icon name={icon} />
              {t(label)}
            </Link>
          </li>
        ))}
    </ul>
  )
}
