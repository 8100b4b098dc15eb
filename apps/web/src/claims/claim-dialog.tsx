import type { Claim } from '@silian/chains/supply/claims/contract.ts'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { DialogForm } from '../desk/dialog-form.tsx'
import { PickField } from '../desk/fields.tsx'
import { PhotosInput } from '../desk/photos-input.tsx'
import { useProgrammeId } from '../session/programme.ts'
import { Field } from '../ui/field.tsx'

type Move = Claim['may'][number]

interface Draft {
  /** Nothing is decided before somebody decides. */
  readonly yes: '' | 'yes' | 'no'
  readonly note: string
  readonly carrier: string
  readonly waybill: string
  readonly photos: readonly string[]
}

const empty: Draft = { yes: '', note: '', carrier: '', waybill: '', photos: [] }

/** Sends a move of a claim with what its form holds. */
function sendMove(programme: string, claim: string, move: Move, draft: Draft, key: string) {
  const to = { params: { programme, claim }, key }
  const note = draft.note.trim()
  const yes = draft.yes === 'yes'
  if (move === 'answer') return call('answerClaim', { ...to, body: { agree: yes, note } })
  if (move === 'decide') return call('decideClaim', { ...to, body: { agree: yes, note } })
  if (move === 'object')
    return call('objectClaim', { ...to, body: { reason: note, photos: [...draft.photos] } })
  if (move === 'send')
    return call('sendClaim', { ...to, body: { carrier: draft.carrier, waybill: draft.waybill } })
  if (move === 'receive') return call('receiveClaim', { ...to, body: { restock: yes } })
  return call('withdrawClaim', { ...to, body: {} })
}

interface ClaimDialogProps {
  readonly claim: Claim
  readonly move: Move
  close(): void
}

/** The form of one move. */
export function ClaimDialog({ claim, move, close }: ClaimDialogProps) {
  const { t } = useTranslation('claims')
  const programme = useProgrammeId()
  return (
    <DialogForm<Draft>
      name={`${programme}.claim.${claim.id}.${claim.state}.${move}`}
      title={t(`move.${move}`)}
      hint={t(`move.${move}.hint`)}
      empty={empty}
      sendLabel={t(`move.${move}`)}
      said={t('done')}
      send={(draft, key) => sendMove(programme, claim.id, move, draft, key)}
      close={close}
      fields={(draft, put) => <Fields move={move} draft={draft} put={put} />}
    />
  )
}

interface FieldsProps {
  readonly move: Move
  readonly draft: Draft
  put(change: Partial<Draft>): void
}

function Fields({ move, draft, put }: FieldsProps) {
  const { t } = useTranslation('claims')
  const text = (name: 'note' | 'carrier' | 'waybill', required: boolean) => (
    <Field
      label={t(`field.${name}`)}
      required={required}
      maxLength={name === 'note' ? 500 : 80}
      value={draft[name]}
      onChange={event => put({ [name]: event.target.value })}
    />
  )
  const choice = move === 'receive' ? 'restock' : 'agree'
  return (
    <>
      {move === 'answer' || move === 'decide' || move === 'receive' ? (
        <PickField
          label={t(`field.${choice}`)}
          required
          none={t('pick')}
          value={draft.yes}
          options={[
            ['yes', t(`${choice}.yes`)],
            ['no', t(`${choice}.no`)],
          ]}
          pick={value => put({ yes: value as Draft['yes'] })}
        />
      ) : null}
      {move === 'answer' || move === 'decide' || move === 'object' ? text('note', move !== 'answer') : null}
      {move === 'object' ? (
        <PhotosInput most={9} value={draft.photos} onChange={photos => put({ photos })} />
      ) : null}
      {move === 'send' ? (
        <>
          {text('carrier', true)}
          {text('waybill', true)}
        </>
      ) : null}
    </>
  )
}
