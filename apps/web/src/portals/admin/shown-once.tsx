import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Overlay } from '../../declared/overlay.tsx'

interface ShownOnceProps {
  readonly title: string
  readonly text: string
  /** What is to be written down. */
  readonly secret: string
  close(): void
}

/** A password or key that nobody is shown again. */
export function ShownOnce({ title, text, secret, close }: ShownOnceProps) {
  const { t } = useTranslation('admin')
  const [copied, setCopied] = useState(false)
  const copy = () => void navigator.clipboard?.writeText(secret).then(() => setCopied(true))
  return (
    <Overlay kind="dialog" title={title} close={close}>
      <div className="shown-once">
        <p>{text}</p>
        <code>{secret}</code>
        <p className="notice notice-wait">{t('once.hint')}</p>
        <div className="form-actions">
          <button type="button" className="button" onClick={copy}>
            {t(copied ? 'once.copied' : 'once.copy')}
          </button>
          <button type="button" className="button button-main" onClick={close}>
            {t('once.kept')}
          </button>
        </div>
      </div>
    </Overlay>
  )
}
