import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Home, Programme } from '../api/access.ts'
import { useCounts } from '../declared/process/counts.ts'
import { navOf } from '../layout/nav.ts'
import { useAccount, useMember } from '../session/me.ts'
import { useLocalName, useProgrammeId } from '../session/programme.ts'
import { Icon } from '../ui/icons.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { useWaiting, WaitingCard, WaitingKinds } from './waiting-cards.tsx'

/** What a member sees first: who they are here, and what waits for them. */
export function HomePage() {
  const { t } = useTranslation()
  const member = useMember()
  const account = useAccount()
  const home = useWaiting()
  return (
    <Page
      title={t('home.greeting', { name: account?.name ?? account?.username })}
      lead={<Roles member={member} />}
    >
      <Section title={t('home.waiting')}>
        <Loaded query={home} lines={3}>
          {waiting => <Waiting some={waiting} />}
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

function Waiting({ some }: { some: Home['waiting'] }) {
  const { t } = useTranslation()
  const counts = useCounts().data
  if (some.length === 0 && !counts?.total)
    return <Empty title={t('home.nothing')}>{t('home.nothing.hint')}</Empty>
  return (
    <ul className="waiting">
      {counts?.total ? <Tasks total={counts.total} overdue={counts.overdue} /> : null}
      <WaitingKinds some={some} />
    </ul>
  )
}

/** What lies in the inbox, in the same manner. */
function Tasks({ total, overdue }: { total: number; overdue: number }) {
  const { t } = useTranslation()
  return (
    <WaitingCard place={{ to: '/p/$programme/inbox', search: {} }} count={total}>
      <strong>{t('home.tasks', { count: total })}</strong>
      <span className={overdue > 0 ? 'waiting-late' : 'muted'}>
        {overdue > 0 ? t('home.tasks.late', { count: overdue }) : t('home.tasks.hint')}
      </span>
    </WaitingCard>
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
