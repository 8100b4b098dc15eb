import { useTranslation } from 'react-i18next'
import { Trouble } from '../ui/notice.tsx'

export function Broken({ error }: { error: unknown }) {
  const { t } = useTranslation()
  return (
    <main className="page">
      <h1>{t('broken.title')}</h1>
      <Trouble error={error} />
      <button type="button" className="button" onClick={() => location.reload()}>
        {t('broken.reload')}
      </button>
    </main>
  )
}

export function Missing() {
  const { t } = useTranslation()
  return (
    <main className="page">
      <h1>{t('notFound.title')}</h1>
      <p>{t('notFound.text')}</p>
      <a className="button" href="/s/">
        {t('notFound.home')}
      </a>
    </main>
  )
}
