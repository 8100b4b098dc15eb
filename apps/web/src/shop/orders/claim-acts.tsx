import type { Claim } from '@silian/chains/supply/claims/contract.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shopCall } from '../api.ts'
import { Field } from '../ui/field.tsx'
import { useProgramme } from '../ui/go.tsx'
import { useCommand } from '../ui/intention.ts'
import { Trouble } from '../ui/notice.tsx'
import { Words } from '../ui/words.tsx'

/** What the customer may do with a claim now: send the goods back, have the office decide, or take it back. */
export function ClaimActs({ claim }: { claim: Claim }) {
  const { t } = useTranslation('mine')
  const programme = useProgramme()
  const params = { programme, claim: claim.id }
  const withdraw = useCommand(key => shopCall('withdrawClaim', { params, key, body: {} }))
  return (
    <>
      {claim.may.includes('send') ? <SendBack claim={claim} /> : null}
      {claim.may.includes('object') ? <Objection claim={claim} /> : null}
      {claim.may.includes('withdraw') ? (
        <button
          type="button"
          className="button button-plain"
          disabled={withdraw.isPending}
          onClick={() => withdraw.mutate()}
        >
          {t('claim.withdraw')}
        </button>
      ) : null}
      {withdraw.isError ? <Trouble error={withdraw.error} /> : null}
    </>
  )
}

function SendBack({ claim }: { claim: Claim }) {
  const { t } = useTranslation('mine')
  const programme = useProgramme()
  const [carrier, setCarrier] = useState('')
  const [waybill, setWaybill] = useState('')
  const send = useCommand(key =>
    shopCall('sendClaim', {
      params: { programme, claim: claim.id },
      key,
      body: { carrier: carrier.trim(), waybill: waybill.trim() },
    }),
  )
  return (
    <form
      className="note-form"
      onSubmit={event => {
        event.preventDefault()
        send.mutate()
      }}
    >
      <p>{t('claim.back')}</p>
      <Field label={t('claim.back.carrier')}>
        {its => (
          <input
            {...its}
            className="input"
            required
            maxLength={80}
            value={carrier}
            onChange={event => setCarrier(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('claim.back.waybill')}>
        {its => (
          <input
            {...its}
            className="input"
            required
            maxLength={80}
            value={waybill}
            onChange={event => setWaybill(event.target.value)}
          />
        )}
      </Field>
      {send.isError ? <Trouble error={send.error} /> : null}
      <button type="submit" className="button" disabled={send.isPending}>
        {t('claim.back.send')}
      </button>
    </form>
  )
}

function Objection({ claim }: { claim: Claim }) {
  const { t } = useTranslation('mine')
  const programme = useProgramme()
  const [reason, setReason] = useState('')
  const object = useCommand(key =>
    shopCall('objectClaim', {
      params: { programme, claim: claim.id },
      key,
      body: { reason: reason.trim() },
    }),
  )
  return (
    <form
      className="note-form"
      onSubmit={event => {
        event.preventDefault()
        object.mutate()
      }}
    >
      <Words label={t('claim.object')} required value={reason} onChange={setReason} />
      {object.isError ? <Trouble error={object.error} /> : null}
      <button type="submit" className="button" disabled={object.isPending}>
        {t('claim.object.send')}
      </button>
    </form>
  )
}
