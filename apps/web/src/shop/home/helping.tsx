import { useTranslation } from 'react-i18next'
import { Go } from '../ui/go.tsx'
import { Heart, Shield, Truck } from '../ui/icons.tsx'

const promises = [
  ['reach', Heart],
  ['ship', Truck],
  ['check', Shield],
] as const

/** Why to buy here, in three sentences, and the way to what helps most. */
export function Helping() {
  const { t } = useTranslation('front')
  return (
    <section className="section" aria-labelledby="why">
      <div className="section-head">
        <h2 id="why">{t('why.title')}</h2>
        <Go to="/find" search={{ sort: 'benefit' }}>
          {t('why.most')}
        </Go>
      </div>
      <ul className="why">
        {promises.map(([word, Picture]) => (
          <li key={word}>
            <Picture />
            <h3>{t(`why.${word}`)}</h3>
            <p className="soft">{t(`why.${word}.text`)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
