import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { SearchBox } from '../search/search-box.tsx'
import { useAccount, useMember, useSignOut } from '../session/me.ts'
import { useOwnName, useProgramme, useProgrammeId } from '../session/programme.ts'
import { Icon, Logo } from '../ui/icons.tsx'
import { bottomOf, navOf, publicNav, topOf } from './nav.ts'
import { NavList } from './nav-list.tsx'
import { OfflineNotice } from './offline.tsx'
import { Preferences } from './preferences.tsx'
import './shell.css'

// only members have them: who just looks around loads neither
const DeclaredNav = lazy(() => import('../declared/nav.tsx').then(file => ({ default: file.DeclaredNav })))
const Bell = lazy(() => import('../declared/process/bell.tsx').then(file => ({ default: file.Bell })))

interface ShellProps {
  /** `desk`: side navigation; `public`: a row on top. On a phone both become a bar at the bottom. */
  readonly kind: 'desk' | 'public'
  readonly children: ReactNode
}

export function Shell({ kind, children }: ShellProps) {
  const { t } = useTranslation()
  const member = useMember()
  const programme = useProgrammeId()
  const items = programme ? (member ? navOf(member) : publicNav) : []
  return (
    <div className={`shell shell-${kind}`}>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <header className="top">
        <Brand />
        {kind === 'public' && items.length > 0 ? (
          <NavList items={topOf(member !== undefined)} kind="top" />
        ) : null}
        <div className="top-end">
          <SearchBox />
          {member ? (
            <Suspense>
              <Bell />
            </Suspense>
          ) : null}
          <Preferences />
          <Account />
        </div>
      </header>
      <OfflineNotice />
      <div className="shell-body">
        {kind === 'desk' ? (
          <div className="side">
            <NavList items={items} kind="side" />
            {member ? (
              <Suspense>
                <DeclaredNav />
              </Suspense>
            ) : null}
          </div>
        ) : null}
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
      <footer className="foot">
        <p>{t('foot.promise')}</p>
      </footer>
      {items.length > 0 ? <NavList items={bottomOf(items, member !== undefined)} kind="bottom" /> : null}
    </div>
  )
}

function Brand() {
  const { t } = useTranslation()
  const programme = useProgramme()
  const name = useOwnName()
  return (
    <Link to="/" className="brand">
      <Logo />
      <span>
        <span className="brand-name">{t('brand')}</span>
        {programme ? <span className="brand-programme">{name(programme)}</span> : null}
      </span>
      {programme?.demo ? (
        <span className="badge badge-wait demo" title={t('demo.hint')}>
          {t('demo')}
        </span>
      ) : null}
    </Link>
  )
}

function Account() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const account = useAccount()
  const signOut = useSignOut()
  const navigate = useNavigate()
  if (account === undefined) return null
  if (account === null && pathname === '/sign-in') return null
  if (account === null)
    return (
      <Link to="/sign-in" search={{ to: pathname }} className="button button-small">
        {t('signIn')}
      </Link>
    )
  const leave = () => signOut.mutate(undefined, { onSettled: () => void navigate({ to: '/sign-in' }) })
  return (
    <div className="account">
      <span className="account-name">
        <Icon name="person" />
        {account.name ?? account.username}
      </span>
      <button type="button" className="preference" onClick={leave} disabled={signOut.isPending}>
        {t('signOut')}
      </button>
    </div>
  )
}
