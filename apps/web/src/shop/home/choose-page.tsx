import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { shopCall } from '../api.ts'
import { useNames } from '../ui/names.ts'
import { Ready } from '../ui/notice.tsx'
import { useTitle } from '../ui/title.ts'

/** The shop without a programme: straight into the only one there is, else a choice of cities. */
export function ChoosePage() {
  const { t } = useTranslation('front')
  useTitle(t('choose.title'))
  const { nameOf } = useNames()
  const programmes = useQuery({
    queryKey: ['programmes'],
    queryFn: ({ signal }) => shopCall('programmes', { signal }),
  })
  const only = programmes.data?.length === 1 ? programmes.data[0]?.id : undefined
  useEffect(() => {
    if (only) location.replace(`/s/${only}`)
  }, [only])
  return (
    <main className="page page-narrow">
      <h1>{t('choose.title')}</h1>
      <Ready query={programmes}>
        {list => (
          <ul className="choices">
            {list.map(programme => (
              <li key={programme.id}>
                <a className="button button-soft button-wide" href={`/s/${programme.id}`}>
                  {nameOf(programme)}
                </a>
              </li>
            ))}
          </ul>
        )}
      </Ready>
    </main>
  )
}
