import type { TaskRow } from '@silian/kernel/process/contract.ts'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type RefObject, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { formatCount } from '../../i18n/format.ts'
import { useWaiting, WaitingKinds } from '../../pages/waiting-cards.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { isTyping } from '../../ui/typing.ts'
import { ProposalsLink, useProposalCounts } from '../register/proposals-link.tsx'
import { processRoutes } from '../routes.ts'
import { textSearch } from '../search.ts'
import { useWordsOf } from '../words.ts'
import { BulkDecision, unmarkable } from './bulk-decision.tsx'
import { useCounts } from './counts.ts'
import { TaskLine } from './task-line.tsx'
import '../declared.css'
import './process.css'

/** What waits for the reader, the nearest deadline first. */
export function InboxPage() {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const { process, overdue } = textSearch(useSearch({ strict: false }))
  const query = { ...(process && { process }), ...(overdue && { overdue: 'true' }), limit: 50 }
  const pages = usePages(['inbox', programme, query], (after, signal) =>
    send(processRoutes.inbox, { params: { programme }, query: { ...query, ...after }, signal }),
  )
  const elsewhere = useWaiting().data ?? []
  return (
    <Page title={t('inbox')} lead={t('inbox.lead')} actions={<Filter process={process} overdue={overdue} />}>
      <Counts />
      <WaitingProposals />
      <Paged pages={pages} empty={<Nothing isElsewhere={elsewhere.length > 0} />}>
        {tasks => <Tasks tasks={tasks} />}
      </Paged>
      {elsewhere.length > 0 ? (
        <Section title={t('inbox.elsewhere')}>
          <ul className="waiting">
            <WaitingKinds some={elsewhere} />
          </ul>
        </Section>
      ) : null}
    </Page>
  )
}

/** Nothing is to be decided here, which says nothing of orders and payouts. */
function Nothing({ isElsewhere }: { isElsewhere: boolean }) {
  const { t } = useTranslation('process')
  if (isElsewhere) return <p className="muted">{t('inbox.empty.elsewhere')}</p>
  return <Empty title={t('inbox.empty')}>{t('inbox.empty.hint')}</Empty>
}

function Counts() {
  const { t } = useTranslation('process')
  const counts = useCounts().data
  if (!counts || counts.total === 0) return null
  return (
    <dl className="facts inbox-counts" aria-label={t('counts')}>
      {(['total', 'overdue', 'soon'] as const).map(name => (
        <div key={name} className={`inbox-${name}`}>
          <dt>{t(`counts.${name}`)}</dt>
          <dd className="number">
            {formatCount(counts[name])}
            {counts.more.includes(name) ? '+' : ''}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Changes of registers that wait for the reader: they lie on no desk, and are counted beside those that do. */
function WaitingProposals() {
  const { t } = useTranslation('process')
  const counts = useProposalCounts().data ?? []
  const words = useWordsOf(counts.map(({ register }) => register))
  if (counts.length === 0) return null
  return (
    <ul className="inbox-proposals" aria-label={t('proposals')}>
      {counts.map(({ register }) => (
        <li key={register} className="card">
          <ProposalsLink register={register} title={words(register).title} />
        </li>
      ))}
    </ul>
  )
}

interface FilterProps {
  readonly process: string | undefined
  readonly overdue: string | undefined
}

function Filter({ process, overdue }: FilterProps) {
  const { t } = useTranslation('process')
  const id = useId()
  const programme = useProgrammeId()
  const navigate = useNavigate()
  const counts = useCounts().data
  const sums = new Map<string, number>()
  for (const { process: name, count } of counts?.byProcess ?? [])
    sums.set(name, (sums.get(name) ?? 0) + count)
  const words = useWordsOf([...sums.keys()])
  const go = (next: FilterProps) =>
    void navigate({
      to: '/p/$programme/inbox',
      params: { programme },
      search: {
        ...(next.process ? { process: next.process } : {}),
        ...(next.overdue ? { overdue: next.overdue } : {}),
      },
    })
  return (
    <>
      <div className="inline-field">
        <label htmlFor={id}>{t('filter.process')}</label>
        <select
          id={id}
          value={process ?? ''}
          onChange={event => go({ process: event.target.value || undefined, overdue })}
        >
          <option value="">{t('filter.all')}</option>
          {[...sums].map(([name, count]) => (
            <option key={name} value={name}>
              {t('filter.option', { process: words(name).title, number: formatCount(count) })}
            </option>
          ))}
        </select>
      </div>
      <label className="menu-choice">
        <input
          type="checkbox"
          checked={overdue === 'true'}
          onChange={event => go({ process, overdue: event.target.checked ? 'true' : undefined })}
        />
        {t('filter.overdue')}
      </label>
    </>
  )
}

function Tasks({ tasks }: { tasks: readonly TaskRow[] }) {
  const { t } = useTranslation('process')
  const words = useWordsOf([...new Set(tasks.map(({ process }) => process))])
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const list = useRef<HTMLUListElement>(null)
  useKeys(list)
  const chosen = tasks.filter(({ id }) => marked.has(id))
  const whyNot = (task: TaskRow) => {
    const why = unmarkable(task, chosen[0])
    return why && t(`bulk.${why}`)
  }
  const toggle = (task: string) => {
    const next = new Set(marked)
    if (!next.delete(task)) next.add(task)
    setMarked(next)
  }
  return (
    <>
      <p className="muted desk-only">{t('inbox.keys')}</p>
      <BulkDecision tasks={chosen} words={words} clear={() => setMarked(new Set())} />
      <ul ref={list} className="tasks">
        {tasks.map(task => (
          <TaskLine
            key={task.id}
            task={task}
            words={words(task.process)}
            marked={marked.has(task.id)}
            unmarkable={whyNot(task)}
            mark={() => toggle(task.id)}
          />
        ))}
      </ul>
    </>
  )
}

/** j and k go down and up the list from anywhere on the page; Enter opens the first, or the one they went to. */
function useKeys(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return
      const links = [...(list.current?.querySelectorAll<HTMLElement>('.task-link') ?? [])]
      if (walk(event.key, links)) event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [list])
}

/** Whether the key was one of theirs. */
function walk(key: string, links: readonly HTMLElement[]): boolean {
  // a link or a button that has the focus answers Enter itself
  if (key === 'Enter' && !document.activeElement?.matches('a, button, summary, input')) {
    links[0]?.click()
    return links.length > 0
  }
  const step = { j: 1, k: -1 }[key.toLowerCase()]
  if (step === undefined) return false
  const here = links.findIndex(link => link.closest('li')?.contains(document.activeElement))
  links[Math.min(links.length - 1, Math.max(0, here + step))]?.focus()
  return true
}
