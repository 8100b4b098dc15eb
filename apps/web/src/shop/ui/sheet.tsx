import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Cross } from './icons.tsx'

interface SheetProps {
  readonly title: string
  readonly children: ReactNode
  onClose(): void
}

/** What comes up from below on a phone; the browser keeps the focus inside and Escape closes it. */
export function Sheet({ title, children, onClose }: SheetProps) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const head = useId()
  useEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={head}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={event => event.target === dialog.current && onClose()}
    >
      <div className="sheet-in">
        <div className="sheet-head">
          <h2 id={head}>{title}</h2>
          <button type="button" className="round-button" aria-label={t('close')} onClick={onClose}>
            <Cross />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  )
}
