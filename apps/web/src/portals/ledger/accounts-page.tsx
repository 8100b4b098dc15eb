import type { Account, AccountQuery } from '@silian/server/ledger/contract.ts'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { TableColumnsType } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, send } from '../../api/send.ts'
import { useWords } from '../../declared/words.ts'
import { DeskTable } from '../../desk/table.tsx'
import { useMember } from '../../session/me.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { hasRole } from '../../session/roles.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { ledgerRoutes } from './routes.ts'
import { Amount, useAccountTitle } from './texts.tsx'

type Group = NonNullable<AccountQuery['group']>
const groups = [
  ...['payable', 'payout', 'escrow', 'suspense', 'budget', 'spent', 'quota', 'stock', 'transit', 'world'],
] as readonly Group[]

/** The accounts of the ledger that one may see, with what lies on them; each leads to its statement. */
export function AccountsPage() {
  const { t } = useTranslation('ledger')
  const programme = useProgrammeId()
  const { group: asked, empty }: Search = useSearch({ strict: false })
  const group = groups.find(each => each === asked)
  const pages = usePages(['ledger-accounts', programme, group, empty], (after, signal) =>
    send(ledgerRoutes.accounts, {
      params: { programme },
      query: { limit: 50, ...(group ? { group } : {}), ...(empty ? {} : { used: 'true' }), ...after },
      signal,
    }),
  )
  const columns = useColumns()
  return (
    <Page title={t('title')} lead={t('lead')} actions={<JournalLink />}>
      <Filter group={group} empty={empty} />
      <Paged pages={pages} empty={<Empty title={t('none')}>{t('none.hint')}</Empty>}>
        {rows => <DeskTable label={t('title')} columns={columns} rows={rows} rowKey={({ name }) => name} />}
      </Paged>
    </Page>
  )
}

/** The whole ledger for a program of the reader's own. */
function JournalLink() {
  const { t } = useTranslation('ledger')
  const programme = useProgrammeId()
  if (!hasRole(useMember(), 'finance_officer', 'auditor')) return null
  return (
    <a
      className="button"
      href={addressOf('/p/:programme/ledger/journal', { params: { programme } })}
      download
    >
      {t('journal')}
    </a>
  )
}

interface Search {
  readonly group?: string
  /** Those on which nothing lies, too. */
  readonly empty?: 'true'
}

function Filter({ group, empty }: { group: Group | undefined; empty: 'true' | undefined }) {
  const { t } = useTranslation('ledger')
  const words = useWords('ledger')
  const programme = useProgrammeId()
  const navigate = useNavigate()
  const id = useId()
  const choose = (chosen: string, all: boolean) =>
    void navigate({
      to: '/p/$programme/ledger',
      params: { programme },
      search: { ...(chosen === '' ? {} : { group: chosen }), ...(all ? { empty: 'true' as const } : {}) },
    })
  return (
    <search className="filter-bar">
      <div className="inline-field">
        <label htmlFor={id}>{t('group')}</label>
        <select id={id} value={group ?? ''} onChange={event => choose(event.target.value, empty === 'true')}>
          <option value="">{t('group.all')}</option>
          {groups.map(each => (
            <option key={each} value={each}>
              {words.value('group', each)}
            </option>
          ))}
        </select>
      </div>
      <label className="inline-field">
        <input
          type="checkbox"
          checked={empty === 'true'}
          onChange={event => choose(group ?? '', event.target.checked)}
        />
        {t('empty')}
      </label>
      <GoTo />
    </search>
  )
}

/** To the account of an address, as journals and receipts have it. */
function GoTo() {
  const { t } = useTranslation('ledger')
  const programme = useProgrammeId()
  const navigate = useNavigate()
  const id = useId()
  const [address, setAddress] = useState('')
  const account = address.trim().replaceAll('/', ':')
  return (
    <form
      className="inline-field"
      onSubmit={event => {
        event.preventDefault()
        if (account !== '')
          void navigate({ to: '/p/$programme/ledger/$account', params: { programme, account } })
      }}
    >
      <label htmlFor={id}>{t('address')}</label>
      <input
        id={id}
        type="search"
        value={address}
        maxLength={120}
        onChange={event => setAddress(event.target.value)}
      />
      <button type="submit" className="button button-small">
        {t('address.open')}
      </button>
    </form>
  )
}

function useColumns(): TableColumnsType<Account> {
  const { t } = useTranslation('ledger')
  const titleOf = useAccountTitle()
  const programme = useProgrammeId()
  return [
    {
      title: t('account'),
      key: 'account',
      render: (_, row) => (
        <Link to="/p/$programme/ledger/$account" params={{ programme, account: row.name }}>
          {titleOf(row)}
        </Link>
      ),
    },
    {
      title: t('balance'),
      key: 'balance',
      align: 'right',
      render: (_, row) => <Amount amount={row.balance} unit={row.unit} />,
    },
    {
      title: t('held'),
      key: 'held',
      align: 'right',
      render: (_, row) => (row.held === 0 ? '—' : <Amount amount={row.held} unit={row.unit} />),
    },
  ]
}
