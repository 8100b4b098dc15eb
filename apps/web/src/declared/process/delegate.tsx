import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntention } from '../../api/intention.ts'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { useSay } from '../../ui/said.tsx'
import { Empty, Loaded, ProblemNotice } from '../../ui/states.tsx'
import { Overlay } from '../overlay.tsx'
import { processRoutes } from '../routes.ts'
import { chosenOf, MemberInput, useColleagues } from './member-input.tsx'

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

interface DialogProps {
  readonly task: string
  close(): void
}

function DelegateDialog({ task, close }: DialogProps) {
  const { t } = useTranslation('process')
  const colleagues = useColleagues(task)
  return (
    <Overlay kind="dialog" title={t('delegate')} close={close}>
      <Loaded query={colleagues} lines={2}>
        {all =>
          all.length === 0 ? (
            <Empty title={t('delegate.nobody')}>{t('delegate.nobody.hint')}</Empty>
          ) : (
            <DelegateForm task={task} close={close} />
          )
        }
      </Loaded>
    </Overlay>
  )
}

function DelegateForm({ task, close }: DialogProps) {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const colleagues = useColleagues(task)
  const [checked, setChecked] = useState(false)
  const { draft, setDraft, key, done } = useIntention(`${programme}.delegate.${task}`, empty)
  const member = chosenOf(colleagues, draft.member)
  const delegate = useMutation({
    mutationFn: () =>
      send(processRoutes.delegate, {
        params: { programme, task },
        key,
        body: { member, note: draft.note.trim() },
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
    if (member && draft.note.trim()) delegate.mutate()
  }
  const missing = (text: string) =>
    checked && text.trim() === '' ? t('form.required', { ns: 'common' }) : undefined
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <MemberInput
        label={t('delegate.to')}
        value={member}
        error={missing(member)}
        colleagues={colleagues}
        change={chosen => setDraft({ ...draft, member: chosen })}
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
  )
}
