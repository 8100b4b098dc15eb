import type { Credit } from '@silian/chains/supply/payments/contract.ts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { Choices } from '../../desk/fields.tsx'
import { formatFen } from '../../i18n/format.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { PayableOrders } from './payable-orders.tsx'

interface Draft {
  readonly by: 'code' | 'orders'
  readonly code: string
  readonly orderIds: readonly string[]
  readonly chosenFen: number
  readonly note: string
}

const empty: Draft = { by: 'code', code: '', orderIds: [], chosenFen: 0, note: '' }

/** Gives money to the payment or the orders it was meant for, on a person's word and with the reason why. */
export function Allot({ credit, close }: { credit: Credit; close(): void }) {
  const { t } = useTranslation('credits')
  const programme = useProgrammeId()
  const send = ({ by, code, orderIds, note }: Draft, key: string) =>
    call('allotCredit', {
      params: { programme, credit: credit.id },
      key,
      body: { note, ...(by === 'code' ? { code } : { orderIds: [...orderIds] }) },
    })
  return (
    <DialogForm<Draft>
      name={`${programme}.credit.${credit.id}`}
      title={t('allot.of', { sum: formatFen(credit.amountFen), reference: credit.reference })}
      hint={t('allot.hint')}
      empty={empty}
      sendLabel={t('allot')}
      said={t('allotted')}
      maySend={({ by, chosenFen }) => by === 'code' || chosenFen === credit.amountFen}
      send={send}
      close={close}
      fields={(draft, put) => (
        <>
          <Choices legend={t('allot.by')}>
            {(['code', 'orders'] as const).map(by => (
              <label key={by} className="choice">
                <input type="radio" name="by" checked={draft.by === by} onChange={() => put({ by })} />
                <span>{t(`allot.by.${by}`)}</span>
              </label>
            ))}
          </Choices>
          {draft.by === 'code' ? (
            <Field
              label={t('allot.code')}
              hint={t('allot.code.hint')}
              required
              maxLength={32}
              value={draft.code}
              onChange={event => put({ code: event.target.value.trim() })}
            />
          ) : (
            <PayableOrders credit={credit} chosen={draft.orderIds} chosenFen={draft.chosenFen} put={put} />
          )}
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
