import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Shell } from '../layout/shell.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, ProblemNotice } from '../ui/states.tsx'

export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <Shell kind="public">
      <Page title={t('notFound.title')}>
        <Empty title={t('notFound.text')}>
          <Link to="/" className="button">
            {t('notFound.home')}
          </Link>
        </Empty>
      </Page>
    </Shell>
  )
}

/** An error of the program itself: the rest of the house stands, and the way out is named. */
export function BrokenPage({ error }: { error: unknown }) {
  const { t } = useTranslation()
  return (
    <div className="page" style={{ padding: '2rem' }}>
      <h1>{t('broken.title')}</h1>
      <ProblemNotice error={error} />
      <p>
        <button type="button" className="button button-main" onClick={() => location.reload()}>
          {t('broken.reload')}
        </button>{' '}
        <a className="button" href="/">
          {t('notFound.home')}
        </a>
      </p>
    </div>
  )
}
