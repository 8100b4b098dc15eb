import type { AccountStatement, Line } from '@silian/server/ledger/contract.ts'
import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { addressOf, send } from '../../api/send.ts'
import { useWords } from '../../declared/words.ts'
import { DeskTable } from '../../desk/table.tsx'
import { languageOf } from '../../i18n/i18n.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { DayRange } from '../../settlements/day-range.tsx'
import { type DaySearch, daySearch } from '../../settlements/search.ts'
import { Paged } from '../../ui/load-more.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Instant } from '../../ui/values.tsx'
import { ledgerRoutes } from './routes.ts'
import { Amount, useAccountTitle } from './texts.tsx'

type Pages = InfiniteData<AccountStatement>

/** One account in a period: what was there, what came and went, what is there, and what of it is held. */
export function AccountPage() {
  const { t } = useTranslation('ledger')
  const titleOf = useAccountTitle()
  const programme = useProgrammeId()
  const navigate = useNavigate()
  const { account = '' } = useParams({ strict: false })
  const search = daySearch(useSearch({ strict: false }))
  const pages = useInfiniteQuery<AccountStatement, Error, Pages, readonly unknown[], string>({
    queryKey: ['ledger-statement', programme, account, search],
    queryFn: ({ pageParam, signal }) =>
      send(ledgerRoutes.statement, {
        params: { programme, account },
        query: { ...search, limit: 100, ...(pageParam === '' ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  })
  const first = pages.data?.pages[0]
  return (
    <Page
      title={first ? titleOf(first.account) : t('statement')}
      lead={first ? t('statement.lead', { from: first.from, to: first.to }) : undefined}
      actions={<Downloads account={account} search={search} />}
    >
      <DayRange
        search={first ? { from: first.from, to: first.to } : search}
        words="ledger"
        choose={next =>
          void navigate({
            to: '/p/$programme/ledger/$account',
            params: { programme, account },
            search: next,
          })
        }
      />
      {first ? <Sums statement={first} /> : null}
      <Paged pages={pages} empty={<Empty title={t('lines.none')} />}>
        {lines => <Lines lines={lines} unit={first?.account.unit ?? ''} />}
      </Paged>
      {first && first.holds.length > 0 ? <Holds statement={first} /> : null}
    </Page>
  )
}

function Downloads({ account, search }: { account: string; search: DaySearch }) {
  const { t, i18n } = useTranslation('ledger')
  const programme = useProgrammeId()
  const address = (as: 'xlsx' | 'pdf') =>
    addressOf(`/p/:programme/ledger/accounts/:account/statement.${as}`, {
      params: { programme, account },
      query: { ...search, language: languageOf(i18n) },
    })
  return (
    <>
      <a className="button" href={address('xlsx')} download>
        {t('xlsx')}
      </a>
      <a className="button" href={address('pdf')} download>
        {t('pdf')}
      </a>
    </>
  )
}

function Sums({ statement }: { statement: AccountStatement }) {
  const { t } = useTranslation('ledger')
  const { unit, held } = statement.account
  return (
    <dl className="sums">
      {(['opening', 'received', 'given', 'closing'] as const).map(name => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd>
            <Amount amount={statement[name]} unit={unit} />
          </dd>
        </div>
      ))}
      {held === 0 ? null : (
        <div>
          <dt>{t('held.now')}</dt>
          <dd>
            <Amount amount={held} unit={unit} />
          </dd>
        </div>
      )}
    </dl>
  )
}

function Lines({ lines, unit }: { lines: readonly Line[]; unit: string }) {
  const { t } = useTranslation('ledger')
  const words = useWords('ledger')
  const columns: TableColumnsType<Line> = [
    { title: t('at'), key: 'at', render: (_, row) => <Instant at={row.at} /> },
    { title: t('kind'), key: 'kind', render: (_, row) => words.value('kind', row.kind) },
    { title: t('about'), key: 'about', render: (_, row) => row.about ?? '—' },
    {
      title: t('amount'),
      key: 'amount',
      align: 'right',
      render: (_, row) => <Amount amount={row.amount} unit={unit} />,
    },
    {
      title: t('balance'),
      key: 'balance',
      align: 'right',
      render: (_, row) => <Amount amount={row.balance} unit={unit} />,
    },
  ]
  return (
    <DeskTable
      label={t('lines')}
      columns={columns}
      rows={lines}
      rowKey={({ entry, no }) => `${entry}/${no}`}
    />
  )
}

type Hold = AccountStatement['holds'][number]

function Holds({ statement }: { statement: AccountStatement }) {
  const { t } = useTranslation('ledger')
  const words = useWords('ledger')
  const columns: TableColumnsType<Hold> = [
    { title: t('at'), key: 'at', render: (_, row) => <Instant at={row.at} /> },
    { title: t('kind'), key: 'kind', render: (_, row) => words.value('kind', row.kind) },
    { title: t('about'), key: 'about', render: (_, row) => row.about ?? '—' },
    {
      title: t('held'),
      key: 'held',
      align: 'right',
      render: (_, row) => <Amount amount={row.remaining} unit={statement.account.unit} />,
    },
    {
      title: t('expires'),
      key: 'expires',
      render: (_, row) => (row.expiresAt === null ? '—' : <Instant at={row.expiresAt} />),
    },
  ]
  return (
    <Section title={t('holds')} note={t('holds.note')}>
      <DeskTable label={t('holds')} columns={columns} rows={statement.holds} rowKey={({ id }) => id} />
    </Section>
  )
}
