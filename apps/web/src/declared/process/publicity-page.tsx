import type { publicityRow } from '@silian/kernel/process/contract.ts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Out } from '../../api/route.ts'
import { send } from '../../api/send.ts'
import { useAccount } from '../../session/me.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Day } from '../../ui/values.tsx'
import { processRoutes } from '../routes.ts'
import { useWordsOf, type Words } from '../words.ts'
import { ColumnsView } from './columns-view.tsx'
import { ObjectionForm } from './objection-form.tsx'
import '../declared.css'
import './process.css'

type Row = Out<typeof publicityRow>

/** What lies open for everybody: read by all, objected to by whoever signs in. */
export function PublicityPage() {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const pages = usePages(['publicity', programme], (after, signal) =>
    send(processRoutes.publicity, { params: { programme }, query: { limit: 25, ...after }, signal }),
  )
  return (
    <Page title={t('publicity')} lead={t('publicity.lead')}>
      <Paged pages={pages} empty={<Empty title={t('publicity.empty')}>{t('publicity.empty.hint')}</Empty>}>
        {rows => <Rows rows={rows} />}
      </Paged>
    </Page>
  )
}

function Rows({ rows }: { rows: readonly Row[] }) {
  const words = useWordsOf([...new Set(rows.map(({ process }) => process))])
  return (
    <ul className="tasks">
      {rows.map(row => (
        <PublicRow key={row.case} row={row} words={words(row.process)} />
      ))}
    </ul>
  )
}

function PublicRow({ row, words }: { row: Row; words: Words }) {
  const { t } = useTranslation('process')
  const account = useAccount()
  const { pathname } = window.location
  return (
    <li className="card stack publicity" data-case={row.case}>
      <header>
        <p className="muted">{words.title}</p>
        <h2>{row.title}</h2>
        <p>
          {t('publicity.time')} <Day at={row.from} /> – <Day at={row.to} />
        </p>
      </header>
      <ColumnsView columns={row.columns} values={row.values} context={{ words, names: row.names }} />
      {row.mayObject && account ? <ObjectionForm id={row.case} pending={row.pending} /> : null}
      {account ? null : (
        <p>
          <Link to="/sign-in" search={{ to: pathname }}>
            {t('objection.signIn')}
          </Link>
        </p>
      )}
    </li>
  )
}
