import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProgrammeId } from '../session/programme.ts'
import { Icon } from '../ui/icons.tsx'
import { isTyping } from '../ui/typing.ts'
import './search-box.css'

// who looks for nothing loads nothing
const SearchDialog = lazy(() => import('./search-dialog.tsx').then(file => ({ default: file.SearchDialog })))

/** The way to the search: a button in the head of every page, and the key `/`. */
export function SearchBox() {
  const { t } = useTranslation()
  const programme = useProgrammeId()
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey
      if (event.key !== '/' || !plain || isTyping(event.target) || document.querySelector('dialog[open]'))
        return
      event.preventDefault()
      setOpen(true)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  if (programme === '') return null
  return (
    <>
      <button
        type="button"
        className="preference search-open"
        aria-keyshortcuts="/"
        onClick={() => setOpen(true)}
      >
        <Icon name="search" />
        <span className="search-open-text">{t('search')}</span>
        <span className="search-key" aria-hidden="true">
          /
        </span>
      </button>
      {isOpen ? (
        <Suspense>
          <SearchDialog close={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
