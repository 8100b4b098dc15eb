import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '../api/problem.ts'
import { useProblemText } from './problem-text.ts'

/** Grey lines in the place of what is being fetched; told to screen readers as one word. */
export function Loading({ lines = 4 }: { lines?: number }) {
  const { t } = useTranslation()
  return (
    <div className="loading" role="status">
      <span className="visually-hidden">{t('loading')}</span>
      {Array.from({ length: lines }, (_, line) => line).map(line => (
        <span key={line} className="loading-line" aria-hidden="true" />
      ))}
    </div>
  )
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <svg viewBox="0 0 120 48" aria-hidden="true">
        <path d="M4 40c18-22 30-22 48-4s30 18 64-6" />
        <path d="M4 28c18-22 30-22 48-4s30 18 64-6" />
      </svg>
      <p className="empty-title">{title}</p>
      {children ? <div className="muted">{children}</div> : null}
    </div>
  )
}

/** Asked again, the answer is the same: who asks is nobody, or nobody who may, or it is not there. */
const unmended = [401, 403, 404]

/** What went wrong in words, what to do next, and the number that finds it in the server's log. */
export function ProblemNotice({ error, retry }: { error: unknown; retry?: () => unknown }) {
  const { t } = useTranslation()
  const problem = asProblem(error)
  const text = useProblemText(problem)
  return (
    <div className="notice notice-bad" role="alert">
      <p>{text}</p>
      {problem.status === 401 ? (
        <Link className="button button-small" to="/sign-in" search={{ to: location.pathname }}>
          {t('signIn')}
        </Link>
      ) : null}
      {retry && !unmended.includes(problem.status) ? (
        <button type="button" className="button button-small" onClick={() => void retry()}>
          {t('retry')}
        </button>
      ) : null}
      {problem.requestId ? (
        <p className="notice-detail">{t('requestId', { id: problem.requestId })}</p>
      ) : null}
    </div>
  )
}

interface LoadedProps<T> {
  readonly query: UseQueryResult<T>
  readonly lines?: number
  readonly children: (data: T) => ReactNode
}

/** The three faces of a query: fetching, failed, there. What is there stays while it is fetched again. */
export function Loaded<T>({ query, lines, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <ProblemNotice error={query.error} retry={query.refetch} />
  return <Loading {...(lines === undefined ? {} : { lines })} />
}
