import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Home } from '../api/access.ts'
import { call } from '../api/call.ts'
import { formatCount } from '../i18n/format.ts'
import { useProgrammeId } from '../session/programme.ts'
import { type Place, placeOf } from './waiting.ts'
import './home.css'

/** What waits for the reader outside of the inbox: only kinds of which there is something. */
export function useWaiting() {
  const programme = useProgrammeId()
  return useQuery({
    queryKey: ['home', programme],
    queryFn: ({ signal }) => call('home', { params: { programme }, signal }),
    select: ({ waiting }) => waiting.filter(({ count }) => count > 0),
    refetchInterval: 60_000,
  })
}

/** A way to each kind, as lines of a list. */
export function WaitingKinds({ some }: { some: Home['waiting'] }) {
  const { t } = useTranslation()
  return some.map(({ kind, count }) => (
    <WaitingCard key={kind} place={placeOf(kind)} count={count}>
      <strong>{t(`waiting.${kind}`, { count })}</strong>
      <span className="muted">{t(`waiting.${kind}.hint`)}</span>
    </WaitingCard>
  ))
}

interface WaitingCardProps {
  readonly place: Place
  readonly count: number
  readonly children: ReactNode
}

export function WaitingCard({ place, count, children }: WaitingCardProps) {
  const programme = useProgrammeId()
  return (
    <li>
      <Link {...place} params={{ programme }} className="card waiting-card">
        <span className="waiting-count number">{formatCount(count)}</span>
        <span className="waiting-text">{children}</span>
      </Link>
    </li>
  )
}
