import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { addressOf } from '../../api/send.ts'
import { formatDay } from '../../i18n/format.ts'
import { type ShopAnswer, shopCall } from '../api.ts'
import { useProgramme } from '../ui/go.tsx'
import { Stars } from '../ui/stars.tsx'

type Review = ShopAnswer<'reviews'>['items'][number]

/** What those say who ate it. Where they cannot be read the page stands without them. */
export function Reviews({ product }: { product: string }) {
  const { t } = useTranslation('goods')
  const programme = useProgramme()
  const reviews = useInfiniteQuery({
    queryKey: ['reviews', programme, product],
    queryFn: ({ pageParam, signal }) =>
      shopCall('reviews', {
        params: { programme, product },
        query: { limit: 5, ...(pageParam && { after: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  })
  if (!reviews.data) return null
  const items = reviews.data.pages.flatMap(page => page.items)
  return (
    <section className="section" aria-labelledby="reviews">
      <h2 id="reviews">{t('reviews.title')}</h2>
      {items.length === 0 ? <p className="soft">{t('reviews.none')}</p> : null}
      <ul className="reviews">
        {items.map(review => (
          <OneReview key={review.id} review={review} />
        ))}
      </ul>
      {reviews.hasNextPage ? (
        <button type="button" className="button button-soft" onClick={() => void reviews.fetchNextPage()}>
          {t('reviews.more')}
        </button>
      ) : null}
    </section>
  )
}

function OneReview({ review }: { review: Review }) {
  const { t } = useTranslation('goods')
  const programme = useProgramme()
  return (
    <li className="panel review">
      <p className="review-head">
        <Stars score={review.score} />
        <span className="soft small">
          {review.by ?? t(`reviews.by.${review.byKind}`)} · {formatDay(review.at)}
        </span>
      </p>
      {review.text ? <p>{review.text}</p> : null}
      {review.photos.length > 0 ? (
        <ul className="photos">
          {review.photos.map((photo, at) => (
            <li key={photo}>
              <img
                src={addressOf('/p/:programme/review-photos/:photo', { params: { programme, photo } })}
                alt={t('reviews.photo', { at: at + 1 })}
                loading="lazy"
                width={96}
                height={96}
              />
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  )
}
