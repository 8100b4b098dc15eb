import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '../../api/problem.ts'
import { useProblemText } from '../../ui/problem-text.ts'
import { useOnline } from '../frame/online.ts'
import { Basket } from './icons.tsx'
import { Remedy } from './remedy.tsx'

/** Grey shapes of what is coming. */
export function Waiting({ cards = 4 }: { cards?: number }) {
  const { t } = useTranslation()
  return (
    <div className="loading waiting" role="status">
      <span className="unseen">{t('loading')}</span>
      {Array.from({ length: cards }, (_, at) => at).map(at => (
        <span key={at} className="waiting-card" aria-hidden="true" />
      ))}
    </div>
  )
}

/** What went wrong in words, where it can be mended, and a way to try again; a fault of ours has its number. */
export function Trouble({ error, retry }: { error: unknown; retry?: () => unknown }) {
  const { t } = useTranslation()
  const problem = asProblem(error)
  const text = useProblemText(problem)
  return (
    <div className="trouble" role="alert">
      <p>{text}</p>
      {retry && problem.status !== 404 ? (
        <button type="button" className="button button-soft" onClick={() => void retry()}>
          {t('retry')}
        </button>
      ) : null}
      <Remedy code={problem.code} />
      {problem.requestId && problem.status >= 500 ? (
        <p className="small">{t('requestId', { id: problem.requestId })}</p>
      ) : null}
    </div>
  )
}

export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="nothing">
      <Basket />
      <p className="nothing-title">{title}</p>
      {children}
    </div>
  )
}

interface ReadyProps<T> {
  readonly query: UseQueryResult<T>
  readonly cards?: number
  readonly children: (data: T) => ReactNode
}

/** Coming, failed or there; what is there stays while it is fetched again. */
export function Ready<T>({ query, cards, children }: ReadyProps<T>) {
  const online = useOnline()
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <Trouble error={query.error} retry={query.refetch} />
  return <Waiting {...(cards === undefined || !online ? {} : { cards })} />
}
