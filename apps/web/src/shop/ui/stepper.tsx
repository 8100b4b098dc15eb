import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Minus, Plus } from './icons.tsx'

interface StepperProps {
  readonly pieces: number
  readonly least: number
  readonly most: number
  /** Whether no more are there, or no more may be taken: what is said where more were asked for. */
  readonly cap?: 'left' | 'most'
  /** Of what, for who cannot see where it stands. */
  readonly of: string
  onChange(pieces: number): void
}

/** How many: between the least and the most, and whoever asks for another number is told what became of it. */
export function Stepper({ pieces, least, most, cap = 'most', of, onChange }: StepperProps) {
  const { t } = useTranslation('front')
  const [typed, setTyped] = useState<string>()
  const [cut, setCut] = useState<string>()
  const put = (wanted: number) => {
    setCut(
      wanted > most
        ? t(`pieces.cut.${cap}`, { most })
        : wanted < least
          ? t('pieces.cut.least', { least })
          : undefined,
    )
    onChange(Math.max(least, Math.min(most, wanted)))
  }
  const settle = () => {
    if (typed !== undefined && /^\d{1,7}$/.test(typed)) put(Number(typed))
    setTyped(undefined)
  }
  return (
    <div className="pieces">
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
          onChange={event => {
            setTyped(event.target.value)
            setCut(undefined)
          }}
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
      <p role="status" className="pieces-cut">
        {cut}
      </p>
    </div>
  )
}
