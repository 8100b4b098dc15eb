import { z } from 'zod'
import type { Writer } from '../database/database.ts'
import { defineJob, type Job } from '../jobs/define.ts'
import { ok, Refused } from '../result/result.ts'
import { tasksWhere } from './case.ts'
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
      const { refused } = await fireDue(kit.app, { ...kit, processes }, scope)
      if (refused.length > 0)
        throw new Refused('process.timer_refused', {
          cases: refused.slice(0, 20).map(({ case: id, timer, code }) => `${id} ${timer} ${code}`),
        })
    },
  })

/** Tasks follow an area that was replaced, after their rows have. */
export const followJob: Job<ProcessKit> = defineJob<ProcessKit, z.ZodObject>({
  name: 'process.follow',
  payload: z.object({}),
  recurring: { at: '50 2 * * *' },
  run: async ({ kit, scope }) => {
    await kit.app.write(scope, async tx => ok(await followDesks(tx)))
  },
})

/** Puts open tasks whose area has another path now onto the desks there. Returns how many. */
export async function followDesks(tx: Writer): Promise<number> {
  const tasks = await tasksWhere(
    tx,
    `t.closed_at is null and t.area_path is not null and t.member_id is null and t.kind <> 'standing' and not exists (
       select 1 from process_desk d where d.programme_id = $1 and d.task_id = t.id
         and d.desk = t.role || '@' || t.area_path)`,
    [],
  )
  await clearDesks(
    tx,
    tasks.map(({ id }) => id),
  )
  for (const task of tasks) await putOnDesks(tx, task, [{ id: task.id, place: task, dueOn: task.due_on }])
  return tasks.length
}
