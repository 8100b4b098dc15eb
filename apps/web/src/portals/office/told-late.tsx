import type { LateFact } from '@silian/kernel/fact/contract.ts'
import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { FactLink } from '../../declared/fact-link.tsx'
import { DeskTable } from '../../desk/table.tsx'
import { useFactWords } from '../../receipts/use-fact-words.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Empty } from '../../ui/states.tsx'
import { Instant } from '../../ui/values.tsx'

/** Claims that came later than their kind allows, the newest first, each with its entry. */
export function ToldLate() {
  const { t } = useTranslation('alerts')
  const programme = useProgrammeId()
  const columns = useColumns()
  const pages = usePages(['late-facts', programme], (after, signal) =>
    call('lateFacts', { params: { programme }, query: { limit: 25, ...after }, signal }),
  )
  return (
    <Paged pages={pages} empty={<Empty title={t('told.none')} />}>
      {rows => <DeskTable label={t('told')} columns={columns} rows={rows} rowKey={row => row.factId} />}
    </Paged>
  )
}

function useColumns(): TableColumnsType<LateFact> {
  const { t } = useTranslation('alerts')
  const words = useFactWords()
  return [
    { title: t('told.what'), key: 'what', render: (_, row) => words(row.type) },
    { title: t('told.at'), key: 'at', render: (_, row) => <Instant at={row.at} /> },
    { title: t('told.recorded'), key: 'recorded', render: (_, row) => <Instant at={row.recordedAt} /> },
    { title: t('told.days'), dataIndex: 'days', key: 'days', align: 'right' },
    {
      title: t('told.log'),
      key: 'log',
      align: 'right',
      render: (_, row) => <FactLink fact={row.factId} index={row.logIndex} />,
    },
  ]
}
