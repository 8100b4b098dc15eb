import type { Batch } from '@silian/chains/assurance/payouts/contract.ts'
import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { DeskTable } from '../desk/table.tsx'
import { formatCount } from '../i18n/format.ts'
import { useProgrammeId } from '../session/programme.ts'
import { Paged, usePages } from '../ui/load-more.tsx'
import { Empty } from '../ui/states.tsx'
import { Day, Money } from '../ui/values.tsx'

/** Payout batches, newest first, with how many households have said that the money is there. */
export function BatchTable() {
  const { t } = useTranslation('payouts')
  const programme = useProgrammeId()
  const columns = useColumns()
  const pages = usePages(['payout-batches', programme], (after, signal) =>
    call('payoutBatches', { params: { programme }, query: { limit: 50, ...after }, signal }),
  )
  return (
    <Paged pages={pages} empty={<Empty title={t('empty')}>{t('empty.hint')}</Empty>}>
      {batches => <DeskTable label={t('title')} columns={columns} rows={batches} rowKey={({ id }) => id} />}
    </Paged>
  )
}

function useColumns(): TableColumnsType<Batch> {
  const { t } = useTranslation('payouts')
  return [
    { title: t('county'), key: 'county', render: (_, batch) => batch.countyName },
    { title: t('made'), key: 'made', render: (_, batch) => <Day at={batch.createdAt} /> },
    { title: t('total'), key: 'total', align: 'right', render: (_, batch) => <Money fen={batch.totalFen} /> },
    {
      title: t('households'),
      key: 'households',
      align: 'right',
      render: (_, batch) => formatCount(batch.households),
    },
    {
      title: t('state'),
      key: 'state',
      render: (_, batch) => (
        <>
          <span className={batch.state === 'paid' ? 'badge' : 'badge badge-wait'}>
            {t(`state.${batch.state}`)}
          </span>{' '}
          {batch.paidAt ? <Day at={batch.paidAt} /> : null}
        </>
      ),
    },
    {
      title: t('confirmed'),
      key: 'confirmed',
      align: 'right',
      render: (_, batch) => t('confirmed.of', { confirmed: batch.confirmed, households: batch.households }),
    },
  ]
}
