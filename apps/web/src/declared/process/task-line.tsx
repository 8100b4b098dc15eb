import type { TaskRow } from '@silian/kernel/process/contract.ts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useProgrammeId } from '../../session/programme.ts'
import type { Words } from '../words.ts'
import { Due } from './due.tsx'

interface TaskLineProps {
  readonly task: TaskRow
  readonly words: Words
  readonly marked: boolean
  /** Why it cannot be marked. */
  readonly unmarkable: string | undefined
  mark(): void
}

/** One task of the inbox: what it asks, of which case, until when. */
export function TaskLine({ task, words, marked, unmarkable, mark }: TaskLineProps) {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const asked = words.find(`do.${task.state}`) ?? words.text(`state.${task.state}`, task.state)
  return (
    <li className="card task">
      <span className="mark" title={unmarkable}>
        <input
          type="checkbox"
          aria-label={t('mark.task', { title: task.title })}
          aria-description={unmarkable}
          disabled={unmarkable !== undefined}
          checked={marked}
          onChange={mark}
        />
      </span>
      <Link
        to="/p/$programme/cases/$process/$case"
        params={{ programme, process: task.process, case: task.case }}
        className="task-link"
      >
        <strong>{task.title}</strong>
        <span className="task-asked">{asked}</span>
      </Link>
      <span className="task-of muted">
        {words.title}
        {task.seat > 0 ? ` · ${t('seat', { seat: task.seat })}` : ''}
        {task.memberName ? ` · ${task.memberName}` : ''}
      </span>
      <Due on={task.dueOn} overdue={task.overdue} />
    </li>
  )
}
