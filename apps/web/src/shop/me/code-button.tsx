import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { secondsLeft } from './codes.ts'

interface CodeButtonProps {
  /** From when a code may be asked for again; nothing where none was asked for. */
  readonly until: number | undefined
  readonly isBusy: boolean
  onAsk(): void
}

/** Sends a code, or another one once its time has come. */
export function CodeButton({ until, isBusy, onAsk }: CodeButtonProps) {
  const { t } = useTranslation('mine')
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (until === undefined) return undefined
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [until])
  const seconds = secondsLeft(until, now)
  return (
    <button type="button" className="button button-soft" disabled={isBusy || seconds > 0} onClick={onAsk}>
      {seconds > 0
        ? t('me.code.wait', { seconds })
        : t(until === undefined ? 'me.code.ask' : 'me.code.again')}
    </button>
  )
}
