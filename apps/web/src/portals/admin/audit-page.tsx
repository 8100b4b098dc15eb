import type { AccessRecord } from '@silian/kernel/access/administration-contract.ts'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { isDeclared } from '../../declared/titles.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page } from '../../ui/page.tsx'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { Empty } from '../../ui/states.tsx'
import { Instant } from '../../ui/values.tsx'
import { useCodes, useFields } from './codes.ts'
import { adminRoutes } from './routes.ts'
import './admin.css'

interface Filter {
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly from: string
  readonly to: string
}

const none: Filter = { actor: '', action: '', subject: '', from: '', to: '' }

/** Who looked at or did what to whom, and why. */
export function AuditPage() {
  const { t } = useTranslation('admin')
  const programme = useProgrammeId()
  const [filter, setFilter] = useState(none)
  const asked = useDeferredValue(filter)
  const query = Object.fromEntries(
    Object.entries(asked).map(([name, value]) => [name, value.trim() || undefined]),
  )
  const pages = usePages(['audit', programme, query], (after, signal) =>
    send(adminRoutes.audit, { params: { programme }, query: { ...query, ...after, limit: 50 }, signal }),
  )
  const narrowed = Object.values(query).some(value => value !== undefined)
  const put = (change: Partial<Filter>) => setFilter({ ...filter, ...change })
  const text = (name: keyof Filter, type = 'search') => (
    <Field
      label={t(`audit.${name}`)}
      type={type}
      value={filter[name]}
      maxLength={64}
      onChange={event => put({ [name]: event.target.value })}
    />
  )
  return (
    <Page title={t('audit')} lead={t('audit.lead')}>
      <div className="filters card">
        {text('actor')}
        {text('action')}
        {text('subject')}
        {text('from', 'date')}
        {text('to', 'date')}
        <button
          type="button"
          className="button button-small"
          disabled={!narrowed}
          onClick={() => setFilter(none)}
        >
          {t('audit.all')}
        </button>
      </div>
      <Paged pages={pages} empty={<Empty title={t(narrowed ? 'audit.none' : 'audit.empty')} />}>
        {records => <Records records={records} put={put} />}
      </Paged>
    </Page>
  )
}

const nounOf = (action: string): string => action.split('.')[0] ?? ''

interface RecordsProps {
  readonly records: readonly AccessRecord[]
  put(change: Partial<Filter>): void
}

function Records({ records, put }: RecordsProps) {
  const { t } = useTranslation('admin')
  const codes = useCodes()
  const fieldText = useFields([...new Set(records.map(({ action }) => nounOf(action)).filter(isDeclared))])
  const fieldsOf = ({ action, fields }: AccessRecord) =>
    fields.map(field => fieldText(nounOf(action), field)).join(t('list.join'))
  return (
    <ScrollArea className="card" label={t('audit')}>
      <table className="table table-rows">
        <thead>
          <tr>
            <th scope="col">{t('audit.at')}</th>
            <th scope="col">{t('audit.actor')}</th>
            <th scope="col">{t('audit.action')}</th>
            <th scope="col">{t('audit.subject')}</th>
            <th scope="col">{t('audit.purpose')}</th>
          </tr>
        </thead>
        <tbody>
          {records.map(record => (
            <tr key={record.id}>
              <td data-label={t('audit.at')}>
                <Instant at={record.at} />
              </td>
              <td data-label={t('audit.actor')}>
                <Narrow value={record.actor ?? record.actorId} by={actor => put({ actor })}>
                  {record.actor ?? t(record.actorId === 'system' ? 'audit.system' : 'audit.elsewhere')}
                </Narrow>
              </td>
              <td data-label={t('audit.action')}>
                <Narrow value={record.action} by={action => put({ action })}>
                  {codes.act(record.action)}
                </Narrow>
                {record.fields.length > 0 ? (
                  <span className="muted"> {t('audit.fields', { fields: fieldsOf(record) })}</span>
                ) : null}
              </td>
              <td data-label={t('audit.subject')}>
                <Narrow value={record.subjectId} by={subject => put({ subject })}>
                  {t('audit.of', { type: codes.noun(record.subjectType), id: record.subjectId.slice(-8) })}
                </Narrow>
              </td>
              <td data-label={t('audit.purpose')}>
                {record.purpose ? codes.purpose(record.purpose) : t('audit.without')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}

interface NarrowProps {
  readonly value: string
  readonly children: string
  by(value: string): void
}

/** What is shown narrows the list to itself. */
function Narrow({ value, children, by }: NarrowProps) {
  return (
    <button type="button" className="tree-name" title={value} onClick={() => by(value)}>
      {children}
    </button>
  )
}
