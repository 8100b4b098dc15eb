import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { DialogForm } from '../desk/dialog-form.tsx'
import { NumberField } from '../desk/fields.tsx'
import { useProgrammeId } from '../session/programme.ts'
import { Field } from '../ui/field.tsx'

interface Draft {
  readonly pieces: Readonly<Record<number, string>>
  readonly reason: string
}

interface ShortDialogProps {
  readonly order: OrderDetail
  /** Lines of which something is still to be sent. */
  readonly open: readonly { readonly no: number; readonly toSend: number }[]
  close(): void
}

/** What cannot be supplied: its goods are free again, and its money goes back. */
export function ShortDialog({ order, open, close }: ShortDialogProps) {
  const { t, i18n } = useTranslation('delivery')
  const programme = useProgrammeId()
  const nameOf = (no: number) => {
    const line = order.lines.find(one => one.no === no)
    return (i18n.language === 'en' && line?.nameEn) || line?.nameZh || ''
  }
  return (
    <DialogForm<Draft>
      name={`${programme}.short.${order.id}`}
      title={t('short')}
      hint={t('short.hint')}
      empty={{ pieces: {}, reason: '' }}
      sendLabel={t('short.send')}
      said={t('short.done')}
      send={({ pieces, reason }, key) =>
        call('fallShort', {
          params: { programme, order: order.id },
          key,
          body: {
            reason,
            lines: open
              .map(({ no }) => ({ no, pieces: Number(pieces[no] ?? 0) }))
              .filter(line => line.pieces > 0),
          },
        })
      }
      close={close}
      fields={(draft, put) => (
        <>
          {open.map(({ no, toSend }) => (
            <NumberField
              key={no}
              label={t('short.of', { name: nameOf(no), count: toSend })}
              value={draft.pieces[no] ?? ''}
              put={value => put({ pieces: { ...draft.pieces, [no]: value } })}
            />
          ))}
          <Field
            label={t('reason')}
            required
            maxLength={500}
            value={draft.reason}
            onChange={event => put({ reason: event.target.value })}
          />
        </>
      )}
    />
  )
}
