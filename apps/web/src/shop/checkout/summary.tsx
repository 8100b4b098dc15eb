import { useTranslation } from 'react-i18next'
import { bySeller, type CartLine, lineFen, totalFen } from '../cart/rules.ts'
import { useNames } from '../ui/names.ts'
import { Money } from '../ui/price.tsx'

export function Summary({ lines }: { lines: readonly CartLine[] }) {
  const { t } = useTranslation('checkout')
  const { nameOf, besideOf } = useNames()
  return (
    <section className="panel" aria-labelledby="what">
      <h2 id="what">{t('what.title')}</h2>
      {bySeller(lines).map(group => (
        <div key={group.sellerId} className="what-group">
          <h3>{group.sellerName}</h3>
          <ul>
            {group.lines.map(line => (
              <li key={line.offerId} className="what-line">
                <span>
                  {nameOf(line.seen)} <span className="soft small">{besideOf(line.seen)}</span> ×{' '}
                  {line.pieces}
                </span>
                <Money fen={lineFen(line)} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      <p className="what-line what-sum">
        <span>{t('what.sum')}</span>
        <strong>
          <Money fen={totalFen(lines)} />
        </strong>
      </p>
    </section>
  )
}
