import type { LyingAt } from '@silian/chains/value/lots/contract.ts'
import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { DeskTable } from '../../desk/table.tsx'
import { formatCount } from '../../i18n/format.ts'
import { ProblemNotice } from '../../ui/states.tsx'
import { useQuantityText } from '../../ui/values.tsx'
import { usePlaces } from './use-places.ts'

/** What lies where: the lots of each place and what is left of them. Nothing where a seller has neither lots nor places. */
export function StoredAt() {
  const { t } = useTranslation('supplier')
  const places = usePlaces()
  const columns = useColumns()
  if (places.isError) return <ProblemNotice error={places.error} retry={places.refetch} />
  if (!places.data || places.data.length === 0) return null
  return (
    <DeskTable
      label={t('places')}
      columns={columns}
      rows={places.data}
      rowKey={({ placeId }) => placeId ?? 'none'}
    />
  )
}

function useColumns(): TableColumnsType<LyingAt> {
  const { t } = useTranslation('supplier')
  const quantity = useQuantityText()
  const sum = (row: LyingAt, of: 'stored' | 'available') =>
    row.goods.map(goods => quantity(goods[of], goods.unit)).join(' + ') || '—'
  return [
    {
      title: t('place'),
      key: 'place',
      render: (_, { name, kind, state }) =>
        name === null ? (
          t('place.nowhere')
        ) : (
          <>
            {name}
            <span className="line-spec">{t(`place.${kind}`)}</span>
            {state === 'closed' ? <span className="badge badge-plain">{t('place.closed')}</span> : null}
          </>
        ),
    },
    { title: t('lots.here'), key: 'lots', align: 'right', render: (_, row) => formatCount(row.lots) },
    { title: t('lot.stored'), key: 'stored', align: 'right', render: (_, row) => sum(row, 'stored') },
    { title: t('lot.available'), key: 'left', align: 'right', render: (_, row) => sum(row, 'available') },
  ]
}
