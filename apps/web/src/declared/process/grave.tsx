import { useTranslation } from 'react-i18next'
import { Overlay } from '../overlay.tsx'
import type { Words } from '../words.ts'

interface GraveProps {
  readonly outcome: string
  readonly words: Words
  send(): void
  close(): void
}

/** Asks once more before an outcome that cannot be undone, saying what it does. */
export function Grave({ outcome, words, send, close }: GraveProps) {
  const { t } = useTranslation('process')
  const label = words.text(`outcome.${outcome}`, outcome)
  return (
    <Overlay kind="dialog" title={label} close={close}>
      <div className="stack">
        <GraveWords outcome={outcome} words={words} />
        <div className="form-actions">
          <button type="button" className="button" onClick={close}>
            {t('cancel', { ns: 'common' })}
          </button>
          <button type="button" className="button button-grave" onClick={send}>
            {t('grave.sure', { outcome: label })}
          </button>
        </div>
      </div>
    </Overlay>
  )
}

export function GraveWords({ outcome, words }: Pick<GraveProps, 'outcome' | 'words'>) {
  return <p className="notice notice-bad">{words.text(`grave.${outcome}`, '')}</p>
}
