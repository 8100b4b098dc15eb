import type { Difference } from '@silian/chains/supply/payments/statement-contract.ts'
import type { TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { DeskTable } from '../../desk/table.tsx'
import { useMember } from '../../session/me.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { hasRole } from '../../session/roles.ts'
import { Field } from '../../ui/field.tsx'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Money } from '../../ui/values.tsx'
import { ComparedDays } from './compared-days.tsx'
import { DisbelievedNotices } from './disbelieved.tsx'
import { useOpenRefundColumns } from './refund-columns.tsx'
import { RefundRecords } from './refund-records.tsx'
import { UnfitMoney } from './unfit-money.tsx'

/** Where payment providers and we differ, and what goes back to payers and has not arrived. */
export function ReconciliationPage() {
  const { t } = useTranslation('reconciliation')
  const programme = useProgrammeId()
  const differences = usePages(['differences', programme], (after, signal) =>
    call('differences', { params: { programme }, query: { open: 'true', limit: 50, ...after }, signal }),
  )
  const refunds = usePages(['refunds', programme], (after, signal) =>
    call('refunds', { params: { programme }, query: { waiting: 'true', limit: 50, ...after }, signal }),
  )
  const banks = usePages(['refunds', programme, 'bank'], (after, signal) =>
    call('refunds', { params: { programme }, query: { bank: 'true', limit: 50, ...after }, signal }),
  )
  const columns = useOpenRefundColumns()
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Section title={t('differences')} note={t('differences.note')}>
        <Paged pages={differences} empty={<Empty title={t('differences.none')} />}>
          {rows => <Differences rows={rows} />}
        </Paged>
      </Section>
      <UnfitMoney />
      <Section title={t('bankRefunds')} note={t('bankRefunds.note')}>
        <Paged pages={banks} empty={<Empty title={t('bankRefunds.none')} />}>
          {rows => (
            <DeskTable label={t('bankRefunds')} columns={columns} rows={rows} rowKey={({ id }) => id} />
          )}
        </Paged>
      </Section>
      <Section title={t('refunds')} note={t('refunds.note')}>
        <Paged pages={refunds} empty={<Empty title={t('refunds.none')} />}>
          {rows => <DeskTable label={t('refunds')} columns={columns} rows={rows} rowKey={({ id }) => id} />}
        </Paged>
      </Section>
      <RefundRecords />
      <ComparedDays />
      <DisbelievedNotices />
    </Page>
  )
}

function Differences({ rows }: { rows: readonly Difference[] }) {
  const { t } = useTranslation('reconciliation')
  const [open, setOpen] = useState<Difference>()
  const maySettle = hasRole(useMember(), 'finance_officer')
  const sum = (fen: number | null) => (fen === null ? '—' : <Money fen={fen} />)
  const columns: TableColumnsType<Difference> = [
    { title: t('day'), dataIndex: 'day', key: 'day' },
    { title: t('provider'), key: 'provider', render: (_, row) => t(`provider.${row.provider}`) },
    { title: t('kind'), key: 'kind', render: (_, row) => t(`kind.${row.kind}`) },
    { title: t('reference'), dataIndex: 'reference', key: 'reference' },
    { title: t('ours'), key: 'ours', align: 'right', render: (_, row) => sum(row.oursFen) },
    { title: t('theirs'), key: 'theirs', align: 'right', render: (_, row) => sum(row.theirsFen) },
    {
      title: <span className="visually-hidden">{t('settle')}</span>,
      key: 'settle',
      render: (_, row) =>
        maySettle ? (
          <button type="button" className="button button-small" onClick={() => setOpen(row)}>
            {t('settle')}
            <span className="visually-hidden"> {row.reference}</span>
          </button>
        ) : null,
    },
  ]
  return (
    <>
      <DeskTable label={t('differences')} columns={columns} rows={rows} rowKey={({ id }) => id} />
      {open ? <Settle difference={open} close={() => setOpen(undefined)} /> : null}
    </>
  )
}

function Settle({ difference, close }: { difference: Difference; close(): void }) {
  const { t } = useTranslation('reconciliation')
  const programme = useProgrammeId()
  return (
    <DialogForm
      name={`${programme}.difference.${difference.id}`}
      title={t('settle.of', { reference: difference.reference })}
      hint={t('settle.hint')}
      empty={{ note: '' }}
      sendLabel={t('settle')}
      said={t('settled')}
      send={(body, key) =>
        call('settleDifference', { params: { programme, difference: difference.id }, key, body })
      }
      close={close}
      fields={(draft, put) => (
        <Field
          label={t('note')}
          required
          maxLength={500}
          value={draft.note}
          onChange={event => put({ note: event.target.value })}
        />
      )}
    />
  )
}
