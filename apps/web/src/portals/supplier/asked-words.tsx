import type { ShopAsked } from '@silian/chains/supply/search/contract.ts'
import { useQuery } from '@tanstack/react-query'
import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { DeskTable } from '../../desk/table.tsx'
import { formatCount } from '../../i18n/format.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Empty, Loaded } from '../../ui/states.tsx'

type Asked = ShopAsked['items'][number]

/** What the shop was searched for in the last thirty days, the unmet first. */
export function AskedWords() {
  const { t } = useTranslation('delivery')
  const programme = useProgrammeId()
  const columns = useColumns()
  const found = useQuery({
    queryKey: ['asked', programme],
    queryFn: ({ signal }) => call('shopAsked', { params: { programme }, signal }),
  })
  return (
    <Loaded query={found}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={t('asked.none')}>{t('asked.none.text')}</Empty>
        ) : (
          <DeskTable
            label={t('asked')}
            columns={
              items.some(({ own }) => own !== null) ? [...columns.common, columns.own] : columns.common
            }
            rows={items}
            rowKey={({ query }) => query}
          />
        )
      }
    </Loaded>
  )
}

function useColumns(): { common: TableColumnsType<Asked>; own: TableColumnsType<Asked>[number] } {
  const { t } = useTranslation('delivery')
  const number = (key: 'times' | 'days' | 'found'): TableColumnsType<Asked>[number] => ({
    title: t(`asked.${key}`),
    key,
    align: 'right',
    render: (_, row) => formatCount(row[key]),
  })
  return {
    common: [
      { title: t('asked.word'), key: 'word', render: (_, { query }) => query },
      ...[number('times'), number('days'), number('found')],
    ],
    own: {
      title: t('asked.own'),
      key: 'own',
      render: (_, { own }) => t(own ? 'asked.own.yes' : 'asked.own.no'),
    },
  }
}
