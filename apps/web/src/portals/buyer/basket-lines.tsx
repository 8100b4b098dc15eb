import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useProgrammeId } from '../../session/programme.ts'
import { Loading, ProblemNotice } from '../../ui/states.tsx'
import { Money } from '../../ui/values.tsx'
import { useGoodsNames } from '../shop/use-names.ts'
import { type BasketGoods, hindranceOf, sumOf } from './basket-offers.ts'

interface BasketLinesProps {
  readonly goods: readonly BasketGoods[]
  put(offerId: string, pieces: number): void
}

/** The basket by seller, as the orders will be. */
export function BasketLines({ goods, put }: BasketLinesProps) {
  const { t } = useTranslation('basket')
  const sellers = Map.groupBy(goods, ({ offer }) => offer?.sellerName ?? '')
  return (
    <div className="card stack">
      {[...sellers].map(([seller, lines]) => (
        <section key={seller} className="basket-seller" aria-label={seller || t('reading')}>
          <h3>{seller || t('reading')}</h3>
          <ul>
            {lines.map(line => (
              <Line key={line.offerId} line={line} put={put} />
            ))}
          </ul>
        </section>
      ))}
      <p className="basket-sum">
        {t('sum', { count: sellers.size })}{' '}
        <strong>
          <Money fen={sumOf(goods)} />
        </strong>
      </p>
    </div>
  )
}

function Line({ line, put }: { line: BasketGoods; put: BasketLinesProps['put'] }) {
  const { t } = useTranslation('basket')
  const { nameOf, specOf } = useGoodsNames()
  const programme = useProgrammeId()
  const { offer, offerId, pieces, error } = line
  const remove = (
    <button type="button" className="button button-small button-quiet" onClick={() => put(offerId, 0)}>
      {t('remove')}
      {offer ? <span className="visually-hidden"> {nameOf(offer)}</span> : null}
    </button>
  )
  if (!offer)
    return (
      <li className="basket-line">
        {error ? <ProblemNotice error={error} /> : <Loading lines={1} />}
        {remove}
      </li>
    )
  const hindrance = hindranceOf(line)
  return (
    <li className="basket-line">
      <div className="basket-what">
        <Link to="/p/$programme/shop/offers/$offer" params={{ programme, offer: offerId }}>
          {nameOf(offer)}
        </Link>
        <span className="muted">
          {specOf(offer)} · <Money fen={offer.priceFen} />
        </span>
        {offer.recognised ? null : <span className="badge badge-wait">{t('notRecognised')}</span>}
        {hindrance ? (
          <span className="field-error" role="alert">
            {t(`hindrance.${hindrance}`, { available: offer.available })}
          </span>
        ) : null}
      </div>
      <input
        type="number"
        min={1}
        aria-label={t('piecesOf', { name: nameOf(offer) })}
        value={pieces}
        onChange={event => put(offerId, Math.max(1, Math.floor(Number(event.target.value) || 1)))}
      />
      <span className="basket-amount">
        <Money fen={offer.priceFen * pieces} />
      </span>
      {remove}
    </li>
  )
}
