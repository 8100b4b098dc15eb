import type { TaskRow } from '@silian/kernel/process/contract.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '../../api/ids.ts'
import { Problem } from '../../api/problem.ts'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { useProblemTextOf } from '../../ui/problem-text.ts'
import { useSay } from '../../ui/said.tsx'
import { ProblemNotice } from '../../ui/states.tsx'
import { Overlay } from '../overlay.tsx'
import { processRoutes } from '../routes.ts'
import type { Words } from '../words.ts'
import { GraveWords } from './grave.tsx'

interface BulkDecisionProps {
  readonly tasks: readonly TaskRow[]
  words(process: string): Words
  clear(): void
}

/** One outcome for all marked tasks, which are of one step. */
export function BulkDecision({ tasks, words, clear }: BulkDecisionProps) {
  const { t } = useTranslation('process')
  const [outcome, setOutcome] = useState<string>()
  const first = tasks[0]
  if (!first) return null
  return (
    <div className="bulk" role="toolbar" aria-label={t('bulk')}>
      <span role="status">{t('bulk.count', { count: tasks.length })}</span>
      <span className="muted">{t('bulk.same')}</span>
      {first.outcomes.map(({ name }) => (
        <button key={name} type="button" className="button button-small" onClick={() => setOutcome(name)}>
          {words(first.process).text(`outcome.${name}`, name)}
        </button>
      ))}
      <button type="button" className="button button-small" onClick={clear}>
        {t('bulk.clear')}
      </button>
      {outcome ? (
        <BulkDialog
          key={outcome}
          tasks={tasks}
          outcome={outcome}
          label={words(first.process).text(`outcome.${outcome}`, outcome)}
          words={words(first.process)}
          needsNote={first.outcomes.some(({ name, note }) => name === outcome && note)}
          close={() => setOutcome(undefined)}
          clear={clear}
        />
      ) : null}
    </div>
  )
}

/** Why a task cannot be marked: it asks for a form, or for something else than what is marked. */
export function unmarkable(task: TaskRow, first: TaskRow | undefined): 'form' | 'elsewhere' | undefined {
  if (task.form.some(({ required }) => required)) return 'form'
  return first && stepOf(task) !== stepOf(first) ? 'elsewhere' : undefined
}

const stepOf = ({ process, state, outcomes }: TaskRow): string =>
  [process, state, ...outcomes.map(({ name }) => name)].join(' ')

interface BulkDialogProps {
  readonly tasks: readonly TaskRow[]
  readonly outcome: string
  readonly label: string
  readonly words: Words
  readonly needsNote: boolean
  close(): void
  clear(): void
}

function BulkDialog({ tasks, outcome, label, words, needsNote, close, clear }: BulkDialogProps) {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const textOf = useProblemTextOf()
  const id = useId()
  const [note, setNote] = useState('')
  const [checked, setChecked] = useState(false)
  // one key for one dialog: pressing twice decides once
  const key = useMemo(() => newId(), [])
  const missing = checked && needsNote && note.trim() === ''
  const isGrave = tasks[0]?.outcomes.some(({ name, grave }) => name === outcome && grave)
  const decide = useMutation({
    mutationFn: () =>
      send(processRoutes.decideMany, {
        params: { programme },
        key,
        body: { tasks: tasks.map(task => task.id), outcome, ...(note.trim() ? { note: note.trim() } : {}) },
      }),
    onSuccess: async ({ outcomes }) => {
      await client.invalidateQueries({
        predicate: ({ queryKey: [kind] }) => kind === 'inbox' || kind === 'notifications',
      })
      if (!outcomes.every(({ ok }) => ok)) return
      say(t('bulk.done', { count: outcomes.length }))
      clear()
      close()
    },
  })
  const failed = decide.data?.outcomes.filter(({ ok }) => !ok) ?? []
  return (
    <Overlay kind="dialog" title={t('bulk.title', { outcome: label })} close={close}>
      <form
        className="stack"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          setChecked(true)
          if (!needsNote || note.trim() !== '') decide.mutate()
        }}
      >
        <ul className="bulk-titles">
          {tasks.map(task => (
            <li key={task.id}>{task.title}</li>
          ))}
        </ul>
        {isGrave ? <GraveWords outcome={outcome} words={words} /> : null}
        <div className="field">
          <label htmlFor={id}>{t(needsNote ? 'note.needed' : 'note')}</label>
          <textarea
            id={id}
            rows={3}
            maxLength={2000}
            value={note}
            aria-invalid={missing || undefined}
            aria-describedby={missing ? `${id}-fault` : undefined}
            onChange={event => setNote(event.target.value)}
          />
          {missing ? (
            <p id={`${id}-fault`} className="field-error">
              {t('form.required', { ns: 'common' })}
            </p>
          ) : null}
        </div>
        {failed.length > 0 ? (
          <ul className="notice notice-bad" role="alert">
            {failed.map(({ task, code }) => (
              <li key={task}>
                {t('bulk.failed', {
                  title: tasks.find(one => one.id === task)?.title ?? task,
                  reason: textOf(new Problem(code ?? 'server.unknown', 409)),
                })}
              </li>
            ))}
          </ul>
        ) : null}
        {decide.isError ? <ProblemNotice error={decide.error} /> : null}
        <div className="form-actions">
          <button
            type="submit"
            className={isGrave ? 'button button-grave' : 'button button-main'}
            disabled={decide.isPending || decide.isSuccess}
          >
            {t('bulk.send', { outcome: label, number: tasks.length })}
          </button>
        </div>
      </form>
    </Overlay>
  )
}
