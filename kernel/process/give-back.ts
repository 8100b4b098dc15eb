import type { Database, Reader, Scope, Writer } from '../database/database.ts'
import { ok } from '../result/result.ts'
import { lockTask } from './case.ts'
import { rolesNow } from './delegate.ts'
import { sitsAt } from './desk.ts'
import { clearDesks, putOnDesks, tellOpened } from './open-tasks.ts'
import { vacate } from './panel.ts'
import type { CaseKit } from './registry.ts'

/** In one round; the next takes the rest. */
const MOST = 500

/**
 * Open tasks of members who do not hold their role any more, or are none: what was given to them goes back to its desk,
 * a panel's seat is drawn again. Each in its own transaction; any number of times, and at once. Returns how many.
 */
export async function giveBack(database: Database, kit: CaseKit, scope: Scope): Promise<number> {
  const stray = await database.read(scope, strays)
  let back = 0
  for (const id of stray) {
    const done = await database.write(scope, async tx => ok(await giveBackOne(tx, kit, id)))
    if (done.ok && done.value) back += 1
  }
  return back
}

async function strays(tx: Reader): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select t.id from process_task t
      where t.programme_id = $1 and t.closed_at is null and t.member_id is not null
        and t.kind in ('task', 'part', 'seat', 'objection') and not exists (
          select 1 from membership s
            join member m on m.programme_id = $1 and m.id = s.member_id and m.closed_at is null
            left join organisation o on o.programme_id = $1 and o.id = s.organisation_id
            left join area a on a.code = coalesce(s.area_code, o.area_code)
           where s.programme_id = $1 and s.member_id = t.member_id and s.role = t.role
             and s.valid_from <= $2 and (s.valid_to is null or s.valid_to > $2)
             and (t.organisation_id is null or s.organisation_id = t.organisation_id
               or t.organisation_id = any(merged_into($1, s.organisation_id)))
             and (t.area_path is null or starts_with(t.area_path || '/', a.path || '/')))
      order by t.id limit $3`,
    [tx.programme, tx.at, MOST],
    'process-strays',
  )
  return rows.map(({ id }) => id)
}

async function giveBackOne(tx: Writer, kit: CaseKit, id: string): Promise<boolean> {
  const found = await lockTask(tx, id)
  if (!found) return false
  const { task, row } = found
  const member = task.member_id
  if (task.closed_at !== null || member === null) return false
  if (sitsAt(task, member, await rolesNow(tx, member))) return false
  if (task.kind === 'seat') {
    await vacate(tx, kit, row, task)
    return true
  }
  await tx.query('update process_task set member_id = null where programme_id = $1 and id = $2', [
    tx.programme,
    id,
  ])
  await clearDesks(tx, [id])
  const back = { ...task, member_id: null }
  await putOnDesks(tx, [back])
  await tellOpened(tx, [back], `:back:${member}`)
  return true
}
