import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/call.ts'
import { useIntention } from '../../api/intention.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { useSay } from '../../ui/said.tsx'
import { ProblemNotice } from '../../ui/states.tsx'
import { Overlay } from '../overlay.tsx'
import { processRoutes } from '../routes.ts'
import { MemberInput } from './member-input.tsx'

const empty = { member: '', note: '' }

/** Gives a task to somebody in particular who may do it as well. */
export function Delegate({ task }: { task: string }) {
  const { t } = useTranslation('process')
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="button button-quiet" onClick={() => setOpen(true)}>
        {t('delegate')}
      </button>
      {open ? <DelegateDialog task={task} close={() => setOpen(false)} /> : null}
    </>
  )
}

function DelegateDialog({ task, close }: { task: string; close(): void }) {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const [checked, setChecked] = useState(false)
  const { draft, setDraft, key, done } = useIntention(`${programme}.delegate.${task}`, empty)
  const delegate = useMutation({
    mutationFn: () =>
      send(processRoutes.delegate, {
        params: { programme, task },
        key,
        body: { member: draft.member, note: draft.note.trim() },
      }),
    onSuccess: async () => {
      done()
      say(t('delegated'))
      close()
      await client.invalidateQueries({
        predicate: ({ queryKey: [kind] }) => kind === 'case' || kind === 'inbox',
      })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (draft.member && draft.note.trim()) delegate.mutate()
  }
  const missing = (text: string) =>
    checked && text.trim() === '' ? t('form.required', { ns: 'common' }) : undefined
  return (
    <Overlay kind="dialog" title={t('delegate')} close={close}>
      <form className="stack" onSubmit={submit} noValidate>
        <MemberInput
          label={t('delegate.to')}
          value={draft.member}
          error={missing(draft.member)}
          change={member => setDraft({ ...draft, member })}
        />
        <Field
          label={t('delegate.note')}
          maxLength={500}
          value={draft.note}
          error={missing(draft.note)}
          onChange={event => setDraft({ ...draft, note: event.target.value })}
        />
        {delegate.isError ? <ProblemNotice error={delegate.error} /> : null}
        <div className="form-actions">
          <button type="submit" className="button button-main" disabled={delegate.isPending}>
            {t('delegate.send')}
          </button>
        </div>
      </form>
    </Overlay>
  )
}
