import type { Credit } from '@silian/chains/supply/payments/contract.ts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { formatFen } from '../../i18n/format.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'

const empty = { code: '', note: '' }

/** Gives money to the payment it was meant for, on a person's word and with the reason why. */
export function Allot({ credit, close }: { credit: Credit; close(): void }) {
  const { t } = useTranslation('credits')
  const programme = useProgrammeId()
  return (
    <DialogForm
      name={`${programme}.credit.${credit.id}`}
      title={t('allot.of', { sum: formatFen(credit.amountFen), reference: credit.reference })}
      hint={t('allot.hint')}
      empty={empty}
      sendLabel={t('allot')}
      said={t('allotted')}
      send={(body, key) => call('allotCredit', { params: { programme, credit: credit.id }, key, body })}
      close={close}
      fields={(draft, put) => (
        <>
          <Field
            label={t('allot.code')}
            hint={t('allot.code.hint')}
            required
            maxLength={32}
            value={draft.code}
            onChange={event => put({ code: event.target.value.trim() })}
          />
          <Field
            label={t('allot.note')}
            required
            maxLength={500}
            value={draft.note}
            onChange={event => put({ note: event.target.value })}
          />
        </>
      )}
    />
  )
}
