import type { MissingUnit } from '@silian/chains/supply/quota/contract.ts'
import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { DeskTable } from '../desk/table.tsx'
import { useProgrammeId } from '../session/programme.ts'
import { Paged, usePages } from '../ui/load-more.tsx'
import { Empty } from '../ui/states.tsx'

/** Units without a declaration for a year. */
export function MissingTable({ year }: { year: number }) {
  const { t } = useTranslation('quota')
  const programme = useProgrammeId()
  const pages = usePages(['missing', programme, year], (after, signal) =>
    call('missingDeclarations', { params: { programme }, query: { year, limit: 25, ...after }, signal }),
  )
  const columns: TableColumnsType<MissingUnit> = [
    { title: t('unit'), dataIndex: 'unitName', key: 'unit' },
    { title: t('area'), dataIndex: 'areaName', key: 'area' },
    {
      title: t('state'),
      key: 'state',
      render: (_, row) => (
        <span className={`badge ${row.returned ? 'badge-bad' : 'badge-wait'}`}>
          {t(row.returned ? 'state.returned' : 'state.missing')}
        </span>
      ),
    },
  ]
  return (
    <Paged pages={pages} empty={<Empty title={t('missing.none')} />}>
      {rows => (
        <DeskTable label={t('year.missing')} columns={columns} rows={rows} rowKey={({ unitId }) => unitId} />
      )}
    </Paged>
  )
}
