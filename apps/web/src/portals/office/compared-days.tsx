import type { statement } from '@silian/chains/supply/payments/statement-contract.ts'
import { useQuery } from '@tanstack/react-query'
import type { TableColumnsType } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { call } from '../../api/call.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { DeskTable } from '../../desk/table.tsx'
import { useMember } from '../../session/me.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { hasRole } from '../../session/roles.ts'
import { Field } from '../../ui/field.tsx'
import { Section } from '../../ui/page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { Instant } from '../../ui/values.tsx'

type Statement = z.output<typeof statement>

/** The days that were compared; a day may be fetched by hand, also again. */
export function ComparedDays() {
  const { t } = useTranslation('reconciliation')
  const programme = useProgrammeId()
  const [fetching, setFetching] = useState(false)
  const maySettle = hasRole(useMember(), 'finance_officer')
  const columns = useColumns()
  const days = useQuery({
    queryKey: ['provider-statements', programme],
    queryFn: ({ signal }) => call('statements', { params: { programme }, signal }),
  })
  return (
    <Section title={t('days')} note={t('days.note')}>
      {maySettle ? (
        <p>
          <button type="button" className="button" onClick={() => setFetching(true)}>
            {t('fetch')}
          </button>
        </p>
      ) : null}
      <Loaded query={days}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('days.none')} />
          ) : (
            <DeskTable
              label={t('days')}
              columns={columns}
              rows={items}
              rowKey={row => `${row.provider} ${row.day}`}
            />
          )
        }
      </Loaded>
      {fetching ? <FetchDay close={() => setFetching(false)} /> : null}
    </Section>
  )
}

function FetchDay({ close }: { close(): void }) {
  const { t } = useTranslation('reconciliation')
  const programme = useProgrammeId()
  const id = useId()
  const empty: { provider: Statement['provider']; day: string } = { provider: 'wechat', day: '' }
  return (
    <DialogForm
      name={`${programme}.statement`}
      title={t('fetch')}
      hint={t('fetch.hint')}
      empty={empty}
      sendLabel={t('fetch.send')}
      said={t('fetched')}
      send={body => call('fetchStatement', { params: { programme }, body })}
      close={close}
      fields={(draft, put) => (
        <>
          <div className="field">
            <label htmlFor={id}>{t('provider')}</label>
            <select
              id={id}
              value={draft.provider}
              onChange={event => put({ provider: event.target.value === 'alipay' ? 'alipay' : 'wechat' })}
            >
              <option value="wechat">{t('provider.wechat')}</option>
              <option value="alipay">{t('provider.alipay')}</option>
            </select>
          </div>
          <Field
            label={t('day')}
            type="date"
            required
            value={draft.day}
            onChange={event => put({ day: event.target.value })}
          />
        </>
      )}
    />
  )
}

function useColumns(): TableColumnsType<Statement> {
  const { t } = useTranslation('reconciliation')
  return [
    { title: t('day'), dataIndex: 'day', key: 'day' },
    { title: t('provider'), key: 'provider', render: (_, row) => t(`provider.${row.provider}`) },
    { title: t('lines'), dataIndex: 'lines', key: 'lines', align: 'right' },
    { title: t('open'), dataIndex: 'open', key: 'open', align: 'right' },
    { title: t('fetchedAt'), key: 'fetchedAt', render: (_, row) => <Instant at={row.fetchedAt} /> },
  ]
}
