import type { CaseDetail, ProcessShape } from '@silian/kernel/process/contract.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntention } from '../../api/intention.ts'
import { Problem } from '../../api/problem.ts'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Section } from '../../ui/page.tsx'
import { useSay } from '../../ui/said.tsx'
import { ProblemNotice } from '../../ui/states.tsx'
import { type Draft, draftOf, type Faults, isMasked, type WireValue, wireOf } from '../columns/draft.ts'
import { FilesInput } from '../columns/files-input.tsx'
import { ColumnField } from '../columns/input.tsx'
import { faultsOf, isPlaced } from '../columns/problems.ts'
import { processRoutes } from '../routes.ts'
import { useWords } from '../words.ts'
import { Delegate } from './delegate.tsx'
import { Due } from './due.tsx'
import { Grave } from './grave.tsx'
import { Objection } from './objection.tsx'

type Task = CaseDetail['tasks'][number]

interface TasksProps {
  readonly shape: ProcessShape
  readonly detail: CaseDetail
  readonly tasks: readonly Task[]
}

/** What the reader is asked to do now, with the buttons that do it. */
export function Tasks({ shape, detail, tasks }: TasksProps) {
  const { t } = useTranslation('process')
  return (
    <Section title={t('asked')}>
      {tasks.map(task => (
        <TaskForm key={task.id} shape={shape} detail={detail} task={task} />
      ))}
    </Section>
  )
}

interface Kept {
  readonly form: Draft
  readonly note: string
  readonly files: readonly string[]
}

/** A case sent back asks for its own form again: it begins with what was filled in. */
function startOf({ form }: ProcessShape, detail: CaseDetail, task: Task): Kept & { again: boolean } {
  const own = new Set(form.map(({ name }) => name))
  const again = task.form.length > 0 && task.form.every(({ name }) => own.has(name))
  return { form: again ? draftOf(task.form, detail.form) : {}, note: '', files: [], again }
}

function TaskForm({ shape, detail, task }: Omit<TasksProps, 'tasks'> & { task: Task }) {
  const { t } = useTranslation(['process', 'register'])
  const words = useWords(shape.name)
  const id = useId()
  const box = useRef<HTMLFormElement>(null)
  const { again, ...start } = useMemo(() => startOf(shape, detail, task), [shape, detail, task])
  const intention = useIntention<Kept>(`${useProgrammeId()}.task.${task.id}`, start)
  const { draft, setDraft } = intention
  const [checked, setChecked] = useState<string>()
  const [grave, setGrave] = useState<string>()
  const decide = useDecide(shape, detail, task, intention.key, () => intention.done())
  const { values, faults: own } = wireOf(task.form, draft.form, {
    // what is masked and not typed again stays as it was
    mayLack: column => again && isMasked(column),
  })
  const chosen = task.outcomes.find(({ name }) => name === checked)
  const lacksNote = chosen?.note === true && draft.note.trim() === ''
  const faults: Faults = {
    ...(decide.error ? faultsOf(decide.error) : {}),
    ...(checked ? own : {}),
  }
  const send = (outcome: string) => decide.mutate({ outcome, form: values, kept: draft })
  const give = (outcome: Task['outcomes'][number]) => {
    setChecked(outcome.name)
    const isWhole = Object.keys(own).length === 0 && !(outcome.note && draft.note.trim() === '')
    if (isWhole && outcome.grave) setGrave(outcome.name)
    else if (isWhole) send(outcome.name)
    else requestAnimationFrame(() => focusFault(box.current))
  }
  const submit = (event: FormEvent) => event.preventDefault()
  const context = { words, names: detail.names, within: task.state }
  return (
    <form ref={box} className="card stack task-form" onSubmit={submit} noValidate data-task={task.state}>
      <header>
        <h3>{words.find(`do.${task.state}`) ?? words.text(`state.${task.state}`, task.state)}</h3>
        <p>
          <Due on={task.dueOn} overdue={task.overdue} />
          {task.seat > 0 ? ` ${t('seat', { seat: task.seat })}` : null}
        </p>
      </header>
      {detail.objections
        .filter(objection => objection.task === task.id)
        .map(objection => (
          <Objection key={objection.id} objection={objection} />
        ))}
      {task.form.length > 0 ? (
        <div className="form-grid">
          {task.form.map(column => (
            <ColumnField
              key={column.name}
              column={column}
              value={draft.form[column.name]}
              context={context}
              fault={faults[column.name]}
              note={again && isMasked(column) ? t('field.masked', { ns: 'register' }) : undefined}
              change={value => setDraft({ ...draft, form: { ...draft.form, [column.name]: value } })}
            />
          ))}
        </div>
      ) : null}
      <div className="field">
        <label htmlFor={`${id}-note`}>{t('note')}</label>
        <textarea
          id={`${id}-note`}
          rows={3}
          maxLength={2000}
          value={draft.note}
          aria-invalid={lacksNote || undefined}
          aria-describedby={lacksNote ? `${id}-fault` : undefined}
          onChange={event => setDraft({ ...draft, note: event.target.value })}
        />
        {lacksNote ? (
          <p id={`${id}-fault`} className="field-error">
            {t('note.missing')}
          </p>
        ) : null}
      </div>
      <details>
        <summary>{t('attachments')}</summary>
        <FilesInput
          column={{ name: 'files', max: 20 }}
          id={`${id}-files`}
          value={draft.files}
          change={files => setDraft({ ...draft, files })}
        />
      </details>
      {decide.error && !isPlaced(decide.error) ? <ProblemNotice error={decide.error} /> : null}
      <div className="form-actions">
        {task.seat > 0 ? null : <Delegate task={task.id} />}
        {task.outcomes.map((outcome, at) => (
          <button
            key={outcome.name}
            type="button"
            className={`button ${at === 0 ? 'button-main' : ''}`}
            disabled={decide.isPending}
            onClick={() => give(outcome)}
          >
            {words.text(`outcome.${outcome.name}`, outcome.name)}
          </button>
        ))}
      </div>
      {grave ? (
        <Grave
          outcome={grave}
          words={words}
          send={() => {
            setGrave(undefined)
            send(grave)
          }}
          close={() => setGrave(undefined)}
        />
      ) : null}
    </form>
  )
}

/** The first field that must be put right takes the focus. */
function focusFault(form: HTMLFormElement | null): void {
  const field = form?.querySelector('.field-error')?.closest('.field')
  field?.querySelector<HTMLElement>('input, select, textarea')?.focus()
}

interface Given {
  readonly outcome: string
  readonly form: Record<string, WireValue>
  readonly kept: Kept
}

function useDecide(shape: ProcessShape, detail: CaseDetail, task: Task, key: string, done: () => void) {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const words = useWords(shape.name)
  return useMutation({
    mutationFn: ({ outcome, form, kept }: Given) =>
      send(processRoutes.decide, {
        params: { programme, task: task.id },
        // another outcome is another intention
        key: `${key}-${outcome}`,
        body: {
          outcome,
          form,
          files: [...kept.files],
          ...(kept.note.trim() ? { note: kept.note.trim() } : {}),
        },
      }),
    onSuccess: async (_, { outcome }) => {
      done()
      say(t('decided', { outcome: words.text(`outcome.${outcome}`, outcome) }))
      await Promise.all([
        client.invalidateQueries({ queryKey: ['case', programme, detail.process, detail.id] }),
        client.invalidateQueries({ queryKey: ['inbox'] }),
        client.invalidateQueries({ queryKey: ['cases'] }),
        // what was told of it is read
        client.invalidateQueries({ queryKey: ['notifications'] }),
      ])
      document.querySelector<HTMLElement>('h1')?.focus()
    },
    onError: error => {
      if (error instanceof Problem && error.code === 'idempotency.mismatch') done()
    },
  })
}
