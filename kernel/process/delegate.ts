import { recordAccess } from '../access/audit.ts'
import type { HeldRole } from '../access/principal.ts'
import type { Reader, Writer } from '../database/database.ts'
import { tell } from '../notify/tell.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { lockTask } from './case.ts'
import { type Actor, decidesAs } from './desk.ts'
import { clearDesks, putOnDesks } from './open-tasks.ts'
import type { TaskRow } from './tables.ts'

export type DelegationRefusal = 'task.not_found' | 'task.done' | 'task.not_delegable' | 'member.not_found'

/**
 * Gives a task to one member who holds its role at its place, too. It is recorded with its reason. Refuses
 * `task.not_delegable` for a panel's seat or what stands, `member.not_found` for one who could not decide it.
 */
export async function delegate(
  tx: Writer,
  actor: Actor,
  taskId: string,
  { member, note }: { readonly member: string; readonly note: string },
  requestId: string,
): Promise<Result<{ id: string }, DelegationRefusal>> {
  const found = await lockTask(tx, taskId)
  if (!found || !decidesAs(actor, found.task)) return refuse('task.not_found')
  const { task, row } = found
  if (task.closed_at !== null) return refuse('task.done')
  if (!isDelegable(task)) return refuse('task.not_delegable')
  const heir: Actor = { ...actor, memberId: member, roles: await rolesNow(tx, member), standsFor: [] }
  const place = { ...task, member_id: null }
  if (member === actor.memberId || !decidesAs(heir, place)) return refuse('member.not_found', { id: member })
  await tx.query('update process_task set member_id = $3 where programme_id = $1 and id = $2', [
    tx.programme,
    taskId,
    member,
  ])
  await clearDesks(tx, [taskId])
  const now = { ...task, member_id: member }
  await putOnDesks(tx, [now])
  await recordAccess(tx, {
    ...{ action: 'task.delegate', subjectType: 'task', subjectIds: [taskId], fields: ['member_id'] },
    ...{ purpose: note, requestId },
  })
  await tell(tx, now, {
    kind: 'task.delegated',
    cause: `${taskId}:${member}`,
    process: row.process,
    caseId: row.id,
    params: { state: row.state },
  })
  return ok({ id: taskId })
}

/** A panel's seat is one expert's; what came back is its opener's. */
export const isDelegable = ({ kind }: Pick<TaskRow, 'kind'>): boolean =>
  ['task', 'part', 'objection'].includes(kind)

/** The roles a member holds at the moment, each with where. */
export const rolesNow = async (tx: Reader, memberId: string): Promise<HeldRole[]> =>
  (await rolesOf(tx, [memberId])).get(memberId) ?? []

/** The same of several; nothing of those who hold none. */
export async function rolesOf(tx: Reader, members: readonly string[]): Promise<Map<string, HeldRole[]>> {
  const rows = await tx.query<{
    member_id: string
    role: HeldRole['role']
    organisation_id: string | null
    merged_ids: string[]
    path: string | null
  }>(
    `select s.member_id, s.role, s.organisation_id, merged_into($1, s.organisation_id) as merged_ids, a.path from membership s
       join member m on m.programme_id = $1 and m.id = s.member_id and m.closed_at is null
       left join organisation o on o.programme_id = $1 and o.id = s.organisation_id
       left join area a on a.code = coalesce(s.area_code, o.area_code)
      where s.programme_id = $1 and s.member_id = any($2::uuid[])
        and s.valid_from <= $3 and (s.valid_to is null or s.valid_to > $3)`,
    [tx.programme, members, tx.at],
  )
  const held = new Map<string, HeldRole[]>()
  for (const { member_id, role, organisation_id, merged_ids, path } of rows) {
    const merged = merged_ids.length > 0 ? { mergedIds: merged_ids } : {}
    const one = { role, organisationId: organisation_id, ...merged, areaPath: path }
    held.set(member_id, [...(held.get(member_id) ?? []), one])
  }
  return held
}
