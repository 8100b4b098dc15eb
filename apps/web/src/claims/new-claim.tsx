import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { DialogForm } from '../desk/dialog-form.tsx'
import { PickField } from '../desk/fields.tsx'
import { PhotosInput } from '../desk/photos-input.tsx'
import { type PiecesDraft, PiecesFields, piecesOf } from '../orders/pieces-fields.tsx'
import { useMember } from '../session/me.ts'
import { useProgrammeId } from '../session/programme.ts'
import { hasRole } from '../session/roles.ts'

type Kind = 'return' | 'quality' | 'missing'

interface Draft extends PiecesDraft {
  readonly kind: Kind
  readonly photos: readonly string[]
}

const empty: Draft = { kind: 'quality', pieces: {}, reason: '', photos: [] }

/** The way to a claim, where something may be claimed of an order. */
export function NewClaim({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('claims')
  const programme = useProgrammeId()
  const [open, setOpen] = useState(false)
  const isBuyer = hasRole(useMember(), 'buyer', 'canteen_acceptor')
  const found = useQuery({
    queryKey: ['claimable', programme, order.id],
    queryFn: ({ signal }) => call('claimable', { params: { programme, order: order.id }, signal }),
    enabled: isBuyer && (order.state === 'shipped' || order.state === 'accepted'),
  })
  if (!found.data || found.data.kinds.length === 0) return null
  return (
    <p>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {t('new')}
      </button>
      {open ? <ClaimForm order={order} claimable={found.data} close={() => setOpen(false)} /> : null}
    </p>
  )
}

interface ClaimFormProps {
  readonly order: OrderDetail
  readonly claimable: {
    readonly kinds: readonly { readonly kind: Kind }[]
    readonly lines: readonly { readonly no: number; readonly pieces: number }[]
  }
  close(): void
}

function ClaimForm({ order, claimable, close }: ClaimFormProps) {
  const { t } = useTranslation('claims')
  const programme = useProgrammeId()
  return (
    <DialogForm<Draft>
      name={`${programme}.claim.of.${order.id}`}
      title={t('new')}
      hint={t('new.hint')}
      empty={empty}
      sendLabel={t('new.send')}
      said={t('new.done')}
      send={(draft, key) =>
        call('newClaim', {
          params: { programme, order: order.id },
          key,
          body: {
            ...{ kind: draft.kind, reason: draft.reason, photos: [...draft.photos] },
            lines: piecesOf(claimable.lines, draft),
          },
        })
      }
      close={close}
      fields={(draft, put) => (
        <>
          <PickField
            label={t('new.kind')}
            value={draft.kind}
            options={claimable.kinds.map(({ kind }) => [kind, t(`kind.${kind}`)] as const)}
            pick={kind => put({ kind: kind as Kind })}
          />
          <PiecesFields
            order={order}
            lines={claimable.lines}
            draft={draft}
            reasonLabel={t('reason')}
            labelOf={line => t('new.pieces', line)}
            put={put}
          />
          <PhotosInput most={9} value={draft.photos} onChange={photos => put({ photos })} />
        </>
      )}
    />
  )
}
