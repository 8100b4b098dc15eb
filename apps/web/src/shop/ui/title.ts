import { createContext, useContext, useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** Told the title of a page where there is no document to put it on. */
export const TellTitle = createContext<((title: string) => void) | undefined>(undefined)

/** What the tab of the browser says: the page, and whose it is. */
export function useTitle(page: string): void {
  const { t } = useTranslation('front')
  const tell = useContext(TellTitle)
  const title = page ? `${page} · ${t('app.name')}` : t('app.name')
  tell?.(title)
  useEffect(() => {
    document.title = title
  }, [title])
}
