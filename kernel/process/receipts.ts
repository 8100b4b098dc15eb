import { factsOf, type StoredFact } from '../fact/read.ts'
import type { ReceiptSource } from '../log/receipt-routes.ts'
import { ok, refuse } from '../result/result.ts'
import { tasksWhere } from './case.ts'
import type { Process } from './define.ts'
import { type Actor, actorOf } from './desk.ts'
import { mayRead } from './detail.ts'
import { caseFor } from './reads.ts'
import type { CaseRow, TaskRow } from './tables.ts'

/** What the log says of the cases of a process: of a recognition, a mark, an entry. Forms open to whoever reads them. */
export const caseReceipts = ({ name }: Process): ReceiptSource => ({
  ...{ path: `/processes/${name}/cases`, thing: 'case', action: `${name}.read` },
  summary: '办件回执 Receipts of a case, fact by fact',
  facts: async (tx, { reach, principal, id }) => {
    const actor = await actorOf(tx, principal)
    const row = await caseFor(tx, actor, reach, name, id)
    if (!row) return refuse('case.not_found')
    const tasks = new Map((await tasksWhere(tx, 't.case_id = $2', [id])).map(task => [task.id, task]))
    const mayOpen = (fact: StoredFact) => () => reads(fact, tasks, row, actor)
    return ok((await factsOf(tx, id)).map(fact => ({ fact: fact.id, mayOpen: mayOpen(fact) })))
  },
})

/** The form of the case is read by all who read the case, a sheet by those whom the case shows it to. */
function reads(
  { pub }: StoredFact,
  tasks: ReadonlyMap<string, TaskRow>,
  row: CaseRow,
  actor: Actor,
): boolean {
  if (pub.task === undefined) return true
  const task = tasks.get(String(pub.task))
  return task !== undefined && mayRead(task, row, actor)
}
