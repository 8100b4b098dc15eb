import { useTranslation } from 'react-i18next'
import { Star } from './icons.tsx'

const five = [1, 2, 3, 4, 5]

export function Stars({ score }: { score: number }) {
  const { t } = useTranslation('front')
  return (
    <span className="stars" role="img" aria-label={t('stars.of', { score })}>
      {five.map(at => (
        <Star key={at} full={at <= Math.round(score)} />
      ))}
    </span>
  )
}
