import type { unfitMoney } from '@silian/chains/supply/payments/statement-contract.ts'
import { useQuery } from '@tanstack/react-query'
import type { TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { call } from '../../api/call.ts'
import { DeskTable } from '../../desk/table.tsx'
import { useMember } from '../../session/me.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { hasRole } from '../../session/roles.ts'
import { Section } from '../../ui/page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { Instant, Money } from '../../ui/values.tsx'
import { SendBack } from './send-back.tsx'

type Unfit = z.output<typeof unfitMoney>

/** Money that a provider took and that fits no payment: a person sends it back to whoever paid it. */
export function UnfitMoney() {
  const { t } = useTranslation('reconciliation')
  const programme = useProgrammeId()
  const [back, setBack] = useState<Unfit>()
  const columns = useColumns(setBack)
  const unfit = useQuery({
    queryKey: ['unfit', programme],
    queryFn: ({ signal }) => call('unfit', { params: { programme }, signal }),
  })
  return (
    <Section title={t('unfit')} note={t('unfit.note')}>
      <Loaded query={unfit}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('unfit.none')} />
          ) : (
            <DeskTable
              label={t('unfit')}
              columns={columns}
              rows={items}
              rowKey={row => `${row.provider} ${row.reference}`}
            />
          )
        }
      </Loaded>
      {back ? <SendBack money={back} close={() => setBack(undefined)} /> : null}
    </Section>
  )
}

function useColumns(setBack: (row: Unfit) => void): TableColumnsType<Unfit> {
  const { t } = useTranslation('reconciliation')
  const maySettle = hasRole(useMember(), 'finance_officer')
  return [
    { title: t('paidAt'), key: 'paidAt', render: (_, row) => <Instant at={row.paidAt} /> },
    { title: t('provider'), key: 'provider', render: (_, row) => t(`provider.${row.provider}`) },
    { title: t('reference'), dataIndex: 'reference', key: 'reference' },
    { title: t('came'), key: 'came', align: 'right', render: (_, row) => <Money fen={row.amountFen} /> },
    { title: t('due'), key: 'due', align: 'right', render: (_, row) => <Money fen={row.dueFen} /> },
    {
      title: <span className="visually-hidden">{t('back')}</span>,
      key: 'back',
      render: (_, row) =>
        maySettle ? (
          <button type="button" className="button button-small" onClick={() => setBack(row)}>
            {t('back')}
            <span className="visually-hidden"> {row.reference}</span>
          </button>
        ) : null,
    },
  ]
}
