import type { Dispute } from '@silian/chains/assurance/payouts/contract.ts'
import type { Credit } from '@silian/chains/supply/payments/contract.ts'
import type { TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { ExportLink } from '../../desk/export-link.tsx'
import { DeskTable } from '../../desk/table.tsx'
import { useMember } from '../../session/me.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { hasRole } from '../../session/roles.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Instant, Money } from '../../ui/values.tsx'
import { Allot } from './allot.tsx'

/** Money that came and that no machine could allot, and words of the bank that fit nothing of ours. */
export function CreditsPage() {
  const { t } = useTranslation('credits')
  const programme = useProgrammeId()
  const [all, setAll] = useState(false)
  const query = all ? {} : { waiting: 'true' as const }
  const pages = usePages(['credits', programme, all], (after, signal) =>
    call('credits', { params: { programme }, query: { ...query, limit: 50, ...after }, signal }),
  )
  const disputes = usePages(['disputes', programme], (after, signal) =>
    call('disputes', { params: { programme }, query: { limit: 50, ...after }, signal }),
  )
  const columns = useDisputeColumns()
  return (
    <Page title={t('title')} lead={t('lead')} actions={<ExportLink list="bank-credits" query={query} />}>
      <Section title={t('credits')} note={t('credits.note')}>
        <label className="inline-field">
          <input type="checkbox" checked={all} onChange={event => setAll(event.target.checked)} />
          {t('all')}
        </label>
        <Paged pages={pages} empty={<Empty title={t('none')}>{t('none.hint')}</Empty>}>
          {credits => <Credits credits={credits} />}
        </Paged>
      </Section>
      <Section title={t('disputes')} note={t('disputes.note')}>
        <Paged pages={disputes} empty={<Empty title={t('disputes.none')} />}>
          {rows => <DeskTable label={t('disputes')} columns={columns} rows={rows} rowKey={({ id }) => id} />}
        </Paged>
      </Section>
    </Page>
  )
}

function Credits({ credits }: { credits: readonly Credit[] }) {
  const { t } = useTranslation('credits')
  const [open, setOpen] = useState<Credit>()
  const mayAllot = hasRole(useMember(), 'finance_officer')
  const columns: TableColumnsType<Credit> = [
    { title: t('booked'), key: 'booked', render: (_, row) => <Instant at={row.bookedAt} /> },
    { title: t('bank'), key: 'bank', render: (_, row) => row.bankName ?? '—' },
    { title: t('reference'), dataIndex: 'reference', key: 'reference' },
    { title: t('code'), key: 'code', render: (_, row) => row.code || t('code.empty') },
    { title: t('amount'), key: 'amount', align: 'right', render: (_, row) => <Money fen={row.amountFen} /> },
    {
      title: t('state'),
      key: 'state',
      render: (_, row) => (
        <>
          <span className={`badge ${row.state === 'matched' ? '' : 'badge-wait'}`}>
            {t(`state.${row.state}`)}
          </span>{' '}
          {row.reason ? <span className="muted">{t(`reason.${row.reason}`)}</span> : null}
          {row.buyerName ? <span className="line-spec">{row.buyerName}</span> : null}
        </>
      ),
    },
    ...(mayAllot
      ? [
          {
            title: <span className="visually-hidden">{t('allot')}</span>,
            key: 'allot',
            render: (_: unknown, row: Credit) =>
              row.state === 'matched' ? null : (
                <button type="button" className="button button-small" onClick={() => setOpen(row)}>
                  {t('allot')}
                  <span className="visually-hidden"> {row.reference}</span>
                </button>
              ),
          },
        ]
      : []),
  ]
  return (
    <>
      <DeskTable label={t('credits')} columns={columns} rows={credits} rowKey={({ id }) => id} />
      {open ? <Allot credit={open} close={() => setOpen(undefined)} /> : null}
    </>
  )
}

function useDisputeColumns(): TableColumnsType<Dispute> {
  const { t } = useTranslation('credits')
  return [
    { title: t('noted'), key: 'noted', render: (_, row) => <Instant at={row.notedAt} /> },
    { title: t('reference'), dataIndex: 'reference', key: 'reference' },
    { title: t('batch'), key: 'batch', render: (_, row) => row.countyName ?? t('batch.unknown') },
    { title: t('bankSays'), key: 'says', align: 'right', render: (_, row) => <Money fen={row.fen} /> },
    {
      title: t('batch.sum'),
      key: 'sum',
      align: 'right',
      render: (_, row) => (row.batchFen === null ? '—' : <Money fen={row.batchFen} />),
    },
  ]
}
