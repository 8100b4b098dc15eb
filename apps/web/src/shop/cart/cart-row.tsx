import { useTranslation } from 'react-i18next'
import { formatFen } from '../../i18n/format.ts'
import { Picture } from '../drawn/picture.tsx'
import { Go } from '../ui/go.tsx'
import { useNames } from '../ui/names.ts'
import { Price } from '../ui/price.tsx'
import { Stepper } from '../ui/stepper.tsx'
import { changeLine, removeLines } from './cart.ts'
import { capOf, leastOf, lineFen, mostOf, pieceFen, piecesWithin } from './rules.ts'
import type { LineNow } from './use-standing.ts'

export function CartRow({ found }: { found: LineNow }) {
  const { t } = useTranslation('checkout')
  const { nameOf, besideOf } = useNames()
  const { line, now, standing } = found
  const name = nameOf(line.seen)
  const shown = now ?? line.seen
  return (
    <li className={standing === 'gone' ? 'cart-line cart-gone' : 'cart-line'}>
      <input
        type="checkbox"
        className="tick"
        aria-label={t('cart.choose', { name })}
        checked={line.chosen && standing !== 'gone'}
        disabled={standing === 'gone'}
        onChange={event => void changeLine(line, { chosen: event.target.checked })}
      />
      <span className="cart-picture">
        <Picture kind={line.seen.class} photo={line.seen.cover} sizes="5rem" />
      </span>
      <div className="cart-words">
        <Go to={`/goods/${line.offerId}`}>{name}</Go>
        <span className="small soft">{besideOf(line.seen)}</span>
        <Told found={found} />
      </div>
      <div className="cart-tools">
        <Price fen={lineFen(line)} />
        <div className="cart-hands">
          {standing === 'gone' ? null : (
            <Stepper
              pieces={line.pieces}
              least={leastOf(shown)}
              most={mostOf(shown)}
              cap={capOf(shown)}
              of={name}
              onChange={pieces => void changeLine(line, { pieces })}
            />
          )}
          <button
            type="button"
            className="button button-plain"
            aria-label={t('cart.remove.of', { name })}
            onClick={() => void removeLines([line])}
          >
            {t('cart.remove')}
          </button>
        </div>
      </div>
    </li>
  )
}

/** What is otherwise than it was when the customer put it in, and the way to agree to it. */
function Told({ found: { line, now, standing } }: { found: LineNow }) {
  const { t } = useTranslation('checkout')
  if (standing === 'gone') return <p className="tag tag-grey">{t('cart.gone')}</p>
  if (!now || standing === 'good' || standing === 'unknown') return null
  const agree = () => void changeLine(line, { seen: now, pieces: piecesWithin(now, line.pieces) })
  const [before, after] = [pieceFen(line.seen, line.pieces), pieceFen(now, line.pieces)]
  return (
    <div className="note cart-told" role="status">
      <p>
        {standing === 'short'
          ? t('cart.short', { count: now.available })
          : before === after
            ? t('cart.otherwise')
            : t('cart.changed', { before: formatFen(before), after: formatFen(after) })}
      </p>
      <button type="button" className="button button-soft" onClick={agree}>
        {standing === 'short' ? t('cart.short.take', { count: now.available }) : t('cart.changed.take')}
      </button>
    </div>
  )
}
