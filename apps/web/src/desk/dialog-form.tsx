import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntention } from '../api/intention.ts'
import { Problem } from '../api/problem.ts'
import { Overlay } from '../declared/overlay.tsx'
import { useSay } from '../ui/said.tsx'
import { ProblemNotice } from '../ui/states.tsx'

interface DialogFormProps<T> {
  /** Names the intention: what was typed and its key stay under it until it succeeded. */
  readonly name: string
  readonly title: string
  readonly hint?: ReactNode
  readonly empty: T
  readonly sendLabel: string
  /** What is said once it is done. */
  readonly said: string
  /** Whether there is anything to send. */
  maySend?(draft: T): boolean
  send(draft: T, key: string): Promise<unknown>
  close(): void
  fields(draft: T, put: (change: Partial<T>) => void): ReactNode
}

/** A form of one command in a dialog of the browser's own, which may stand over another: one intention, kept over reloads. */
export function DialogForm<T extends object>(props: DialogFormProps<T>) {
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
      <form className="stack dialog-form" onSubmit={submit}>
        {hint ? <p className="muted">{hint}</p> : null}
        {props.fields(draft, change => setDraft({ ...draft, ...change }))}
        {send.isError ? <ProblemNotice error={send.error} /> : null}
        <div className="form-actions">
          <button
            type="submit"
            className="button button-main"
            disabled={send.isPending || props.maySend?.(draft) === false}
          >
            {send.isPending ? t('sending') : sendLabel}
          </button>
        </div>
      </form>
    </Overlay>
  )
}
