import { useTranslation } from 'react-i18next'
import { Go, useProgramme } from '../ui/go.tsx'
import { useTitle } from '../ui/title.ts'
import { Counties } from './counties.tsx'
import { Helping } from './helping.tsx'
import { Hero } from './hero.tsx'
import { Kinds } from './kinds.tsx'
import { Pavilions } from './pavilions.tsx'
import { Season } from './season.tsx'
import '../styles/home.css'

export function HomePage() {
  useTitle(useTranslation('front').t('hero.title'))
  return (
    <div className="page home">
      <Hero />
      <Kinds />
      <Season />
      <Counties />
      <Pavilions />
      <Helping />
      <Foot />
    </div>
  )
}

/** The units' shop and the public figures are the other side of the same house. */
function Foot() {
  const { t } = useTranslation('front')
  const programme = useProgramme()
  return (
    <footer className="foot">
      <p>{t('foot.promise', { ns: 'common' })}</p>
      <p className="foot-ways">
        <Go to="/me">{t('foot.print')}</Go>
        <a href={`/p/${programme}/shop`}>{t('foot.units')}</a>
        <a href={`/p/${programme}/open/figures`}>{t('foot.figures')}</a>
      </p>
    </footer>
  )
}
