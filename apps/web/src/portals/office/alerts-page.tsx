import type { Declaration } from '@silian/chains/supply/quota/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { DeskTable } from '../../desk/table.tsx'
import { formatDay, formatRatio, yearOf } from '../../i18n/format.ts'
import { OrderList } from '../../orders/order-list.tsx'
import { MissingTable } from '../../quota/missing-table.tsx'
import { useYear } from '../../quota/year.tsx'
import { useMember } from '../../session/me.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { hasRole } from '../../session/roles.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Money } from '../../ui/values.tsx'
import { ManyDisbelieved } from './disbelieved.tsx'
import { ToldLate } from './told-late.tsx'
import '../../orders/orders.css'

/** What an office should look into: shares behind the year, units that have not declared, promises that are over. */
export function AlertsPage() {
  const { t } = useTranslation('alerts')
  const member = useMember()
  return (
    <Page title={t('title')} lead={t('lead')}>
      {hasRole(member, 'finance_officer', 'auditor') ? (
        <>
          <Waiting />
          <ManyDisbelieved />
        </>
      ) : null}
      <Section title={t('behind')} note={t('behind.note')}>
        <Behind />
      </Section>
      <Overdue />
      <Section title={t('late')} note={t('late.note')}>
        <Late />
      </Section>
      {hasRole(member, 'finance_officer', 'task_force', 'auditor') ? (
        <Section title={t('told')} note={t('told.note')}>
          <ToldLate />
        </Section>
      ) : null}
    </Page>
  )
}

/** How much the bank's side holds for a person. */
function Waiting() {
  const { t } = useTranslation('alerts')
  const programme = useProgrammeId()
  const waiting = useQuery({
    queryKey: ['credits', programme, 'count'],
    queryFn: ({ signal }) =>
      call('credits', { params: { programme }, query: { waiting: 'true', limit: 200 }, signal }),
    select: page => page.items.length,
  })
  if (!waiting.data) return null
  return (
    <div className="notice notice-wait">
      <p>{t('credits', { count: waiting.data })}</p>
      <Link to="/p/$programme/office/credits" params={{ programme }} className="button button-small">
        {t('credits.go')}
      </Link>
    </div>
  )
}

function Behind() {
  const { t } = useTranslation('alerts')
  const programme = useProgrammeId()
  const columns = useBehindColumns()
  const year = yearOf(new Date())
  const pages = usePages(['declarations', programme, 'behind', year], (after, signal) =>
    call('declarations', {
      params: { programme },
      query: { year, behind: 'true', limit: 25, ...after },
      signal,
    }),
  )
  return (
    <Paged pages={pages} empty={<Empty title={t('behind.none')} />}>
      {rows => <DeskTable label={t('behind')} columns={columns} rows={rows} rowKey={({ id }) => id} />}
    </Paged>
  )
}

function useBehindColumns(): TableColumnsType<Declaration> {
  const { t } = useTranslation(['alerts', 'quota'])
  const money = (title: string, fen: (row: Declaration) => number) => ({
    title,
    key: title,
    align: 'right' as const,
    render: (_: unknown, row: Declaration) => <Money fen={fen(row)} />,
  })
  return [
    { title: t('unit'), dataIndex: 'unitName', key: 'unit' },
    money(t('declared', { ns: 'quota' }), row => row.reservedFen),
    money(t('expected'), row => row.expectedFen),
    money(t('completed', { ns: 'quota' }), row => row.completedFen),
    money(t('ordered', { ns: 'quota' }), row => row.orderedFen),
    {
      title: t('ratio'),
      key: 'ratio',
      align: 'right',
      render: (_, row) => formatRatio(row.completedFen, row.reservedFen),
    },
  ]
}

/** Only once the rule's day is over is a missing declaration overdue. */
function Overdue() {
  const { t } = useTranslation('alerts')
  const year = useYear(yearOf(new Date()))
  const by = year.data?.declareBy
  const isOver = by != null && by < formatDay(new Date().toISOString())
  return (
    <Section
      title={t('missing')}
      note={by ? t(isOver ? 'missing.over' : 'missing.open', { day: by }) : t('missing.note')}
    >
      <MissingTable year={yearOf(new Date())} />
    </Section>
  )
}

function Late() {
  const { t } = useTranslation('alerts')
  const programme = useProgrammeId()
  const pages = usePages(['orders', programme, 'late'], (after, signal) =>
    call('orders', { params: { programme }, query: { late: 'true', limit: 25, ...after }, signal }),
  )
  return (
    <Paged pages={pages} empty={<Empty title={t('late.none')} />}>
      {orders => <OrderList orders={orders} side="office" />}
    </Paged>
  )
}
