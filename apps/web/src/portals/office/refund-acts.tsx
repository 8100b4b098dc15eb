import type { RefundListed } from '@silian/chains/supply/payments/refund-contract.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { formatFen } from '../../i18n/format.ts'
import { useMember } from '../../session/me.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { hasRole } from '../../session/roles.ts'
import { Field } from '../../ui/field.tsx'
import { failureOf } from './failure.tsx'

type Act = 'paid' | 'again'

/** What the finance office does about a refund: the number under which it was paid, or asking a provider again. */
export function RefundActs({ refund }: { refund: RefundListed }) {
  const { t } = useTranslation('reconciliation')
  const [act, setAct] = useState<Act>()
  const maySettle = hasRole(useMember(), 'finance_officer')
  const acts = actsOf(refund)
  if (!maySettle || acts.length === 0) return null
  return (
    <>
      {acts.map(one => (
        <button key={one} type="button" className="button button-small" onClick={() => setAct(one)}>
          {t(`refund.${one}`)}
          <span className="visually-hidden"> {refund.orderNumber}</span>
        </button>
      ))}
      {act === 'paid' ? <Paid refund={refund} close={() => setAct(undefined)} /> : null}
      {act === 'again' ? <Again refund={refund} close={() => setAct(undefined)} /> : null}
    </>
  )
}

/** No machine pays a unit back: a person says that the bank did. */
function actsOf({ source, state }: RefundListed): readonly Act[] {
  if (source === 'budget' || source === 'bank') return state === 'ordered' ? ['paid'] : []
  return state === 'failed' ? ['again', 'paid'] : []
}

interface ActProps {
  readonly refund: RefundListed
  close(): void
}

function Paid({ refund, close }: ActProps) {
  const { t } = useTranslation('reconciliation')
  const programme = useProgrammeId()
  return (
    <DialogForm
      name={`${programme}.refund.${refund.id}`}
      title={t('refund.paid.of', { sum: formatFen(refund.amountFen), order: refund.orderNumber ?? '—' })}
      hint={t('refund.paid.hint')}
      empty={{ reference: '' }}
      sendLabel={t('refund.paid')}
      said={t('refund.paid.said')}
      send={({ reference }, key) =>
        call('decideRefund', {
          params: { programme, refund: refund.id },
          key,
          body: { outcome: 'done', reference },
        })
      }
      close={close}
      fields={(draft, put) => (
        <Field
          label={t('refund.reference')}
          required
          maxLength={64}
          value={draft.reference}
          onChange={event => put({ reference: event.target.value.trim() })}
        />
      )}
    />
  )
}

function Again({ refund, close }: ActProps) {
  const { t } = useTranslation('reconciliation')
  const programme = useProgrammeId()
  return (
    <DialogForm
      name={`${programme}.refund.again.${refund.id}`}
      title={t('refund.again.of', { sum: formatFen(refund.amountFen) })}
      hint={failureOf(t, refund.failure ?? '')}
      empty={{}}
      sendLabel={t('refund.again')}
      said={t('refund.again.said')}
      send={(_, key) =>
        call('decideRefund', { params: { programme, refund: refund.id }, key, body: { outcome: 'again' } })
      }
      close={close}
      fields={() => null}
    />
  )
}
