import type { Values } from '../declared/columns.ts'
import { newId } from '../ids/ids.ts'
import { must, type Result } from '../result/result.ts'
import { CASE, currentTasks } from './case.ts'
import { type Decided, decideTask } from './decide.ts'
import { caseDetailOf } from './detail.ts'
import { openCase } from './open.ts'
import { isDrawing } from './panel.ts'
import type { CaseRow, TaskRow } from './tables.ts'
import { orchardForm } from './test-process.ts'
import type { ProcessStage } from './test-stage.ts'
import { fireDue } from './timers.ts'

/** For tests: what people do to cases, by name. */
export interface Drive {
  open(name?: string, more?: object, id?: string): Promise<Result<{ id: string }>>
  opened(): Promise<string>
  row(id: string): Promise<CaseRow>
  /** Experts are drawn for whom the case waits: the log signs its head, and the clock looks. */
  drawn(id: string): Promise<void>
  /** The open tasks of the case's state, by their seats and names. */
  tasks(id: string): Promise<TaskRow[]>
  decide(
    who: string,
    task: string,
    outcome: string,
    more?: Partial<{ form: Values; note: string; files: string[] }>,
  ): Promise<Result<Decided>>
  /** Decides the only open task. */
  step(who: string, caseId: string, outcome: string, more?: Parameters<Drive['decide']>[3]): Promise<Decided>
  detail(who: string, id: string): Promise<Awaited<ReturnType<typeof caseDetailOf>>>
  /** As far as the experts. */
  toExperts(): Promise<string>
  /** Every expert drawn gives the same points. */
  judge(id: string, soil: number): Promise<void>
  /** As far as the list on which it stands. */
  listed(): Promise<string>
}

export function driveOf(stage: ProcessStage): Drive {
  const { kit } = stage
  const everything = {
    programme: stage.programme,
    everything: true,
    areaPaths: [],
    organisationIds: [],
    personIds: [],
  }
  const memberOf = (name: string) => stage.id(`member ${name}`)
  const names = new Map<string, string>()
  for (const name of ['expert1', 'expert2', 'expert3', 'expert4', 'expert5', 'expert6', 'expert7'])
    names.set(memberOf(name), name)
  const drive: Drive = {
    open: async (name = 'clerk', more = {}, id = newId()) => {
      const who = await stage.principal(name)
      const reach = stage.permit(who, 'orchard.open')
      if (!reach.ok) return reach
      const grower = stage.id(name === 'clerk2' ? 'coop2' : 'coop')
      return stage.as(name, (tx, actor) =>
        openCase(tx, kit, actor, reach.value, 'orchard', { id, form: orchardForm(grower, more) }),
      )
    },
    opened: async () => {
      // one case an organisation at a time: the one before is taken off the list
      await stage.rows(`update process_case set once = null where programme_id = $1`, [stage.programme])
      return must(await drive.open()).id
    },
    row: async id =>
      (
        await stage.rows<CaseRow>(
          `select ${CASE} from process_case c where c.programme_id = $1 and c.id = $2`,
          [stage.programme, id],
        )
      )[0]!,
    tasks: async id => {
      await drive.drawn(id)
      const row = await drive.row(id)
      const tasks = await kit.app.read(stage.scope(), tx => currentTasks(tx, row))
      return tasks.filter(({ closed_at }) => closed_at === null).sort((a, b) => a.seat - b.seat)
    },
    drawn: async id => {
      const row = await drive.row(id)
      if (!(await kit.app.read(stage.scope(), tx => isDrawing(tx, row)))) return
      await stage.log.drain()
      await fireDue(kit.app, kit, stage.scope(), true)
    },
    decide: (who, task, outcome, { form = {}, files = [], ...more } = {}) =>
      stage.as(who, (tx, actor) => decideTask(tx, kit, actor, task, { outcome, form, files, ...more })),
    step: async (who, caseId, outcome, more) => {
      const [task] = await drive.tasks(caseId)
      return must(await drive.decide(who, task!.id, outcome, more))
    },
    detail: async (who, id) => {
      const actor = await stage.actor(who)
      const reach = stage.permit(await stage.principal(who), 'orchard.read')
      return kit.app.read(stage.scope(), tx =>
        caseDetailOf(tx, kit, actor, reach.ok ? reach.value : everything, 'orchard', id),
      )
    },
    toExperts: async () => {
      const id = await drive.opened()
      await drive.step('township', id, 'pass', { form: { trees: 200 } })
      const [soil, market] = await drive.tasks(id)
      must(await drive.decide('officer', soil!.id, 'pass', { form: { depth: 80 } }))
      must(await drive.decide('regulator', market!.id, 'pass'))
      await drive.drawn(id)
      return id
    },
    judge: async (id, soil) => {
      for (const seat of await drive.tasks(id))
        must(
          await drive.decide(names.get(seat.member_id!)!, seat.id, 'submit', {
            form: { soil, water: 20, records: 40 },
          }),
        )
    },
    listed: async () => {
      const id = await drive.toExperts()
      await drive.judge(id, 40)
      const { due_on } = await drive.row(id)
      const next = new Date(Date.parse(`${due_on}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
      stage.on(next)
      await stage.tick()
      return id
    },
  }
  return drive
}
