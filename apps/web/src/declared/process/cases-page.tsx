import type { CaseRow, ProcessShape } from '@silian/kernel/process/contract.ts'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { LoadedPage, Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Day } from '../../ui/values.tsx'
import { processRoutes } from '../routes.ts'
import { textSearch } from '../search.ts'
import { useWords } from '../words.ts'
import { UnknownProcess } from './case-page.tsx'
import { Due } from './due.tsx'
import { Lifecycle } from './lifecycle-view.tsx'
import { useProcesses } from './shapes.ts'
import '../declared.css'
import './process.css'

/** The cases of one process that the reader may see. */
export function CasesPage() {
  const { t } = useTranslation('process')
  const { process = '' } = useParams({ strict: false })
  const processes = useProcesses()
  return (
    <LoadedPage query={processes} title={t('case')}>
      {all => {
        const shape = all.find(({ name }) => name === process)
        return shape ? <Cases key={process} shape={shape} /> : <UnknownProcess />
      }}
    </LoadedPage>
  )
}

function Cases({ shape }: { shape: ProcessShape }) {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const words = useWords(shape.name)
  const { state, mine } = textSearch(useSearch({ strict: false }))
  const query = { ...(state && { state }), ...(mine && { mine: 'true' }), limit: 50 }
  const pages = usePages(['cases', programme, shape.name, query], (after, signal) =>
    send(processRoutes.cases, {
      params: { programme, process: shape.name },
      query: { ...query, ...after },
      signal,
    }),
  )
  return (
    <Page
      title={words.title}
      lead={words.find('lead')}
      actions={
        <>
          <CaseFilter shape={shape} state={state} mine={mine} />
          {shape.may.includes('open') ? (
            <Link
              to="/p/$programme/cases/$process/new"
              params={{ programme, process: shape.name }}
              className="button button-main"
            >
              {t('open')}
            </Link>
          ) : null}
        </>
      }
    >
      <details className="card">
        <summary>{t('lifecycle')}</summary>
        <Lifecycle shape={shape} />
      </details>
      <Paged
        pages={pages}
        empty={
          state || mine ? (
            <Empty title={t('cases.unfit')}>{t('cases.unfit.hint')}</Empty>
          ) : (
            <NoCases shape={shape} />
          )
        }
      >
        {cases => (
          <ul className="tasks">
            {cases.map(row => (
              <CaseLine key={row.id} row={row} />
            ))}
          </ul>
        )}
      </Paged>
    </Page>
  )
}

function NoCases({ shape }: { shape: ProcessShape }) {
  const { t } = useTranslation('process')
  return (
    <Empty title={t('cases.empty')}>
      {t(shape.may.includes('open') ? 'cases.empty.open' : 'cases.empty.hint')}
    </Empty>
  )
}

function CaseLine({ row }: { row: CaseRow }) {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const words = useWords(row.process)
  return (
    <li className="card task case-line">
      <Link
        to="/p/$programme/cases/$process/$case"
        params={{ programme, process: row.process, case: row.id }}
        className="task-link"
      >
        <strong>{row.title}</strong>
      </Link>
      <span className="badge">{words.text(`state.${row.state}`, row.state)}</span>
      <span className="task-of muted">
        {row.openedByName} <Day at={row.openedAt} />
      </span>
      {row.endedAt ? (
        <span className="muted">
          {t('ended')} <Day at={row.endedAt} />
        </span>
      ) : (
        <Due on={row.dueOn} overdue={row.overdue} />
      )}
    </li>
  )
}

interface CaseFilterProps {
  readonly shape: ProcessShape
  readonly state: string | undefined
  readonly mine: string | undefined
}

function CaseFilter({ shape, state, mine }: CaseFilterProps) {
  const { t } = useTranslation('process')
  const id = useId()
  const programme = useProgrammeId()
  const navigate = useNavigate()
  const words = useWords(shape.name)
  const go = (search: Record<string, string>) =>
    void navigate({ to: '/p/$programme/cases/$process', params: { programme, process: shape.name }, search })
  return (
    <>
      <div className="inline-field">
        <label htmlFor={id}>{t('filter.state')}</label>
        <select
          id={id}
          value={state ?? ''}
          onChange={({ target }) =>
            go({ ...(target.value ? { state: target.value } : {}), ...(mine ? { mine } : {}) })
          }
        >
          <option value="">{t('filter.all')}</option>
          {shape.states.map(({ name }) => (
            <option key={name} value={name}>
              {words.text(`state.${name}`, name)}
            </option>
          ))}
        </select>
      </div>
      <label className="menu-choice">
        <input
          type="checkbox"
          checked={mine === 'true'}
          onChange={({ target }) =>
            go({ ...(state ? { state } : {}), ...(target.checked ? { mine: 'true' } : {}) })
          }
        />
        {t('filter.mine')}
      </label>
    </>
  )
}
