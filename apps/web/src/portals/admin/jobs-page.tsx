import type { JobRow, Queue } from '@silian/kernel/jobs/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { PickField } from '../../desk/fields.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { Instant } from '../../ui/values.tsx'
import { useCodes } from './codes.ts'
import { adminRoutes } from './routes.ts'
import './admin.css'

const states = ['waiting', 'running', 'done', 'failed'] as const
const AGAIN_MS = 5000

/** Background work: what waits, what was given up, and what somebody asked for. */
export function JobsPage() {
  const { t } = useTranslation('admin')
  const programme = useProgrammeId()
  const queue = useQuery({
    queryKey: ['queue', programme],
    queryFn: ({ signal }) => send(adminRoutes.queue, { params: { programme }, signal }),
    refetchInterval: AGAIN_MS,
  })
  return (
    <Page title={t('jobs')} lead={t('jobs.lead')}>
      <Section title={t('queue')} note={t('queue.note')}>
        <Loaded query={queue} lines={4}>
          {data => <QueueTable queue={data} />}
        </Loaded>
      </Section>
      {queue.data && queue.data.failed.length > 0 ? (
        <Section title={t('failed')} note={t('failed.note')}>
          <Failed queue={queue.data} />
        </Section>
      ) : null}
      <Section title={t('asked')}>
        <Asked />
      </Section>
    </Page>
  )
}

function QueueTable({ queue }: { queue: Queue }) {
  const { t } = useTranslation('admin')
  const codes = useCodes()
  if (queue.kinds.length === 0) return <Empty title={t('queue.none')} />
  return (
    <ScrollArea className="card" label={t('queue')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('job.name')}</th>
            <th scope="col" className="right">
              {t('job.state.waiting')}
            </th>
            <th scope="col" className="right">
              {t('job.state.running')}
            </th>
            <th scope="col" className="right">
              {t('failed')}
            </th>
            <th scope="col">{t('queue.oldest')}</th>
          </tr>
        </thead>
        <tbody>
          {queue.kinds.map(kind => (
            <tr key={kind.name}>
              <th scope="row" title={kind.name}>
                {codes.job(kind.name)}
              </th>
              <td className="right number">{kind.waiting}</td>
              <td className="right number">{kind.running}</td>
              <td className="right number">{kind.failed}</td>
              <td>{kind.oldest ? <Instant at={kind.oldest} /> : t('queue.notDue')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}

function Failed({ queue }: { queue: Queue }) {
  const { t } = useTranslation('admin')
  const codes = useCodes()
  const [retrying, retry] = useState<Queue['failed'][number]>()
  return (
    <ul className="history card">
      {queue.failed.map(job => (
        <li key={job.id}>
          <strong title={job.name}>{codes.job(job.name)}</strong>
          <span>{t('failed.after', { count: job.attempts })}</span>
          <span title={job.code}>{codes.why(job.code)}</span>
          <Instant at={job.at} />
          <button type="button" className="button button-small" onClick={() => retry(job)}>
            {t('job.retry')}
          </button>
        </li>
      ))}
      {retrying ? <Retry job={retrying} close={() => retry(undefined)} /> : null}
    </ul>
  )
}

function Retry({ job, close }: { job: Queue['failed'][number]; close(): void }) {
  const { t } = useTranslation('admin')
  const programme = useProgrammeId()
  return (
    <DialogForm<object>
      name={`${programme}.job.${job.id}.retry`}
      title={t('job.retry.title', { name: useCodes().job(job.name) })}
      hint={t('job.retry.hint')}
      empty={{}}
      sendLabel={t('job.retry')}
      said={t('act.done')}
      close={close}
      send={(_, key) => send(adminRoutes.retry, { params: { programme, job: job.id }, key, body: {} })}
      fields={() => null}
    />
  )
}

function Asked() {
  const { t } = useTranslation('admin')
  const codes = useCodes()
  const programme = useProgrammeId()
  const [state, setState] = useState('')
  const query = { state: (state || undefined) as JobRow['state'] | undefined }
  const pages = usePages(['jobs', programme, query], (after, signal) =>
    send(adminRoutes.jobs, { params: { programme }, query: { ...query, ...after, limit: 50 }, signal }),
  )
  return (
    <>
      <div className="filters">
        <PickField
          label={t('job.state')}
          none={t('any')}
          value={state}
          options={states.map(one => [one, t(`job.state.${one}`)] as const)}
          pick={setState}
        />
      </div>
      <Paged pages={pages} empty={<Empty title={t('asked.none')} />}>
        {jobs => (
          <ul className="history card">
            {jobs.map(job => (
              <li key={job.id}>
                <strong title={job.name}>{codes.job(job.name)}</strong>
                <span className={`badge ${job.state === 'failed' ? 'badge-bad' : 'badge-plain'}`}>
                  {t(`job.state.${job.state}`)}
                </span>
                <span className="number">
                  {job.total === null || job.state === 'done'
                    ? t('job.done', { done: job.done })
                    : t('job.of', { done: job.done, total: job.total })}
                </span>
                {job.code ? <span title={job.code}>{codes.why(job.code)}</span> : null}
                <Instant at={job.requestedAt} />
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </>
  )
}
