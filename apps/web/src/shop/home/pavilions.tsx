import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { inVocabulary } from '../../i18n/vocabulary.ts'
import { pavilionsOf } from '../queries.ts'
import { Go, useProgramme } from '../ui/go.tsx'
import { useNames } from '../ui/names.ts'

export function Pavilions() {
  const { t } = useTranslation('front')
  const programme = useProgramme()
  const { nameOf, either } = useNames()
  const { data } = useQuery(pavilionsOf(programme))
  if (!data || data.length === 0) return null
  const words = t('vocabulary.words', { ns: 'common' })
  return (
    <section className="section" aria-labelledby="pavilions">
      <h2 id="pavilions">{t('pavilions.title')}</h2>
      <ul className="pavilion-list">
        {data.map((pavilion, at) => (
          <li key={pavilion.key} className={`pavilion pavilion-${at % 4}`}>
            <Go to="/find" search={{ pavilion: pavilion.key }}>
              {inVocabulary(nameOf(pavilion), words)}
            </Go>
            <p>
              {either(pavilion.wordsZh, pavilion.wordsEn) ||
                t(pavilion.recognisedOnly ? 'pavilion.recognised' : 'pavilion.all')}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
