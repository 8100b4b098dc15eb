import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntention } from '../../api/intention.ts'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { useSay } from '../../ui/said.tsx'
import { ProblemNotice } from '../../ui/states.tsx'
import { FilesInput } from '../columns/files-input.tsx'
import { processRoutes } from '../routes.ts'

const empty: { text: string; files: readonly string[]; named?: boolean } = { text: '', files: [] }

interface ObjectionFormProps {
  readonly id: string
  /** The reader's last one waits for its answer. */
  readonly pending: boolean
}

/** An objection to what lies open, with what proves it. */
export function ObjectionForm({ id, pending }: ObjectionFormProps) {
  const { t } = useTranslation('process')
  return pending ? <p className="notice notice-wait">{t('objection.pending')}</p> : <NewObjection id={id} />
}

function NewObjection({ id: caseId }: { id: string }) {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const id = useId()
  const [open, setOpen] = useState(false)
  const [checked, setChecked] = useState(false)
  const { draft, setDraft, key, done } = useIntention(`${programme}.objection.${caseId}`, empty)
  const object = useMutation({
    mutationFn: () =>
      send(processRoutes.object, {
        params: { programme, case: caseId },
        key,
        body: { text: draft.text.trim(), files: [...draft.files], named: draft.named ?? false },
      }),
    onSuccess: async () => {
      done()
      say(t('objection.sent'))
      setOpen(false)
      await client.invalidateQueries()
    },
  })
  const missing = checked && draft.text.trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (draft.text.trim() !== '') object.mutate()
  }
  if (!open)
    return (
      <p>
        <button type="button" className="button button-small" onClick={() => setOpen(true)}>
          {t('objection')}
        </button>
      </p>
    )
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <div className="field">
        <label htmlFor={id}>{t('objection.text')}</label>
        <textarea
          id={id}
          rows={4}
          maxLength={2000}
          value={draft.text}
          aria-invalid={missing || undefined}
          aria-describedby={`${id}-hint${missing ? ` ${id}-fault` : ''}`}
          onChange={event => setDraft({ ...draft, text: event.target.value })}
        />
        <p id={`${id}-hint`} className="field-hint">
          {t('objection.hint')}
        </p>
        {missing ? (
          <p id={`${id}-fault`} className="field-error">
            {t('form.required', { ns: 'common' })}
          </p>
        ) : null}
      </div>
      <FilesInput
        column={{ name: 'files', max: 20 }}
        id={`${id}-files`}
        value={draft.files}
        change={files => setDraft({ ...draft, files })}
      />
      <label className="chip-choice">
        <input
          type="checkbox"
          checked={draft.named ?? false}
          onChange={event => setDraft({ ...draft, named: event.target.checked })}
        />
        {t('objection.named')}
      </label>
      {object.isError ? <ProblemNotice error={object.error} /> : null}
      <div className="form-actions">
        <button type="button" className="button" onClick={() => setOpen(false)}>
          {t('cancel', { ns: 'common' })}
        </button>
        <button type="submit" className="button button-main" disabled={object.isPending}>
          {t('objection.send')}
        </button>
      </div>
    </form>
  )
}
