import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from './states.tsx'

interface PageProps {
  readonly title: string
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

let isFirst = true

/** A page with its one heading, which names the tab and takes the focus when one page follows another. */
export function Page({ title, lead, actions, children }: PageProps) {
  const { t } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · ${t('brand')}`
  }, [title, t])
  useEffect(() => {
    // the page a browser opens with begins at its top, where the skip link is
    if (!isFirst) heading.current?.focus({ preventScroll: true })
    isFirst = false
  }, [])
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead ? <p className="page-lead">{lead}</p> : null}
        </div>
        {actions ? <div className="page-actions">{actions}</div> : null}
      </header>
      {children}
    </div>
  )
}

interface SectionProps {
  readonly title: string
  readonly note?: ReactNode
  readonly children: ReactNode
}

export function Section({ title, note, children }: SectionProps) {
  return (
    <section className="section">
      <h2>{title}</h2>
      {note ? <p className="muted">{note}</p> : null}
      {children}
    </section>
  )
}

interface LoadedPageProps<T> {
  readonly query: UseQueryResult<T>
  /** What the page is called until it knows its own name. */
  readonly title: string
  readonly lines?: number
  readonly children: (data: T) => ReactNode
}

/** A page that takes its name from what it fetches: until then, and if that fails, it has a heading all the same. */
export function LoadedPage<T>({ query, title, lines = 8, children }: LoadedPageProps<T>) {
  if (query.data !== undefined) return children(query.data)
  return (
    <Page title={title}>
      <Loaded query={query} lines={lines}>
        {() => null}
      </Loaded>
    </Page>
  )
}
