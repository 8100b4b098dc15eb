import type { publicityRow } from '@silian/kernel/process/contract.ts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/call.ts'
import type { Out } from '../../api/routes.ts'
import { languageOf } from '../../i18n/i18n.ts'
import { useAccount } from '../../session/me.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Day } from '../../ui/values.tsx'
import { processRoutes } from '../routes.ts'
import { useWordsOf, type Words } from '../words.ts'
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
  const { t, i18n } = useTranslation(['process', 'declared'])
  const account = useAccount()
  const { pathname } = window.location
  const language = languageOf(i18n)
  const said = (column: string, value: Row['values'][string] | undefined): string => {
    if (value === null || value === undefined) return t('nothing', { ns: 'declared' })
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no', { ns: 'declared' })
    const one = (text: string) => row.names[text]?.[language] ?? words.value(column, text)
    return Array.isArray(value)
      ? value.map(one).join(t('list.separator', { ns: 'declared' }))
      : typeof value === 'string'
        ? one(value)
        : String(value)
  }
  return (
    <li className="card stack publicity" data-case={row.case}>
      <header>
        <p className="muted">{words.title}</p>
        <h2>{row.title}</h2>
        <p>
          {t('publicity.time')} <Day at={row.from} /> – <Day at={row.to} />
        </p>
      </header>
      <dl className="row-fields">
        {Object.entries(row.values).map(([column, value]) => (
          <div key={column}>
            <dt>{words.column(column)}</dt>
            <dd>{said(column, value)}</dd>
          </div>
        ))}
      </dl>
      {account ? (
        <ObjectionForm id={row.case} />
      ) : (
        <p>
          <Link to="/sign-in" search={{ to: pathname }}>
            {t('objection.signIn')}
          </Link>
        </p>
      )}
    </li>
  )
}
