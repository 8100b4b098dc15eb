import type { RegisterShape } from '@silian/kernel/register/contract.ts'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, send } from '../../api/send.ts'
import { languageOf } from '../../i18n/i18n.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { LoadedPage, Page, Section } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Instant } from '../../ui/values.tsx'
import { registerRoutes } from '../routes.ts'
import { textSearch } from '../search.ts'
import { useWords } from '../words.ts'
import { RunView } from './import-run.tsx'
import { ImportStart } from './import-start.tsx'
import { RunState } from './run-state.tsx'
import { may, useRegisters } from './shapes.ts'
import '../declared.css'

/** Rows from a workbook: the template, a trial, the faults, the import, and those of before. */
export function ImportPage() {
  const { t } = useTranslation('register')
  const { register = '' } = useParams({ strict: false })
  const registers = useRegisters()
  return (
    <LoadedPage query={registers} title={t('import')}>
      {all => {
        const shape = all.find(({ name }) => name === register)
        if (shape && may(shape, 'import')) return <Imports shape={shape} />
        return (
          <Page title={t('import')}>
            <Empty title={t('unknown')}>{t('unknown.hint')}</Empty>
          </Page>
        )
      }}
    </LoadedPage>
  )
}

function Imports({ shape: { name } }: { shape: RegisterShape }) {
  const { t } = useTranslation('register')
  const { run } = textSearch(useSearch({ strict: false }))
  const navigate = useNavigate()
  const programme = useProgrammeId()
  const params = { programme, register: name }
  const go = (next: string | undefined) =>
    void navigate({
      to: '/p/$programme/registers/$register/imports',
      params,
      search: next ? { run: next } : {},
    })
  return (
    <ImportsOf name={name} run={run} go={go}>
      <Link to="/p/$programme/registers/$register" params={params} className="button">
        {t('import.back')}
      </Link>
    </ImportsOf>
  )
}

interface ImportsProps {
  /** Of the register, or of what else workbooks bring. */
  readonly name: string
  /** The run that the address names, so that the page may be left and found again. */
  readonly run: string | undefined
  /** Beside the template. */
  readonly children: ReactNode
  go(run: string | undefined): void
}

export function ImportsOf({ name, run, go, children }: ImportsProps) {
  const { t, i18n } = useTranslation('register')
  const programme = useProgrammeId()
  const words = useWords(name)
  const template = addressOf('/p/:programme/registers/:register/template.xlsx', {
    params: { programme, register: name },
    query: { language: languageOf(i18n) },
  })
  return (
    <Page
      title={t('import.title', { register: words.title })}
      lead={t('import.lead')}
      actions={
        <>
          <a className="button" href={template} download>
            {t('import.template')}
          </a>
          {children}
        </>
      }
    >
      {run ? (
        <RunView key={run} shape={{ name }} run={run} go={go} />
      ) : (
        <ImportStart register={name} started={go} />
      )}
      <Earlier register={name} go={go} />
    </Page>
  )
}

function Earlier({ register, go }: { register: string; go(run: string): void }) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  const runs = usePages(['register', programme, register, 'imports'], (after, signal) =>
    send(registerRoutes.imports, { params: { programme, register }, query: { limit: 20, ...after }, signal }),
  )
  return (
    <Section title={t('import.earlier')}>
      <Paged pages={runs} empty={<p className="muted">{t('import.earlier.none')}</p>}>
        {list => (
          <ul className="runs">
            {list.map(run => (
              <li key={run.id}>
                <button type="button" className="link-button" onClick={() => go(run.id)}>
                  {run.fileName}
                </button>
                <RunState run={run} />
                {run.startedAt ? <Instant at={run.startedAt} /> : null}
                <span className="muted">{t('import.counts', { ...run })}</span>
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </Section>
  )
}
