import type { CaseDetail, ProcessShape } from '@silian/kernel/process/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { ErasureReceiptLink } from '../../portals/erasure/receipt-link.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { LoadedPage, Page, Section } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Day, Instant } from '../../ui/values.tsx'
import { processRoutes } from '../routes.ts'
import { useWords } from '../words.ts'
import { ColumnsView } from './columns-view.tsx'
import { Due } from './due.tsx'
import { Lifecycle } from './lifecycle-view.tsx'
import { Objections } from './objection.tsx'
import { useProcesses } from './shapes.ts'
import { Sheets } from './sheets.tsx'
import { Tasks } from './task-form.tsx'
import { CaseTrail } from './trail.tsx'
import { Withdrawal } from './withdrawal.tsx'
import '../declared.css'
import './process.css'

/** One case: what is asked now, what was filled in and judged, its trail, and what happens next. */
export function CasePage() {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const { process = '', case: id = '' } = useParams({ strict: false })
  const processes = useProcesses()
  const found = useQuery({
    queryKey: ['case', programme, process, id],
    queryFn: ({ signal }) => send(processRoutes.case, { params: { programme, process, case: id }, signal }),
  })
  return (
    <LoadedPage query={processes} title={t('case')}>
      {all => {
        const shape = all.find(({ name }) => name === process)
        if (!shape) return <UnknownProcess />
        return (
          <LoadedPage query={found} title={t('case')}>
            {detail => <Case shape={shape} detail={detail} />}
          </LoadedPage>
        )
      }}
    </LoadedPage>
  )
}

export function UnknownProcess() {
  const { t } = useTranslation('process')
  return (
    <Page title={t('case')}>
      <Empty title={t('unknown')}>{t('unknown.hint')}</Empty>
    </Page>
  )
}

interface CaseProps {
  readonly shape: ProcessShape
  readonly detail: CaseDetail
}

function Case({ shape, detail }: CaseProps) {
  const { t } = useTranslation('process')
  const words = useWords(shape.name)
  const mine = detail.tasks.filter(task => task.mine)
  const others = detail.tasks.filter(task => !task.mine)
  const context = { words, names: detail.names }
  return (
    <Page title={`${words.title} · ${detail.title}`} lead={<Standing shape={shape} detail={detail} />}>
      <div className="columns">
        <div className="stack">
          {mine.length > 0 ? <Tasks shape={shape} detail={detail} tasks={mine} /> : null}
          {others.length > 0 ? <Waiting detail={detail} tasks={others} shape={shape} /> : null}
          <Objections detail={detail} />
          {detail.drawing ? <Drawing /> : null}
          <Section title={t('form')}>
            <div className="card">
              <ColumnsView columns={shape.form} values={detail.form} context={context} />
              <About shape={shape} detail={detail} />
              {shape.name === 'household_erasure' && detail.about && detail.endedAt ? (
                <ErasureReceiptLink row={detail.about} caseId={detail.id} />
              ) : null}
            </div>
          </Section>
          <Sheets shape={shape} detail={detail} />
          <CaseTrail shape={shape} detail={detail} />
          {detail.may.includes('withdraw') ? <Withdrawal id={detail.id} /> : null}
        </div>
        <Section title={t('lifecycle')}>
          <div className="card">
            <Lifecycle shape={shape} at={detail} />
          </div>
        </Section>
      </div>
    </Page>
  )
}

function Standing({ shape, detail }: CaseProps) {
  const { t } = useTranslation('process')
  const words = useWords(shape.name)
  return (
    <span className="case-standing">
      <span className="badge">{words.text(`state.${detail.state}`, detail.state)}</span>
      {detail.endedAt ? (
        <span>
          {t('ended')} <Day at={detail.endedAt} />
        </span>
      ) : (
        <Due on={detail.dueOn} overdue={detail.overdue} />
      )}
      <span>
        {t('opened.by', { name: detail.openedByName })} <Instant at={detail.openedAt} />
      </span>
    </span>
  )
}

function About({ shape, detail }: CaseProps) {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  // products have no register of their own
  if (!shape.about || !detail.about || shape.about === 'product') return null
  return (
    <p>
      <Link
        to="/p/$programme/registers/$register"
        params={{ programme, register: shape.about }}
        search={{ row: detail.about }}
      >
        {t('about')}
      </Link>
    </p>
  )
}

/** A panel, or a seat of it, that waits for its draw. */
function Drawing() {
  const { t } = useTranslation('process')
  return (
    <Section title={t('drawing')}>
      <p className="card">{t('drawing.how')}</p>
    </Section>
  )
}

/** What others are asked: who holds the case up. */
function Waiting({ shape, tasks }: CaseProps & { tasks: CaseDetail['tasks'] }) {
  const { t } = useTranslation(['process', 'common', 'declared'])
  const words = useWords(shape.name)
  return (
    <Section title={t('waiting')}>
      <ul className="waiting-tasks">
        {tasks.map(task => {
          const roles = shape.states.find(({ name }) => name === task.state)?.roles ?? []
          const who =
            task.memberName ??
            roles
              .map(role => t(`role.${role}`, { ns: 'common', defaultValue: role }))
              .join(t('list.separator', { ns: 'declared' }))
          return (
            <li key={task.id} className="card">
              <strong>{words.text(`state.${task.state}`, task.state)}</strong>
              {task.seat > 0 ? <span>{t('seat', { seat: task.seat })}</span> : null}
              <span>{t('waiting.for', { who })}</span>
              <Due on={task.dueOn} overdue={task.overdue} />
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
