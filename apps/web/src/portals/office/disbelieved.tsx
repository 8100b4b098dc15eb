import { type Disbelieved, MANY_DISBELIEVED } from '@silian/chains/supply/payments/statement-contract.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { DeskTable } from '../../desk/table.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { Section } from '../../ui/page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { Instant } from '../../ui/values.tsx'
import { worstDay } from './worst-day.ts'

function useDisbelieved() {
  const programme = useProgrammeId()
  return useQuery({
    queryKey: ['disbelieved', programme],
    queryFn: ({ signal }) => call('disbelieved', { params: { programme }, signal }),
  })
}

/** Messages in a provider's name that nobody believed, counted by day. */
export function DisbelievedNotices() {
  const { t } = useTranslation('reconciliation')
  const counted = useDisbelieved()
  const columns: TableColumnsType<Disbelieved> = [
    { title: t('day.of'), dataIndex: 'day', key: 'day' },
    { title: t('provider'), key: 'provider', render: (_, row) => t(`provider.${row.provider}`) },
    { title: t('verdict'), key: 'verdict', render: (_, row) => t(`verdict.${row.verdict}`) },
    { title: t('messages'), dataIndex: 'count', key: 'count', align: 'right' },
    { title: t('lastAt'), key: 'lastAt', render: (_, row) => <Instant at={row.lastAt} /> },
  ]
  return (
    <Section title={t('disbelieved')} note={t('disbelieved.note')}>
      <Loaded query={counted}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('disbelieved.none')} />
          ) : (
            <DeskTable
              label={t('disbelieved')}
              columns={columns}
              rows={items}
              rowKey={row => `${row.day} ${row.provider} ${row.verdict}`}
            />
          )
        }
      </Loaded>
    </Section>
  )
}

/** Warns of a day on which somebody sent many of them. */
export function ManyDisbelieved() {
  const { t } = useTranslation('alerts')
  const programme = useProgrammeId()
  const worst = worstDay(useDisbelieved().data?.items ?? [], new Date())
  if (!worst || worst.count < MANY_DISBELIEVED) return null
  return (
    <div className="notice notice-wait">
      <p>{t('disbelieved', { ...worst })}</p>
      <Link to="/p/$programme/office/reconciliation" params={{ programme }} className="button button-small">
        {t('disbelieved.go')}
      </Link>
    </div>
  )
}
