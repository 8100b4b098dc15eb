import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { CASE, currentTasks } from '@silian/kernel/process/case.ts'
import { type Decided, decideTask } from '@silian/kernel/process/decide.ts'
import type { Process } from '@silian/kernel/process/define.ts'
import type { Actor } from '@silian/kernel/process/desk.ts'
import { openCase } from '@silian/kernel/process/open.ts'
import { isDrawing } from '@silian/kernel/process/panel.ts'
import type { CaseKit } from '@silian/kernel/process/registry.ts'
import type { CaseRow, TaskRow } from '@silian/kernel/process/tables.ts'
import { fireDue } from '@silian/kernel/process/timers.ts'
import { askOf } from '@silian/kernel/process/ways.ts'
import type { Result } from '@silian/kernel/result/result.ts'
import { addDays, dateOf, startOf } from '@silian/kernel/time/shanghai.ts'
import { declaredProcesses, type Whole } from '@silian/server/compose.ts'
import { type FormPlaces, formOf, sampleValues } from './form-samples.ts'
import { everything } from './refusals/side.ts'
import { type SmallWorld, worldTime } from './small-world.ts'

/**
 * Drives cases of declared processes in the small world: forms are made from the declaration, a task is decided by
 * whoever it lies with, days pass when told to.
 */
export class ProcessDrive {
  places: FormPlaces
  readonly #kit: CaseKit
  readonly #world: SmallWorld
  #day = addDays(dateOf(worldTime), 1)

  constructor(kit: Whole, world: SmallWorld) {
    this.#kit = { ...kit, processes: declaredProcesses }
    this.#world = world
    this.places = { village: '451003901001', county: '451003', coop: world.id('coop') }
  }

  get day(): string {
    return this.#day
  }

  /** Opens a case as the co-op or, what a buyer opens, as the unit's; with a sample form. */
  async open(
    process: Process,
    { about, form = {} }: { about?: string; form?: object } = {},
  ): Promise<Result<{ id: string }>> {
    const coop: Actor = {
      ...{ account: 'coop', memberId: null, holder: this.places.coop, standsFor: [] },
      roles: [{ role: 'coop_clerk', organisationId: this.places.coop, areaPath: '45/4510/451003' }],
    }
    const buyer: Actor = {
      ...{ account: this.#world.id('account buyer'), memberId: this.#world.id('member buyer') },
      ...{ holder: this.#world.id('unit'), standsFor: [] },
      roles: [{ role: 'buyer', organisationId: this.#world.id('unit'), areaPath: null }],
    }
    const actor = process.open.permit.buyer ? buyer : coop
    const given = {
      id: newId(),
      ...(about ? { about } : {}),
      form: { ...formOf(process, this.places), ...form },
    }
    const reach = everything(this.#world.programme)
    return this.#write(actor.account, tx => openCase(tx, this.#kit, actor, reach, process.name, given))
  }

  row = (id: string): Promise<CaseRow> =>
    this.#read(async tx => {
      const rows = await tx.query<CaseRow>(
        `select ${CASE} from process_case c where c.programme_id = $1 and c.id = $2`,
        [tx.programme, id],
      )
      return rows[0]!
    })

  /** The open tasks of the case's state. */
  async tasks(id: string): Promise<TaskRow[]> {
    const row = await this.row(id)
    if (await this.#read(tx => isDrawing(tx, row))) await this.#drawn()
    const tasks = await this.#read(tx => currentTasks(tx, row))
    return tasks.filter(({ closed_at }) => closed_at === null)
  }

  /** Decides a task as whoever it lies with; the first outcome, and a full sheet, unless something else is said. */
  async decide(
    task: TaskRow,
    more: { outcome?: string; form?: object; points?: number } = {},
  ): Promise<Result<Decided>> {
    const row = await this.row(task.case_id)
    const ask = askOf(declaredProcesses.of(row.process).at(row.version), task)
    const sample = task.kind === 'returned' ? row.form : sampleValues(ask.form, this.places, more.points)
    const actor: Actor = {
      ...{ account: task.kind === 'returned' ? row.opened_by : `desk ${task.role}` },
      ...{ memberId: task.member_id, holder: 'operator', standsFor: [] },
      roles: [{ role: task.role as never, organisationId: task.organisation_id, areaPath: task.area_path }],
    }
    const decision = {
      ...{ outcome: more.outcome ?? Object.keys(ask.ways)[0]!, note: 'a reason', files: [] },
      form: { ...sample, ...more.form },
    }
    return this.#write(actor.account, tx =>
      decideTask(tx, this.#kit, { ...actor, memberId: task.member_id }, task.id, decision),
    )
  }

  /** Decides everything open with its first outcome, and lets publicity pass, until the case stands or is over. */
  async straight(id: string): Promise<string> {
    for (let steps = 0; steps < 50; steps++) {
      const row = await this.row(id)
      const state = declaredProcesses.of(row.process).at(row.version).states[row.state]!
      if (state.kind === 'end' || state.kind === 'standing') return row.state
      if (state.kind === 'publicity') {
        await this.pass(state.days + 60)
        continue
      }
      for (const task of await this.tasks(id)) {
        const decided = await this.decide(task)
        if (!decided.ok) throw new Error(`${row.state}: ${decided.code} ${JSON.stringify(decided.params)}`)
      }
    }
    throw new Error('it goes round in a circle')
  }

  /** Lets days pass, and the clock do what is due. */
  async pass(days: number): Promise<void> {
    this.#day = addDays(this.#day, days)
    const { refused } = await fireDue(this.#kit.app, this.#kit, this.#scope('system'))
    if (refused.length > 0) throw new Error(`the clock was refused: ${JSON.stringify(refused)}`)
  }

  /** The log signs a head, and the clock draws whoever waits for it. */
  async #drawn(): Promise<void> {
    await this.#world.drain()
    await fireDue(this.#kit.app, this.#kit, this.#scope('system'), true)
  }

  #scope = (actor: string) => ({
    ...{ programme: this.#world.programme, actor },
    at: new Date(startOf(this.#day).getTime() + 9 * 3_600_000),
  })
  #read = <T>(work: (tx: Reader) => Promise<T>): Promise<T> => this.#kit.app.read(this.#scope('system'), work)
  #write = <T>(actor: string, work: (tx: Writer) => Promise<Result<T>>) =>
    this.#kit.app.write(this.#scope(actor), work)
}
