import { Outlet } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCartCount } from '../cart/use-count.ts'
import { Go, useWhere } from '../ui/go.tsx'
import { Basket, Box, Glass, House, Person } from '../ui/icons.tsx'
import { useOnline } from './online.ts'
import { Sketch } from './sketch.tsx'

/** What every page of the shop lies in: the name, the line's state, and the bar that thumbs reach. */
export function Frame() {
  const { t } = useTranslation('front')
  return (
    <div className="shop">
      <a className="skip" href="#main">
        {t('skip', { ns: 'common' })}
      </a>
      <header className="top">
        <Go to="/" className="top-name">
          <Sketch />
          <span>{t('app.name')}</span>
        </Go>
        <Bar place="top" />
      </header>
      <Line />
      <Main />
      <Bar place="bottom" />
    </div>
  )
}

/** A new page is read from its heading on, by whoever reads with their ears. */
function Main() {
  const where = useWhere()
  const main = useRef<HTMLElement>(null)
  const before = useRef(where)
  useEffect(() => {
    if (before.current !== where) main.current?.focus({ preventScroll: true })
    before.current = where
  }, [where])
  return (
    <main id="main" ref={main} tabIndex={-1}>
      <Outlet />
    </main>
  )
}

function Line() {
  const { t } = useTranslation('front')
  const online = useOnline()
  return <div role="status">{online ? null : <p className="line-down">{t('offline')}</p>}</div>
}

const places: readonly (readonly [string, string, () => ReactNode])[] = [
  ['/', 'bar.home', House],
  ['/find', 'bar.find', Glass],
  ['/cart', 'bar.cart', Basket],
  ['/orders', 'bar.orders', Box],
  ['/me', 'bar.me', Person],
]

function Bar({ place }: { place: 'top' | 'bottom' }) {
  const { t } = useTranslation('front')
  const where = useWhere()
  const count = useCartCount()
  return (
    <nav className={`bar bar-${place}`} aria-label={t(`bar.${place}`)}>
      <ul>
        {places.map(([to, word, Picture]) => (
          <li key={to}>
            <Go to={to} aria-current={isAt(where, to) ? 'page' : undefined}>
              <span className="bar-picture">
                <Picture />
                {to === '/cart' && count > 0 ? (
                  <span className="bar-count">
                    <span className="unseen">{t('bar.count', { count })}</span>
                    <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
                  </span>
                ) : null}
              </span>
              {t(word)}
            </Go>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const isAt = (where: string, to: string): boolean =>
  to === '/' ? where === '/' : where === to || where.startsWith(`${to}/`)
