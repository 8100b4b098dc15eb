import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Overlay } from '../declared/overlay.tsx'
import { useProgrammeId } from '../session/programme.ts'
import { useSay } from '../ui/said.tsx'
import { Loaded, ProblemNotice } from '../ui/states.tsx'
import { Instant } from '../ui/values.tsx'
import type { BrowserKey } from './browser-keys.ts'
import type { Checked, Shown } from './to-sign.ts'
import { askToSign, keyFor, useBrowserKeys, useSignAndSend } from './use-signing.ts'

interface SignFactProps {
  readonly shown: Shown
  /** The fact in words. */
  readonly words: string
  /** Whose word it is. */
  readonly holder?: string
}

/** Offers to sign with the key of this browser, where there is one. */
export function SignFact({ shown, words, holder }: SignFactProps) {
  const { t } = useTranslation('signing')
  const [open, setOpen] = useState(false)
  const key = keyFor(useBrowserKeys(), holder)
  if (!key) return null
  return (
    <>
      <button type="button" className="button button-small" onClick={() => setOpen(true)}>
        {t('sign')}
      </button>
      {open ? <SignDialog keyUsed={key} shown={shown} words={words} close={() => setOpen(false)} /> : null}
    </>
  )
}

interface DialogProps {
  readonly keyUsed: BrowserKey
  readonly shown: Shown
  readonly words: string
  close(): void
}

function SignDialog({ keyUsed, shown, words, close }: DialogProps) {
  const { t } = useTranslation('signing')
  const programme = useProgrammeId()
  const asked = useQuery({
    queryKey: ['to-sign', programme, shown.fact, keyUsed.keyId],
    queryFn: () => askToSign(programme, keyUsed, shown),
    retry: false,
    gcTime: 0,
  })
  return (
    <Overlay kind="dialog" title={t('sign.title')} close={close}>
      <Loaded query={asked} lines={4}>
        {checked => <Said checked={checked} keyUsed={keyUsed} words={words} close={close} />}
      </Loaded>
    </Overlay>
  )
}

function Said({
  checked,
  keyUsed,
  words,
  close,
}: {
  checked: Checked
  keyUsed: BrowserKey
  words: string
  close(): void
}) {
  const { t } = useTranslation('signing')
  const say = useSay()
  const sign = useSignAndSend(keyUsed)
  const { entry } = checked
  return (
    <div className="stack">
      <p>{t('sign.lead', { words })}</p>
      <dl className="facts">
        <div>
          <dt>{t('sign.at')}</dt>
          <dd>
            <Instant at={entry.at} />
          </dd>
        </div>
        {Object.entries(entry.pub).map(([name, value]) => (
          <div key={name}>
            <dt>{t(`said.${name}`, name)}</dt>
            <dd className="code">{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
        <div>
          <dt>{t('sign.key')}</dt>
          <dd className="code">{keyUsed.keyId}</dd>
        </div>
      </dl>
      <p className="muted">{t('sign.checked')}</p>
      {sign.isError ? <ProblemNotice error={sign.error} /> : null}
      <div className="form-actions">
        <button
          type="button"
          className="button button-main"
          disabled={sign.isPending}
          onClick={() =>
            sign.mutate(checked, {
              onSuccess: () => {
                say(t('signed'))
                close()
              },
            })
          }
        >
          {t('sign.do')}
        </button>
      </div>
    </div>
  )
}
