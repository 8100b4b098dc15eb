import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shopCall } from '../api.ts'
import { Back } from '../ui/back.tsx'
import { useGo, useParam, useProgramme } from '../ui/go.tsx'
import { Star } from '../ui/icons.tsx'
import { useCommand } from '../ui/intention.ts'
import { useNames } from '../ui/names.ts'
import { Ready, Trouble } from '../ui/notice.tsx'
import { Photos } from '../ui/photos.tsx'
import { purchaseOf } from './order-page.tsx'
import '../styles/orders.css'
import { useTitle } from '../ui/title.ts'
import { Words } from '../ui/words.tsx'

const five = [1, 2, 3, 4, 5]

/** Five stars, some words and photographs, for those who look at these goods next. */
export function EvaluatePage() {
  const { t } = useTranslation('mine')
  useTitle(t('evaluate.title'))
  const id = useParam('order')
  const order = useQuery(purchaseOf(useProgramme(), id))
  const { nameOf } = useNames()
  return (
    <div className="page page-narrow">
      <Back to={`/orders/${id}`}>{t('order.title')}</Back>
      <h1>{t('evaluate.title')}</h1>
      <Ready query={order} cards={1}>
        {found => (
          <>
            <p className="soft">{found.lines.map(nameOf).join(' · ')}</p>
            <EvaluateForm order={found.id} />
          </>
        )}
      </Ready>
    </div>
  )
}

function EvaluateForm({ order }: { order: string }) {
  const { t } = useTranslation('mine')
  const programme = useProgramme()
  const go = useGo()
  const [score, setScore] = useState(0)
  const [text, setText] = useState('')
  const [photos, setPhotos] = useState<readonly string[]>([])
  const [tried, setTried] = useState(false)
  const evaluate = useCommand(
    key =>
      shopCall('evaluate', {
        params: { programme, order },
        key,
        body: { score, text: text.trim(), photos: [...photos] },
      }),
    () => go(`/orders/${order}`),
  )
  return (
    <form
      className="panel"
      onSubmit={event => {
        event.preventDefault()
        setTried(true)
        if (score > 0) evaluate.mutate()
      }}
    >
      <fieldset className="star-choice">
        <legend className="panel-legend">{t('evaluate.score')}</legend>
        {five.map(at => (
          <label key={at}>
            <input
              type="radio"
              name="score"
              className="unseen"
              checked={score === at}
              onChange={() => setScore(at)}
            />
            <Star full={at <= score} />
            <span className="unseen">{t('stars.of', { ns: 'front', score: at })}</span>
          </label>
        ))}
      </fieldset>
      <Words label={t('evaluate.text')} most={1000} value={text} onChange={setText} />
      <Photos label={t('evaluate.photos')} photos={photos} onChange={setPhotos} />
      {tried && score === 0 ? (
        <p className="trouble" role="alert">
          {t('evaluate.wrong')}
        </p>
      ) : null}
      {evaluate.isError ? <Trouble error={evaluate.error} /> : null}
      <button type="submit" className="button" disabled={evaluate.isPending}>
        {t('evaluate.send')}
      </button>
    </form>
  )
}
