import { recordAccess } from '../access/audit.ts'
import type { Reach } from '../access/permit.ts'
import type { Writer } from '../database/database.ts'
import type { Values } from '../declared/columns.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { currentTasks } from './case.ts'
import { type Actor, decidesAs } from './desk.ts'
import { openForms } from './form.ts'
import { caseFor } from './reads.ts'
import type { CaseKit } from './registry.ts'
import { isOpener } from './withdraw.ts'

/**
 * The personal values of a case's form in clear, for a stated purpose that is kept with the look. For who applied, and
 * for whoever has to decide it now; to all others the case is `case.not_found`.
 */
export async function revealCase(
  tx: Writer,
  kit: CaseKit,
  actor: Actor,
  reach: Reach,
  look: { process: string; id: string; purpose: string; requestId: string },
): Promise<Result<Values, 'case.not_found'>> {
  const row = await caseFor(tx, actor, reach, look.process, look.id)
  if (!row) return refuse('case.not_found')
  const tasks = (await currentTasks(tx, row)).filter(
    task => task.closed_at === null && task.kind !== 'standing',
  )
  const isTheirs = tasks.some(task => decidesAs(actor, task) !== undefined) || isOpener(kit, row, actor)
  if (!isTheirs) return refuse('case.not_found')
  const [values = {}] = await openForms(tx, kit.vault, [{ subject: row.id, sealed: row.sealed }])
  await recordAccess(tx, {
    ...{ action: `${look.process}.reveal`, subjectType: 'case', subjectIds: [row.id] },
    ...{ fields: Object.keys(values), purpose: look.purpose, requestId: look.requestId },
  })
  return ok(values)
}
