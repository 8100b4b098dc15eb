import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { navOf } from '../layout/nav.ts'
import { useMember } from '../session/me.ts'
import { useProgrammeId } from '../session/programme.ts'
import { Page, Section } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { useDeclaredWays } from './declared-ways.ts'
import { WayList } from './nav.tsx'
import './declared.css'

/** All ways in at once, for phones and for those who know the name of what they want. */
export function WaysPage() {
  const { t } = useTranslation()
  const programme = useProgrammeId()
  const member = useMember()
  const ways = useDeclaredWays()
  const [typed, type] = useState('')
  const has = (text: string) => text.toLowerCase().includes(typed.trim().toLowerCase())
  const pages = member ? navOf(member).filter(({ label }) => has(t(label))) : []
  const groups = (['registers', 'processes', 'metrics'] as const).map(kind => ({
    kind,
    found: ways[kind].filter(({ title }) => has(title)),
  }))
  const nothing = pages.length === 0 && groups.every(({ found }) => found.length === 0)
  return (
    <Page title={t('ways.title')}>
      <search className="search-box">
        <input
          type="search"
          aria-label={t('ways.find')}
          placeholder={t('ways.find')}
          value={typed}
          onChange={event => type(event.target.value)}
        />
      </search>
      {nothing ? <Empty title={t('ways.none')} /> : null}
      {pages.length > 0 ? (
        <Section title={t('ways.pages')}>
          <ul className="way-list">
            {pages.map(({ to, label }) => (
              <li key={to}>
                <Link to={to} params={{ programme }} className="nav-link">
                  {t(label)}
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {groups
        .filter(({ found }) => found.length > 0)
        .map(({ kind, found }) => (
          <Section key={kind} title={t(`nav.${kind}`)}>
            <div className="way-list">
              <WayList kind={kind} ways={found} />
            </div>
          </Section>
        ))}
    </Page>
  )
}
