import { type ReactNode, useEffect, useId, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import './declared.css'

interface OverlayProps {
  readonly kind: 'drawer' | 'dialog'
  readonly title: string
  /** Beside the title: what may be done with all of it. */
  readonly actions?: ReactNode
  readonly children: ReactNode
  close(): void
}

/**
 * A dialog of the browser's own: it keeps the focus inside, closes with Escape and gives the focus back. It stands at
 * the end of the page: a form in a form is none, so it may be opened from inside one.
 */
export function Overlay({ kind, title, actions, children, close }: OverlayProps) {
  const { t } = useTranslation()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const shown = dialog.current
    const before = document.activeElement
    if (shown && !shown.open) shown.showModal()
    return () => {
      shown?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  return createPortal(
    <dialog
      ref={dialog}
      className={`overlay overlay-${kind}`}
      aria-labelledby={id}
      onCancel={event => {
        event.preventDefault()
        close()
      }}
      // what is sent here is not the form's that opened it
      onSubmit={event => event.stopPropagation()}
    >
      <header className="overlay-head">
        <h2 id={id} tabIndex={-1}>
          {title}
        </h2>
        <div className="overlay-actions">
          {actions}
          <button type="button" className="button button-small" onClick={close}>
            {t('close')}
          </button>
        </div>
      </header>
      <div className="overlay-body">{children}</div>
    </dialog>,
    document.body,
  )
}
