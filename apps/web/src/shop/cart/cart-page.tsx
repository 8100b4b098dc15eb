import { useTranslation } from 'react-i18next'
import { Drawn } from '../drawn/picture.tsx'
import { useOnline } from '../frame/online.ts'
import { Go, useProgramme } from '../ui/go.tsx'
import { Nothing, Waiting } from '../ui/notice.tsx'
import { Price } from '../ui/price.tsx'
import { useTitle } from '../ui/title.ts'
import { useLines } from './cart.ts'
import { CartRow } from './cart-row.tsx'
import { bySeller, type CartLine, totalFen } from './rules.ts'
import { isReady, type LineNow, useStanding } from './use-standing.ts'
import '../styles/cart.css'

export function CartPage() {
  const { t } = useTranslation('checkout')
  useTitle(t('cart.title'))
  const lines = useLines(useProgramme())
  return (
    <div className="page page-narrow has-foot">
      <h1>{t('cart.title')}</h1>
      {lines === undefined ? <Waiting cards={2} /> : lines.length === 0 ? <Bare /> : <Full lines={lines} />}
    </div>
  )
}

function Bare() {
  const { t } = useTranslation('checkout')
  return (
    <Nothing title={t('cart.empty')}>
      <div className="cart-bare" aria-hidden="true">
        {['mango', 'kiwi', 'greens'].map(kind => (
          <Drawn key={kind} kind={kind} />
        ))}
      </div>
      <Go to="/find" className="button">
        {t('cart.empty.go')}
      </Go>
    </Nothing>
  )
}

function Full({ lines }: { lines: readonly CartLine[] }) {
  const { t } = useTranslation('checkout')
  const programme = useProgramme()
  const found = useStanding(programme, lines)
  const of = new Map(found.map(one => [one.line.offerId, one]))
  return (
    <>
      {bySeller(lines).map(group => (
        <section key={group.sellerId} className="panel" aria-label={group.sellerName}>
          <h2 className="cart-seller">{group.sellerName}</h2>
          <ul className="cart-lines">
            {group.lines.map(line => (
              <CartRow key={line.offerId} found={of.get(line.offerId)!} />
            ))}
          </ul>
        </section>
      ))}
      {bySeller(lines).length > 1 ? <p className="small soft">{t('cart.sellers')}</p> : null}
      <Foot found={found} />
    </>
  )
}

function Foot({ found }: { found: readonly LineNow[] }) {
  const { t } = useTranslation('checkout')
  const online = useOnline()
  const ready = found.filter(isReady).map(({ line }) => line)
  const waits = found.some(one => one.line.chosen && !isReady(one) && one.standing !== 'gone')
  return (
    <div className="sticky-foot">
      <div className="sticky-foot-in">
        <p className="cart-total">
          {t('cart.total', { count: ready.length })} <Price fen={totalFen(ready)} />
        </p>
        {ready.length === 0 || waits || !online ? (
          <button type="button" className="button" aria-disabled="true" aria-describedby="cart-why">
            {t('cart.go')}
          </button>
        ) : (
          <Go to="/checkout" className="button">
            {t('cart.go')}
          </Go>
        )}
        <p id="cart-why" className="small cart-why">
          {!online ? t('cart.why.line') : waits ? t('cart.why.agree') : null}
        </p>
      </div>
    </div>
  )
}
