import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Minus, Plus } from './icons.tsx'

interface StepperProps {
  readonly pieces: number
  readonly least: number
  readonly most: number
  /** Of what, for who cannot see where it stands. */
  readonly of: string
  onChange(pieces: number): void
}

export function Stepper({ pieces, least, most, of, onChange }: StepperProps) {
  const { t } = useTranslation('front')
  const [typed, setTyped] = useState<string>()
  const put = (wanted: number) => onChange(Math.max(least, Math.min(most, wanted)))
  const settle = () => {
    if (typed !== undefined && /^\d{1,7}$/.test(typed)) put(Number(typed))
    setTyped(undefined)
  }
  return (
    <fieldset className="stepper" aria-label={t('pieces.of', { name: of })}>
      <button
        type="button"
        aria-label={t('pieces.less')}
        disabled={pieces <= least}
        onClick={() => put(pieces - 1)}
      >
        <Minus />
      </button>
      <input
        inputMode="numeric"
        aria-label={t('pieces')}
        value={typed ?? pieces}
        onChange={event => setTyped(event.target.value)}
        onBlur={settle}
        onKeyDown={event => event.key === 'Enter' && settle()}
      />
      <button
        type="button"
        aria-label={t('pieces.more')}
        disabled={pieces >= most}
        onClick={() => put(pieces + 1)}
      >
        <Plus />
      </button>
    </fieldset>
  )
}
