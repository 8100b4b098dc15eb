import type { HealthReport } from '@silian/kernel/health/contract.ts'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { LoadedPage, Page, Section } from '../../ui/page.tsx'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { Empty } from '../../ui/states.tsx'
import { Instant } from '../../ui/values.tsx'
import { bytesText } from './bytes.ts'
import { useCodes } from './codes.ts'
import { adminRoutes } from './routes.ts'
import './admin.css'

const AGAIN_MS = 10_000
/** Facts are in the log within a second; what waits this long says that nobody puts them there. */
const LATE_MS = 60_000
const SCARCE = 0.1

/** How the programme's part of the system is. */
export function HealthPage() {
  const { t } = useTranslation('admin')
  const programme = useProgrammeId()
  const query = useQuery({
    queryKey: ['health', programme],
    queryFn: ({ signal }) => send(adminRoutes.health, { params: { programme }, signal }),
    refetchInterval: AGAIN_MS,
  })
  return (
    <LoadedPage query={query} title={t('health')}>
      {report => (
        <Page title={t('health')} lead={<Lead at={report.at} />}>
          <div className="meter">
            <LogCard report={report} />
            <WitnessCard report={report} />
            <FilesCard report={report} />
            <CheckCard report={report} />
            <Card title={t('health.database')} state={t('health.good')}>
              {t('health.database.text', {
                version: report.database.version,
                size: bytesText(report.database.bytes),
              })}
            </Card>
            <Card
              title={t('health.mail')}
              state={t(report.mail ? 'health.good' : 'health.off')}
              {...(report.mail ? {} : { as: 'plain' as const })}
            >
              {report.mail ? t('health.mail.on', { host: report.mail.host }) : t('health.mail.off')}
            </Card>
          </div>
          <Section title={t('subscriptions')} note={t('subscriptions.note')}>
            <Subscriptions report={report} />
          </Section>
        </Page>
      )}
    </LoadedPage>
  )
}

function Lead({ at }: { at: string }) {
  const { t } = useTranslation('admin')
  return (
    <>
      {t('health.lead')} <Instant at={at} />
    </>
  )
}

interface CardProps {
  readonly title: string
  readonly state: string
  /** Left out: all is well. */
  readonly as?: 'bad' | 'plain'
  readonly children: ReactNode
}

function Card({ title, state, as, children }: CardProps) {
  return (
    <section className="card stack-small">
      <h2>{title}</h2>
      <p className="meter-state">
        <span className={as ? `badge badge-${as}` : 'badge'}>{state}</span>
      </p>
      <p className="muted">{children}</p>
    </section>
  )
}

interface PartProps {
  readonly report: HealthReport
}

function LogCard({ report: { at, log } }: PartProps) {
  const { t } = useTranslation('admin')
  const late = log.oldest !== null && Date.parse(at) - Date.parse(log.oldest) > LATE_MS
  return (
    <Card
      title={t('health.log')}
      state={t(late ? 'health.late' : 'health.good')}
      {...(late ? { as: 'bad' as const } : {})}
    >
      {t('health.log.text', { size: log.size, count: log.waiting })}{' '}
      {log.checkpointAt ? <Instant at={log.checkpointAt} /> : null}
    </Card>
  )
}

function WitnessCard({ report: { log } }: PartProps) {
  const { t } = useTranslation('admin')
  const { halted, witnesses } = log
  if (halted)
    return (
      <Card title={t('health.witnesses')} state={t('health.halted')} as="bad">
        {t(`health.halted.${halted.why}`, { by: halted.by })} <Instant at={halted.at} />
      </Card>
    )
  if (witnesses.length === 0)
    return (
      <Card title={t('health.witnesses')} state={t('health.off')} as="plain">
        {t('health.witnesses.none')}
      </Card>
    )
  const behind = (log.witnessedSize ?? 0) < log.size
  return (
    <Card
      title={t('health.witnesses')}
      state={t(behind ? 'health.late' : 'health.good')}
      {...(behind ? { as: 'plain' as const } : {})}
    >
      {witnesses.map(({ name, size, at }) => (
        <span key={name} className="meter-line">
          {t('health.witness', { name, size })} <Instant at={at} />
        </span>
      ))}
    </Card>
  )
}

function FilesCard({ report: { files } }: PartProps) {
  const { t } = useTranslation('admin')
  const { disk } = files
  const scarce = disk !== null && disk.freeBytes < disk.totalBytes * SCARCE
  return (
    <Card
      title={t('health.files')}
      state={t(scarce ? 'health.scarce' : 'health.good')}
      {...(scarce ? { as: 'bad' as const } : {})}
    >
      {t('health.files.text', { count: files.count, size: bytesText(files.bytes) })}{' '}
      {disk ? t('health.disk', { free: bytesText(disk.freeBytes), total: bytesText(disk.totalBytes) }) : null}
    </Card>
  )
}

function CheckCard({ report: { check } }: PartProps) {
  const { t } = useTranslation('admin')
  if (!check)
    return (
      <Card title={t('health.check')} state={t('health.never')} as="plain">
        {t('health.check.never')}
      </Card>
    )
  const bad = check.differences > 0
  return (
    <Card
      title={t('health.check')}
      state={bad ? t('health.differs', { count: check.differences }) : t('health.good')}
      {...(bad ? { as: 'bad' as const } : {})}
    >
      {t('health.check.text', { facts: check.facts, comparisons: check.comparisons })}{' '}
      <Instant at={check.at} />
    </Card>
  )
}

function Subscriptions({ report: { subscriptions } }: PartProps) {
  const { t } = useTranslation('admin')
  const codes = useCodes()
  if (subscriptions.length === 0) return <Empty title={t('subscriptions.none')} />
  return (
    <ScrollArea className="card" label={t('subscriptions')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('subscriptions.name')}</th>
            <th scope="col" className="right">
              {t('subscriptions.behind')}
            </th>
            <th scope="col">{t('subscriptions.state')}</th>
          </tr>
        </thead>
        <tbody>
          {subscriptions.map(each => (
            <tr key={each.name}>
              <th scope="row">
                <span title={each.name}>{codes.subscription(each.name)}</span>
              </th>
              <td className="right number">{each.behind}</td>
              <td>
                {each.failedAt ? (
                  <>
                    <span className="badge badge-bad">
                      {t('subscriptions.failed', {
                        index: each.failedIndex,
                        code: codes.why(each.code ?? ''),
                      })}
                    </span>{' '}
                    <Instant at={each.failedAt} />
                  </>
                ) : (
                  <span className="badge">{t('health.good')}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}
