import type { RegisterShape } from '@silian/kernel/register/contract.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, send } from '../../api/call.ts'
import { useIntention } from '../../api/intention.ts'
import { languageOf } from '../../i18n/i18n.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { useSay } from '../../ui/said.tsx'
import { ProblemNotice } from '../../ui/states.tsx'
import { registerRoutes } from '../routes.ts'
import { type ListSearch, queryText, searchOf } from './list-query.ts'
import { may } from './shapes.ts'

interface ListToolsProps {
  readonly shape: RegisterShape
  readonly search: ListSearch
  setSearch(change: Record<string, string | undefined>): void
}

/** What may be done with the list as a whole: a new row, an import, an export, a saved view. */
export function ListTools({ shape, search, setSearch }: ListToolsProps) {
  const { t, i18n } = useTranslation('register')
  const programme = useProgrammeId()
  const list = { programme, register: shape.name, language: languageOf(i18n) }
  return (
    <>
      {may(shape, 'create') ? (
        <button type="button" className="button button-main" onClick={() => setSearch({ new: '1' })}>
          {t('new')}
        </button>
      ) : null}
      {may(shape, 'import') ? (
        <Link
          to="/p/$programme/registers/$register/imports"
          params={{ programme, register: shape.name }}
          className="button"
        >
          {t('import')}
        </Link>
      ) : null}
      <details className="menu">
        <summary className="button">{t('export')}</summary>
        <ul className="menu-body">
          {(['xlsx', 'csv'] as const).map(format => (
            <li key={format}>
              <a href={exportAddress(list, format, queryText(search))} download>
                {t(`export.${format}`)}
              </a>
            </li>
          ))}
        </ul>
      </details>
      <Views register={shape.name} search={search} setSearch={setSearch} />
    </>
  )
}

/** Where a list is fetched as a file, with its headings in the language of the page. */
export function exportAddress(
  { programme, register, language }: { programme: string; register: string; language: string },
  format: 'xlsx' | 'csv',
  query: string,
): string {
  const address = addressOf('/p/:programme/registers/:register/export', { params: { programme, register } })
  const params = new URLSearchParams(query)
  params.set('language', language)
  return `${address}.${format}?${params}`
}

function Views({ register, search, setSearch }: Omit<ListToolsProps, 'shape'> & { register: string }) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  const views = useQuery({
    queryKey: ['views', programme],
    queryFn: ({ signal }) => send(registerRoutes.views, { params: { programme }, signal }),
    staleTime: 60_000,
  })
  const mine = (views.data ?? []).filter(view => view.register === register)
  const cleared = Object.fromEntries(Object.keys(search).map(name => [name, '']))
  return (
    <details className="menu">
      <summary className="button">{t('views')}</summary>
      <div className="menu-body">
        {mine.length === 0 ? <p className="muted">{t('views.none')}</p> : null}
        <ul>
          {mine.map(view => (
            <li key={view.id}>
              <button
                type="button"
                className="link-button"
                onClick={() => setSearch({ ...cleared, ...searchOf(view.query) })}
              >
                {view.name}
              </button>
            </li>
          ))}
        </ul>
        <SaveView register={register} search={search} />
      </div>
    </details>
  )
}

const unnamed = { name: '' }

function SaveView({ register, search }: { register: string; search: ListSearch }) {
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
        body: { register, name, query: queryText(search), columns: [] },
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
        maxLength={80}
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
