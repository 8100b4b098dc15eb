import type { ColumnShape } from '@silian/kernel/declared/contract.ts'
import type { view } from '@silian/kernel/register/contract.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '../../api/ids.ts'
import { useIntention } from '../../api/intention.ts'
import type { Out } from '../../api/route.ts'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { useSay } from '../../ui/said.tsx'
import { ProblemNotice } from '../../ui/states.tsx'
import { registerRoutes } from '../routes.ts'
import { queryText, searchOf } from './list-query.ts'
import type { Asked } from './private-search.ts'

type View = Out<typeof view>

interface ViewsProps {
  readonly register: string
  readonly asked: Asked
  readonly chosen: readonly ColumnShape[]
  setChosen(names: readonly string[] | undefined): void
}

/** The reader's kept lists: their filters and columns, each with the way to rename or drop it. */
export function Views({ register, asked, chosen, setChosen }: ViewsProps) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  const views = useQuery({
    queryKey: ['views', programme],
    queryFn: ({ signal }) => send(registerRoutes.views, { params: { programme }, signal }),
    staleTime: 60_000,
  })
  const mine = (views.data ?? []).filter(view => view.register === register)
  const show = (view: View) => {
    const cleared = Object.fromEntries(Object.keys(asked.search).map(name => [name, '']))
    asked.setSearch({ ...cleared, ...searchOf(view.query) })
    if (view.columns.length > 0) setChosen(view.columns)
  }
  return (
    <details className="menu" name="menu">
      <summary className="button">{t('views')}</summary>
      <div className="menu-body">
        {mine.length === 0 ? <p className="muted">{t('views.none')}</p> : null}
        <ul className="views">
          {mine.map(view => (
            <KeptView key={view.id} view={view} show={() => show(view)} />
          ))}
        </ul>
        <SaveView register={register} asked={asked} columns={chosen.map(({ name }) => name)} />
      </div>
    </details>
  )
}

function KeptView({ view, show }: { view: View; show(): void }) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const [renaming, setRenaming] = useState(false)
  const forget = useMutation({
    mutationFn: () =>
      send(registerRoutes.forgetView, {
        params: { programme, view: view.id },
        key: `forget-${view.id}`,
        body: {},
      }),
    onSuccess: async () => {
      say(t('views.forgotten'))
      await client.invalidateQueries({ queryKey: ['views'] })
    },
  })
  if (renaming) return <RenameView view={view} done={() => setRenaming(false)} />
  return (
    <li className="view">
      <button type="button" className="link-button" onClick={show}>
        {view.name}
      </button>
      <span className="view-tools">
        <button
          type="button"
          className="button button-small"
          aria-label={t('views.rename.of', { view: view.name })}
          onClick={() => setRenaming(true)}
        >
          {t('views.rename')}
        </button>
        <button
          type="button"
          className="button button-small"
          aria-label={t('views.forget.of', { view: view.name })}
          disabled={forget.isPending}
          onClick={() => forget.mutate()}
        >
          {t('views.forget')}
        </button>
      </span>
      {forget.isError ? <ProblemNotice error={forget.error} /> : null}
    </li>
  )
}

function RenameView({ view, done }: { view: View; done(): void }) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const id = useId()
  const [name, setName] = useState(view.name)
  const [key, setKey] = useState(newId)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const rename = useMutation({
    mutationFn: () =>
      send(registerRoutes.saveView, { params: { programme }, key, body: { ...view, name: name.trim() } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['views'] })
      done()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') rename.mutate()
  }
  return (
    <li>
      <form className="view" onSubmit={submit}>
        <label htmlFor={id} className="visually-hidden">
          {t('views.name')}
        </label>
        <input
          id={id}
          ref={field}
          maxLength={60}
          value={name}
          onChange={event => {
            setName(event.target.value)
            setKey(newId())
          }}
        />
        <button type="submit" className="button button-small" disabled={rename.isPending}>
          {t('views.rename.send')}
        </button>
        {rename.isError ? <ProblemNotice error={rename.error} /> : null}
      </form>
    </li>
  )
}

const unnamed = { name: '' }

interface SaveViewProps {
  readonly register: string
  readonly asked: Asked
  readonly columns: string[]
}

function SaveView({ register, asked, columns }: SaveViewProps) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const intention = useIntention(`${programme}.view.${register}`, unnamed)
  const [checked, setChecked] = useState(false)
  const save = useMutation({
    mutationFn: (name: string) =>
      send(registerRoutes.saveView, {
        params: { programme },
        key: intention.key,
        body: { register, name, query: queryText(asked.open), columns },
      }),
    onSuccess: async () => {
      intention.done()
      say(t('views.saved'))
      await client.invalidateQueries({ queryKey: ['views'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    const name = intention.draft.name.trim()
    if (name !== '') save.mutate(name)
  }
  const missing = checked && !save.isSuccess && intention.draft.name.trim() === ''
  return (
    <form className="save-view" onSubmit={submit} noValidate>
      <Field
        label={t('views.name')}
        {...(asked.isPrivate ? { hint: t('views.private') } : {})}
        maxLength={60}
        value={intention.draft.name}
        onChange={event => intention.setDraft({ name: event.target.value })}
        error={missing ? t('form.required', { ns: 'common' }) : undefined}
      />
      {save.isError ? <ProblemNotice error={save.error} /> : null}
      <button type="submit" className="button button-small" disabled={save.isPending}>
        {t('views.save')}
      </button>
    </form>
  )
}
