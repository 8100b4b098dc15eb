import type { ImportRun } from '@silian/kernel/register/contract.ts'
import { useTranslation } from 'react-i18next'

const colours = { waiting: 'badge-wait', running: 'badge-wait', done: '', refused: 'badge-bad' } as const

export function RunState({ run }: { run: Pick<ImportRun, 'state' | 'dryRun'> }) {
  const { t } = useTranslation('register')
  return (
    <>
      {run.dryRun ? <span className="badge badge-plain">{t('import.trial')}</span> : null}
      <span className={`badge ${colours[run.state]}`}>{t(`import.state.${run.state}`)}</span>
    </>
  )
}
