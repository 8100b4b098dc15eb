import { type RefundListed, refundRow } from '@silian/chains/supply/payments/refund-contract.ts'
import type { TableColumnsType } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { DayPair } from '../../desk/day-pair.tsx'
import { ExportLink } from '../../desk/export-link.tsx'
import { DeskTable } from '../../desk/table.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Section } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Instant } from '../../ui/values.tsx'
import { useRefundColumns } from './refund-columns.tsx'

const states = refundRow.shape.state.options
interface Search {
  readonly state?: RefundListed['state']
  readonly from?: string
  readonly to?: string
  readonly text?: string
}

/** Every refund, done ones too, by state, day and number, to be looked up and taken out. */
export function RefundRecords() {
  const { t } = useTranslation('reconciliation')
  const programme = useProgrammeId()
  const [search, setSearch] = useState<Search>({ state: 'done' })
  const pages = usePages(['refunds', programme, 'records', search], (after, signal) =>
    call('refunds', { params: { programme }, query: { ...search, limit: 25, ...after }, signal }),
  )
  const columns = useColumns()
  return (
    <Section title={t('records')} note={t('records.note')}>
      <Filters search={search} choose={setSearch} />
      <p>
        <ExportLink list="refunds" query={{ ...search }} />
      </p>
      <Paged pages={pages} empty={<Empty title={t('records.none')} />}>
        {rows => <DeskTable label={t('records')} columns={columns} rows={rows} rowKey={({ id }) => id} />}
      </Paged>
    </Section>
  )
}

function Filters({ search, choose }: { search: Search; choose(search: Search): void }) {
  const { t } = useTranslation('reconciliation')
  const id = useId()
  const put = (name: keyof Search, value: string) => {
    const { [name]: _, ...rest } = search
    choose(value === '' ? rest : { ...rest, [name]: value })
  }
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    put('text', String(new FormData(event.currentTarget).get('text') ?? '').trim())
  }
  return (
    <search className="filter-bar">
      <form onSubmit={find} className="inline-field">
        <label htmlFor={`${id}text`}>{t('records.text')}</label>
        <input id={`${id}text`} name="text" maxLength={64} />
        <button type="submit" className="button button-small">
          {t('records.find')}
        </button>
      </form>
      <div className="inline-field">
        <label htmlFor={`${id}state`}>{t('state')}</label>
        <select
          id={`${id}state`}
          value={search.state ?? ''}
          onChange={event => put('state', event.target.value)}
        >
          <option value="">{t('records.all')}</option>
          {states.map(state => (
            <option key={state} value={state}>
              {t(`state.${state}`)}
            </option>
          ))}
        </select>
      </div>
      <DayPair
        from={search.from}
        to={search.to}
        labels={{ from: t('records.from'), to: t('records.to') }}
        choose={put}
      />
    </search>
  )
}

function useColumns(): TableColumnsType<RefundListed> {
  const { t } = useTranslation('reconciliation')
  return useRefundColumns([
    {
      title: t('doneAt'),
      key: 'doneAt',
      render: (_, row) => (row.doneAt === null ? '—' : <Instant at={row.doneAt} />),
    },
    { title: t('refund.reference'), key: 'reference', render: (_, row) => row.reference ?? '—' },
    { title: t('refundNo'), key: 'refundNo', render: (_, row) => row.refundNo ?? '—' },
  ])
}
