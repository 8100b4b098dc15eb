import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Trouble } from '../ui/notice.tsx'
import type { Missing } from './draft.ts'

interface HinderedProps {
  readonly missing: Missing
  /** Why it was not ordered; null where it was not tried, or something was changed since. */
  readonly error: Error | null
}

/** Why the button beside it ordered nothing: it stands where the button is, and leads to what has to be changed. */
export function Hindered({ missing, error }: HinderedProps) {
  const { t } = useTranslation('checkout')
  const place = useRef<HTMLDivElement>(null)
  const count = Object.keys(missing).length
  useEffect(() => {
    if (Object.keys(missing).length === 0) return
    place.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [missing])
  useEffect(() => {
    if (error) place.current?.focus({ preventScroll: true })
  }, [error])
  return (
    <div ref={place} className="hindered" tabIndex={-1}>
      {count > 0 ? (
        <p className="trouble" role="alert">
          {t('missing', { count })}
        </p>
      ) : error ? (
        <Trouble error={error} />
      ) : null}
    </div>
  )
}
