import type { ShopItem, ShopPage } from '@silian/chains/supply/search/contract.ts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inVocabulary } from '../../i18n/vocabulary.ts'
import { shopCall } from '../api.ts'
import { pavilionsOf } from '../queries.ts'
import { Card } from '../ui/card.tsx'
import { Go, useGo, useProgramme, useSearchText } from '../ui/go.tsx'
import { Funnel } from '../ui/icons.tsx'
import { useNames } from '../ui/names.ts'
import { Nothing, Trouble, Waiting } from '../ui/notice.tsx'
import { useTitle } from '../ui/title.ts'
import { type Asked, askedOf, countOf, sortOf, sorts, withPart } from './asked.ts'
import { Facets } from './facets.tsx'
import { Marked } from './marked.tsx'
import { SearchBox } from './search-box.tsx'
import '../styles/find.css'

/** Everything on sale: searched, narrowed, sorted, page after page. */
export function FindPage() {
  const { t } = useTranslation('find')
  const asked = askedOf(useSearchText())
  useTitle(asked.q ?? t('title'))
  const go = useGo()
  const put = (next: Asked) => go('/find', { search: next, resetScroll: false })
  return (
    <div className="page">
      <h1 className="unseen">{t('title')}</h1>
      <Banner pavilion={asked.pavilion} />
      <SearchBox key={asked.q ?? ''} asked={asked} put={put} />
      <Found asked={asked} put={put} />
    </div>
  )
}

/** What a pavilion says above its goods. */
function Banner({ pavilion }: { pavilion: string | undefined }) {
  const { t } = useTranslation('find')
  const programme = useProgramme()
  const { nameOf, either } = useNames()
  const { data } = useQuery({ ...pavilionsOf(programme), enabled: pavilion !== undefined })
  const shown = data?.find(({ key }) => key === pavilion)
  if (!shown) return null
  const banner = either(shown.bannerZh, shown.bannerEn)
  return (
    <section className="pavilion-banner">
      <h2>{inVocabulary(nameOf(shown), t('vocabulary.words', { ns: 'common' }))}</h2>
      {banner ? <p>{banner}</p> : null}
    </section>
  )
}

interface FoundProps {
  readonly asked: Asked
  put(asked: Asked): void
}

function Found({ asked, put }: FoundProps) {
  const { t } = useTranslation('find')
  const pages = usePages(asked)
  const first = pages.data?.pages[0]
  const items = pages.data?.pages.flatMap(page => page.items) ?? []
  return (
    <>
      <Tools asked={asked} put={put} facets={first?.facets ?? null} />
      {first?.loose && asked.q ? <p className="note">{t('loose', { text: asked.q })}</p> : null}
      {first?.away.length ? <Away goods={first.away} /> : null}
      {first?.corrected ? <p className="note">{t('corrected', { text: first.corrected })}</p> : null}
      <p className="soft small" role="status">
        {first?.facets ? t(first.facets.more ? 'total.more' : 'total', { count: first.facets.total }) : null}
      </p>
      {pages.data ? null : pages.isError ? (
        <Trouble error={pages.error} retry={pages.refetch} />
      ) : (
        <Waiting cards={6} />
      )}
      {pages.data && items.length === 0 ? <Nobody asked={asked} put={put} /> : null}
      <ul className={pages.isPlaceholderData ? 'goods-list goods-old' : 'goods-list'}>
        {items.map((item, at) => (
          <FoundCard key={item.id} item={item} first={at < 2} />
        ))}
      </ul>
      <More pages={pages} />
    </>
  )
}

/** When what nobody sells now is harvested. */
function Away({ goods }: { goods: ShopPage['away'] }) {
  const { t } = useTranslation('find')
  const { nameOf } = useNames()
  return goods.map(one => (
    <p key={one.path} className="note">
      {t('away', { name: nameOf(one), months: one.months.join(t('away.and')) })}
    </p>
  ))
}

function usePages(asked: Asked) {
  const programme = useProgramme()
  return useInfiniteQuery({
    queryKey: ['found', programme, asked],
    queryFn: ({ pageParam, signal }): Promise<ShopPage> =>
      shopCall('found', {
        params: { programme },
        // the address is text; the server reads and judges it
        query: { ...asked, sort: sortOf(asked), limit: 24, ...(pageParam && { after: pageParam }) } as object,
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    // what was found before stays until the next answer is there
    placeholderData: before => before,
  })
}

function FoundCard({ item, first }: { item: ShopItem; first: boolean }) {
  const { either } = useNames()
  const name = either(item.nameZh, item.nameEn)
  return (
    <Card
      offer={item}
      first={first}
      name={name === item.nameZh ? <Marked text={name} ranges={item.marked} /> : name}
    />
  )
}

function Tools({ asked, put, facets }: FoundProps & { facets: ShopPage['facets'] }) {
  const { t } = useTranslation('find')
  const [open, setOpen] = useState(false)
  const count = countOf(asked)
  return (
    <div className="find-tools">
      <button type="button" className="chip" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Funnel />
        {count > 0 ? t('facets.count', { count }) : t('facets')}
      </button>
      <label className="find-sort">
        <span className="unseen">{t('sort')}</span>
        <select
          className="chip"
          value={sortOf(asked)}
          onChange={event =>
            put(withPart(asked, 'sort', event.target.value === 'relevance' ? '' : event.target.value))
          }
        >
          {sorts.map(sort => (
            <option key={sort} value={sort}>
              {t(`sort.${sort}`)}
            </option>
          ))}
        </select>
      </label>
      {open ? <Facets asked={asked} put={put} facets={facets} onClose={() => setOpen(false)} /> : null}
    </div>
  )
}

function Nobody({ asked, put }: FoundProps) {
  const { t } = useTranslation('find')
  return (
    <Nothing title={asked.q ? t('none.of', { text: asked.q }) : t('none')}>
      <p>{t('none.hint')}</p>
      {countOf(asked) > 0 ? (
        <button type="button" className="button" onClick={() => put(asked.q ? { q: asked.q } : {})}>
          {t('facets.clear')}
        </button>
      ) : (
        <Go to="/find" className="button button-soft">
          {t('none.all')}
        </Go>
      )}
    </Nothing>
  )
}

/** The next page comes as its button is scrolled to, and by the button for whoever uses keys. */
function More({ pages }: { pages: ReturnType<typeof usePages> }) {
  const { t } = useTranslation('find')
  const end = useRef<HTMLDivElement>(null)
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isFetchNextPageError } = pages
  useEffect(() => {
    const watched = end.current
    if (!watched || !hasNextPage || isFetchingNextPage || isFetchNextPageError) return undefined
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void fetchNextPage()
      },
      { rootMargin: '400px' },
    )
    seen.observe(watched)
    return () => seen.disconnect()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, isFetchNextPageError])
  if (!hasNextPage) return null
  return (
    <div className="more" ref={end}>
      {isFetchNextPageError ? <Trouble error={pages.error} /> : null}
      <button
        type="button"
        className="button button-soft"
        disabled={isFetchingNextPage}
        onClick={() => void fetchNextPage()}
      >
        {t(isFetchingNextPage ? 'more.going' : 'more')}
      </button>
    </div>
  )
}
