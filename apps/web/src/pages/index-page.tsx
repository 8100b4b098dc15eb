import { Link, Navigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Shell } from '../layout/shell.tsx'
import { useMe } from '../session/me.ts'
import { useOwnName } from '../session/programme.ts'
import { Page } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'

/** The door: to sign in, to the one programme of an account, or to a choice of several. */
export function IndexPage() {
  const { t } = useTranslation()
  const name = useOwnName()
  const me = useMe()
  return (
    <Loaded query={me}>
      {({ account, programmes }) => {
        if (!account) return <Navigate to="/sign-in" replace />
        const [first, ...more] = programmes
        if (first && more.length === 0)
          return <Navigate to="/p/$programme/home" params={{ programme: first.id }} replace />
        return (
          <Shell kind="public">
            <Page title={t('programmes.title')} lead={t(first ? 'programmes.lead' : 'programmes.none')}>
              <ul className="choices">
                {programmes.map(programme => (
                  <li key={programme.id}>
                    <Link
                      to="/p/$programme/home"
                      params={{ programme: programme.id }}
                      className="card choice"
                    >
                      {name(programme)}
                    </Link>
                  </li>
                ))}
              </ul>
            </Page>
          </Shell>
        )
      }}
    </Loaded>
  )
}
