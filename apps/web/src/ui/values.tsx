import { useTranslation } from 'react-i18next'
import { formatDay, formatFen, formatInstant, weightOf } from '../i18n/format.ts'

export function Money({ fen }: { fen: number }) {
  return <span className="number">{formatFen(fen)}</span>
}

export function Day({ at }: { at: string }) {
  return (
    <time className="number" dateTime={at}>
      {formatDay(at)}
    </time>
  )
}

export function Instant({ at }: { at: string }) {
  return (
    <time className="number" dateTime={at}>
      {formatInstant(at)}
    </time>
  )
}

/** An amount of the unit a product is counted in: grams as g or kg, pieces as pieces. */
export function useQuantityText(): (quantity: number, unit: 'g' | 'piece') => string {
  const { t } = useTranslation()
  return (quantity, unit) => {
    if (unit === 'piece') return t('quantity.piece', { count: quantity })
    const { value, unit: of } = weightOf(quantity)
    return t(`quantity.${of}`, { value })
  }
}
