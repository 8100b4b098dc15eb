import type { Page } from '@silian/kernel/http/shapes.ts'
import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Loading, ProblemNotice } from './states.tsx'

type Pages<T> = UseInfiniteQueryResult<InfiniteData<Page<T>>>

/** A keyset-paged list: `fetchPage` is given the `next` of the page before. */
export function usePages<T>(
  key: readonly unknown[],
  fetchPage: (after: { after?: string }, signal: AbortSignal) => Promise<Page<T>>,
): Pages<T> {
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam === '' ? {} : { after: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  })
}

interface PagedProps<T> {
  readonly pages: Pages<T>
  readonly empty: ReactNode
  readonly children: (items: T[]) => ReactNode
}

/** The items read so far, the way to more of them, and the other faces of a list. */
export function Paged<T>({ pages, empty, children }: PagedProps<T>) {
  const { t } = useTranslation()
  if (!pages.data)
    return pages.isError ? <ProblemNotice error={pages.error} retry={pages.refetch} /> : <Loading lines={6} />
  const items = pages.data.pages.flatMap(page => page.items)
  if (items.length === 0) return empty
  return (
    <>
      {children(items)}
      {pages.isFetchNextPageError ? (
        <ProblemNotice error={pages.error} retry={() => pages.fetchNextPage()} />
      ) : null}
      <p className="visually-hidden" role="status">
        {t('more.count', { count: items.length })}
      </p>
      {pages.hasNextPage && !pages.isFetchNextPageError ? (
        <div className="more">
          <button
            type="button"
            className="button"
            disabled={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t(pages.isFetchingNextPage ? 'more.going' : 'more')}
          </button>
        </div>
      ) : null}
    </>
  )
}
