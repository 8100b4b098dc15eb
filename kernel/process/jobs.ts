import { z } from 'zod'
import type { Writer } from '../database/database.ts'
import { defineJob, type Job } from '../jobs/define.ts'
import { ok, Refused } from '../result/result.ts'
import { tasksWhere } from './case.ts'
import { giveBack } from './give-back.ts'
import { clearDesks, putOnDesks } from './open-tasks.ts'
import type { Processes } from './registry.ts'
import type { ProcessKit } from './states.ts'
import { fireDue } from './timers.ts'

/** Deadlines, the ends of publicity, terms, yearly checks and reminders; a case that refuses its move is named in the failure. */
export const clockJob = (processes: Processes): Job<ProcessKit> =>
  defineJob<ProcessKit, z.ZodObject>({
    name: 'process.clock',
    payload: z.object({}),
    recurring: { at: '*/10 * * * *' },
    run: async ({ kit, scope }) => {
      const cases = { ...kit, processes }
      await giveBack(kit.app, cases, scope)
      const { refused } = await fireDue(kit.app, cases, scope)
      if (refused.length > 0)
        throw new Refused('process.timer_refused', {
          cases: refused.slice(0, 20).map(({ case: id, timer, code }) => `${id} ${timer} ${code}`),
        })
    },
  })

/** Panels are drawn as soon as the log has a head over what they wait for. */
export const drawJob = (processes: Processes): Job<ProcessKit> =>
  defineJob<ProcessKit, z.ZodObject>({
    name: 'process.draw',
    payload: z.object({}),
    recurring: { at: '* * * * *' },
    run: async ({ kit, scope }) => {
      await fireDue(kit.app, { ...kit, processes }, scope, true)
    },
  })

/** Tasks follow an area that was replaced, after their rows have. */
export const followJob: Job<ProcessKit> = defineJob<ProcessKit, z.ZodObject>({
  name: 'process.follow',
  payload: z.object({}),
  recurring: { at: '50 2 * * *' },
  run: async ({ kit, scope }) => {
    for (let moved = MOST; moved > 0; ) {
      const round = await kit.app.write(scope, async tx => ok(await followDesks(tx)))
      moved = round.ok ? round.value : 0
    }
  },
})

/** Cases whose tasks move in one transaction. */
const MOST = 500

const stray = `t.closed_at is null and t.area_path is not null and t.role is not null and t.kind <> 'standing'
  and not exists (select 1 from process_desk d where d.programme_id = $1 and d.task_id = t.id
    and d.desk = case when t.member_id is null then '' else case t.kind when 'seat' then 'seat:' else '' end
      || t.member_id || ':' end || t.role || '@' || t.area_path)`

/**
 * Puts open tasks whose area has another path now onto the desks there, of at most 500 cases. Their cases are locked
 * first: what is decided meanwhile lies nowhere. Returns how many.
 */
export async function followDesks(tx: Writer): Promise<number> {
  const cases = await tx.query<{ id: string }>(
    `select c.id from process_case c where c.programme_id = $1 and c.id in (
       select t.case_id from process_task t where t.programme_id = $1 and ${stray})
      order by c.id limit $2 for update`,
    [tx.programme, MOST],
  )
  // once more, as they are under their locks
  const tasks = await tasksWhere(tx, `t.case_id = any($2::uuid[]) and ${stray}`, [cases.map(({ id }) => id)])
  await clearDesks(
    tx,
    tasks.map(({ id }) => id),
  )
  await putOnDesks(tx, tasks)
  return tasks.length
}
