import { utf8 } from '@silian/verifier/bytes.ts'
import { useTranslation } from 'react-i18next'
import { useProgrammeId } from '../session/programme.ts'
import { Loading } from '../ui/states.tsx'
import { VerdictOf } from './check-page.tsx'
import { Square } from './square.tsx'
import { useTrust, useVerdicts } from './use-check.ts'

/** A receipt on a sheet of paper: what it states, checked here before it is shown, and the square that opens it anywhere. */
export function Paper({ name, receipt }: { name: string; receipt: string }) {
  const { t } = useTranslation('receipts')
  const programme = useProgrammeId()
  const { believed, isMissing } = useTrust()
  const verdicts = useVerdicts([{ name, proof: utf8(receipt) }], believed, undefined)
  const verdict = verdicts.data?.judged[0]?.verdict
  if (isMissing) return <p className="notice notice-wait">{t('trust.none')}</p>
  if (!believed || !verdict) return <Loading lines={10} />
  return (
    <article className="receipt-paper card">
      <VerdictOf verdict={verdict} believed={believed} />
      <Square receipt={receipt} programme={programme} />
      <footer>
        <h3>{t('checkpoint')}</h3>
        <pre className="receipt-checkpoint">{receipt.slice(receipt.indexOf('\n\n') + 2)}</pre>
      </footer>
    </article>
  )
}
