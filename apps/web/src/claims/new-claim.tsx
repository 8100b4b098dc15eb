import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { DialogForm } from '../desk/dialog-form.tsx'
import { NumberField, PickField } from '../desk/fields.tsx'
import { PhotosInput } from '../desk/photos-input.tsx'
import { useMember } from '../session/me.ts'
import { useProgrammeId } from '../session/programme.ts'
import { hasRole } from '../session/roles.ts'
import { Field } from '../ui/field.tsx'

type Kind = 'return' | 'quality' | 'missing'

interface Draft {
  readonly kind: Kind
  readonly pieces: Readonly<Record<number, string>>
  readonly reason: string
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
  const { t, i18n } = useTranslation('claims')
  const programme = useProgrammeId()
  const nameOf = (no: number) => {
    const line = order.lines.find(one => one.no === no)
    return (i18n.language === 'en' && line?.nameEn) || line?.nameZh || ''
  }
  return (
    <DialogForm<Draft>
      name={`${programme}.claim.of.${order.id}`}
      title={t('new')}
      hint={t('new.hint')}
      empty={empty}
      sendLabel={t('new.send')}
      said={t('new.done')}
      send={({ kind, pieces, reason, photos }, key) =>
        call('newClaim', {
          params: { programme, order: order.id },
          key,
          body: {
            ...{ kind, reason, photos: [...photos] },
            lines: Object.entries(pieces)
              .map(([no, count]) => ({ no: Number(no), pieces: Number(count) }))
              .filter(line => line.pieces > 0),
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
          {claimable.lines.map(({ no, pieces }) => (
            <NumberField
              key={no}
              label={t('new.pieces', { name: nameOf(no), count: pieces })}
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
          <PhotosInput most={9} value={draft.photos} onChange={photos => put({ photos })} />
        </>
      )}
    />
  )
}
