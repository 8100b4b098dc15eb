import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntention } from '../../api/intention.ts'
import { send } from '../../api/send.ts'
import { useMember } from '../../session/me.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { hasRole } from '../../session/roles.ts'
import { Page } from '../../ui/page.tsx'
import { Empty, Loaded, ProblemNotice } from '../../ui/states.tsx'
import { Day } from '../../ui/values.tsx'
import { bulletinRoutes } from './bulletin-routes.ts'
import './open.css'

/** The monthly bulletins, newest first; who writes them finds the drafts and begins another. */
export function BulletinsPage() {
  const { t } = useTranslation('bulletins')
  const programme = useProgrammeId()
  const bulletins = useQuery({
    queryKey: ['bulletins', programme],
    queryFn: ({ signal }) => send(bulletinRoutes.bulletins, { params: { programme }, signal }),
  })
  const mayWrite = hasRole(useMember(), 'task_force', 'finance_officer')
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Loaded query={bulletins} lines={6}>
        {rows => (
          <>
            {mayWrite ? <Draft /> : null}
            {rows.length === 0 ? <Empty title={t('empty')}>{t('empty.hint')}</Empty> : null}
            <ul className="cards bulletin-list">
              {rows.map(({ id, month, title, state, publishedAt }) => (
                <li key={id} className="card">
                  <Link to="/p/$programme/bulletins/$bulletin" params={{ programme, bulletin: id }}>
                    {t('of', { month })}
                  </Link>
                  <p lang="zh-CN">{title}</p>
                  <p className="muted">
                    <span className={state === 'published' ? 'badge' : 'badge badge-wait'}>
                      {t(`state.${state}`)}
                    </span>{' '}
                    {publishedAt ? <Day at={publishedAt} /> : null}
                  </p>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Page>
  )
}

const empty = { month: '' }

function Draft() {
  const { t } = useTranslation('bulletins')
  const programme = useProgrammeId()
  const navigate = useNavigate()
  const client = useQueryClient()
  const id = useId()
  const { key, draft, setDraft, done } = useIntention(`${programme}.bulletin`, empty)
  const begin = useMutation({
    mutationFn: () => send(bulletinRoutes.draft, { params: { programme }, key, body: draft }),
    onSuccess: async ({ id: bulletin }) => {
      await client.invalidateQueries({ queryKey: ['bulletins', programme] })
      await navigate({ to: '/p/$programme/bulletins/$bulletin', params: { programme, bulletin } })
    },
    onSettled: done,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    begin.mutate()
  }
  return (
    <form className="inline-field" onSubmit={submit}>
      <label htmlFor={id}>{t('month')}</label>
      <input
        id={id}
        type="month"
        required
        value={draft.month}
        onChange={event => setDraft({ month: event.target.value })}
      />
      <button type="submit" className="button button-main" disabled={begin.isPending}>
        {t('draft')}
      </button>
      {begin.isError ? <ProblemNotice error={begin.error} /> : null}
    </form>
  )
}
