import type { RegisterDetail, RegisterShape } from '@silian/kernel/register/contract.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntention } from '../../api/intention.ts'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { useSay } from '../../ui/said.tsx'
import { ProblemNotice } from '../../ui/states.tsx'
import { registerRoutes } from '../routes.ts'

export interface Closing {
  readonly reason: string
  readonly on: string
  readonly key: string
}

const empty = { reason: '', on: '' }

interface CloseFormProps {
  /** Of the intention: what was typed and its key stay until it is done. */
  readonly name: string
  readonly going: boolean
  send(closing: Closing): void
}

/** Why a row ends and from which day. */
export function CloseForm({ name, going, send: give }: CloseFormProps) {
  const { t } = useTranslation('register')
  const id = useId()
  const [checked, setChecked] = useState(false)
  const { draft, setDraft, key } = useIntention(name, empty)
  const missing = checked && draft.reason.trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (draft.reason.trim() !== '') give({ ...draft, reason: draft.reason.trim(), key })
  }
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <div className="field">
        <label htmlFor={id}>{t('close.reason')}</label>
        <textarea
          id={id}
          rows={3}
          maxLength={500}
          aria-invalid={missing || undefined}
          aria-describedby={missing ? `${id}-fault` : undefined}
          value={draft.reason}
          onChange={event => setDraft({ ...draft, reason: event.target.value })}
        />
        {missing ? (
          <p id={`${id}-fault`} className="field-error">
            {t('form.required', { ns: 'common' })}
          </p>
        ) : null}
      </div>
      <div className="field">
        <label htmlFor={`${id}-on`}>{t('close.on')}</label>
        <input
          id={`${id}-on`}
          type="date"
          value={draft.on}
          onChange={event => setDraft({ ...draft, on: event.target.value })}
        />
        <p className="field-hint">{t('close.on.hint')}</p>
      </div>
      <div className="form-actions">
        <button type="submit" className="button button-main" disabled={going}>
          {t(going ? 'sending' : 'close.send', going ? { ns: 'common' } : {})}
        </button>
      </div>
    </form>
  )
}

interface CloseRowProps {
  readonly shape: RegisterShape
  readonly detail: RegisterDetail
  done(): void
}

/** Ends one row. Nothing is deleted: it stays in history and in every list of an earlier day. */
export function CloseRow({ shape, detail, done }: CloseRowProps) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const name = `${programme}.register.${shape.name}.${detail.id}.close`
  const close = useMutation({
    mutationFn: ({ reason, on, key }: Closing) =>
      send(registerRoutes.close, {
        params: { programme, register: shape.name, row: detail.id },
        key,
        body: { version: detail.version, reason, ...(on ? { on } : {}) },
      }),
    onSuccess: async () => {
      sessionStorage.removeItem(`silian.intention.${name}`)
      say(t('closed.done'))
      done()
      await client.invalidateQueries({ queryKey: ['register', programme, shape.name] })
    },
  })
  return (
    <section className="section">
      <h3>{t('close.title')}</h3>
      <CloseForm name={name} going={close.isPending} send={closing => close.mutate(closing)} />
      {close.isError ? <ProblemNotice error={close.error} /> : null}
    </section>
  )
}
