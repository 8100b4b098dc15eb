import type { Figure } from '@silian/chains/assurance/figures/contract.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CheckLink, ReceiptsLink } from '../../receipts/link.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { ProblemNotice } from '../../ui/states.tsx'
import { VerdictView } from './verdict-view.tsx'

interface Progress {
  readonly done: number
  readonly total: number
}

/** Runs the verifier in this browser over the figure on the page. */
export function CheckPanel({ figure }: { figure: Figure }) {
  const { t } = useTranslation('figures')
  const programme = useProgrammeId()
  const [progress, setProgress] = useState<Progress>()
  const check = useMutation({
    mutationFn: async () => {
      const { checkFigure } = await import('./check.ts')
      return checkFigure({ programme, figure, storage: localStorage, onProgress: setProgress })
    },
    onSettled: () => setProgress(undefined),
  })
  return (
    <section className="check card" aria-label={t('check')}>
      <h3>{t('check')}</h3>
      <p className="muted">{t('check.lead')}</p>
      <button
        type="button"
        className="button button-main"
        disabled={check.isPending || figure.logIndex === null}
        onClick={() => check.mutate()}
      >
        {t(check.isPending ? 'check.going' : check.data ? 'check.again' : 'check.go')}
      </button>
      <p>
        {figure.factId ? <ReceiptsLink kind="figures" thing={figure.factId} /> : null} <CheckLink />
      </p>
      {progress ? (
        <label className="check-progress">
          {t('check.progress', { done: progress.done, total: progress.total })}
          <progress max={progress.total} value={progress.done} />
        </label>
      ) : null}
      <div aria-live="polite">
        {check.isError ? <ProblemNotice error={check.error} /> : null}
        {check.data ? <VerdictView verdict={check.data} /> : null}
      </div>
    </section>
  )
}
