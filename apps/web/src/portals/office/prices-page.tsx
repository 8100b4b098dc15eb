import type { Quotation } from '@silian/chains/value/prices/contract.ts'
import type { TableColumnsType } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { ExportLink } from '../../desk/export-link.tsx'
import { DeskTable } from '../../desk/table.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Day, Money } from '../../ui/values.tsx'

/** The latest quotations of wholesale markets, against which prices are judged. */
export function PricesPage() {
  const { t } = useTranslation('prices')
  const programme = useProgrammeId()
  const id = useId()
  const [item, setItem] = useState('')
  const columns = useColumns()
  const query = item ? { item } : {}
  const pages = usePages(['prices', programme, item], (after, signal) =>
    call('prices', { params: { programme }, query: { ...query, limit: 50, ...after }, signal }),
  )
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setItem(String(new FormData(event.currentTarget).get('item') ?? '').trim())
  }
  return (
    <Page title={t('title')} lead={t('lead')} actions={<ExportLink list="market-prices" query={query} />}>
      <search className="filter-bar">
        <form className="inline-field" onSubmit={find}>
          <label htmlFor={id}>{t('item')}</label>
          <input id={id} name="item" maxLength={40} />
          <button type="submit" className="button button-small">
            {t('find')}
          </button>
        </form>
      </search>
      <Paged pages={pages} empty={<Empty title={t('none')}>{t('none.hint')}</Empty>}>
        {rows => (
          <DeskTable
            label={t('title')}
            columns={columns}
            rows={rows}
            rowKey={row => `${row.market}|${row.item}|${row.spec}|${row.unit}`}
          />
        )}
      </Paged>
    </Page>
  )
}

function useColumns(): TableColumnsType<Quotation> {
  const { t } = useTranslation('prices')
  const money = (name: 'lowFen' | 'meanFen' | 'highFen') => ({
    title: t(name),
    key: name,
    align: 'right' as const,
    render: (_: unknown, row: Quotation) => <Money fen={row[name]} />,
  })
  return [
    { title: t('market'), key: 'market', render: (_, row) => t(`market.${row.market}`, row.market) },
    { title: t('item'), dataIndex: 'item', key: 'item' },
    { title: t('spec'), dataIndex: 'spec', key: 'spec' },
    { title: t('on'), key: 'on', render: (_, row) => <Day at={row.on} /> },
    money('lowFen'),
    money('meanFen'),
    money('highFen'),
    { title: t('per'), dataIndex: 'unit', key: 'unit' },
  ]
}
