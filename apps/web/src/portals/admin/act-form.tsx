import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntention } from '../../api/intention.ts'
import { Problem } from '../../api/problem.ts'
import { Overlay } from '../../declared/overlay.tsx'
import { useSay } from '../../ui/said.tsx'
import { ProblemNotice } from '../../ui/states.tsx'

interface ActFormProps<T> {
  /** Names the intention: its key and draft stay under it until it succeeded. */
  readonly name: string
  readonly title: string
  readonly hint: string
  readonly empty: T
  readonly sendLabel: string
  /** What is said once it is done. */
  readonly said: string
  send(draft: T, key: string): Promise<unknown>
  close(): void
  fields(draft: T, put: (change: Partial<T>) => void): ReactNode
}

/** One act of administration in a dialog of the browser's own, which may stand over another. */
export function ActForm<T extends object>(props: ActFormProps<T>) {
  const { name, title, hint, empty, sendLabel, said, close } = props
  const { t } = useTranslation()
  const client = useQueryClient()
  const say = useSay()
  const { key, draft, setDraft, done } = useIntention<T>(name, empty)
  const send = useMutation({
    mutationFn: () => props.send(draft, key),
    onSuccess: async () => {
      done()
      say(said)
      close()
      await client.invalidateQueries()
    },
    onError: error => {
      // the key was used up by other input: what is on the form now is a new intention
      if (error instanceof Problem && error.code === 'idempotency.mismatch') done()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send.mutate()
  }
  return (
    <Overlay kind="dialog" title={title} close={close}>
      <form className="stack-small act-form" onSubmit={submit}>
        <p className="muted">{hint}</p>
        {props.fields(draft, change => setDraft({ ...draft, ...change }))}
        {send.isError ? <ProblemNotice error={send.error} /> : null}
        <div className="form-actions">
          <button type="submit" className="button button-main" disabled={send.isPending}>
            {send.isPending ? t('sending') : sendLabel}
          </button>
        </div>
      </form>
    </Overlay>
  )
}
