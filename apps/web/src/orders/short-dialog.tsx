import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { DialogForm } from '../desk/dialog-form.tsx'
import { useProgrammeId } from '../session/programme.ts'
import { type PiecesDraft, PiecesFields, piecesOf } from './pieces-fields.tsx'

interface ShortDialogProps {
  readonly order: OrderDetail
  /** Lines of which something is still to be sent, and how much. */
  readonly open: readonly { readonly no: number; readonly pieces: number }[]
  close(): void
}

/** What cannot be supplied: its goods are free again, and its money goes back. */
export function ShortDialog({ order, open, close }: ShortDialogProps) {
  const { t } = useTranslation('delivery')
  const programme = useProgrammeId()
  return (
    <DialogForm<PiecesDraft>
      name={`${programme}.short.${order.id}`}
      title={t('short')}
      hint={t('short.hint')}
      empty={{ pieces: {}, reason: '' }}
      sendLabel={t('short.send')}
      said={t('short.done')}
      send={(draft, key) =>
        call('fallShort', {
          params: { programme, order: order.id },
          key,
          body: { reason: draft.reason, lines: piecesOf(open, draft) },
        })
      }
      close={close}
      fields={(draft, put) => (
        <PiecesFields
          order={order}
          lines={open}
          draft={draft}
          reasonLabel={t('reason')}
          labelOf={line => t('short.of', line)}
          put={put}
        />
      )}
    />
  )
}
