import type { Writer } from '@silian/kernel/database/database.ts'
import type { Values } from '@silian/kernel/declared/columns.ts'
import { tasksWhere } from '@silian/kernel/process/case.ts'
import { decideTask } from '@silian/kernel/process/decide.ts'
import { type Actor, actorOf, decidesAs } from '@silian/kernel/process/desk.ts'
import { object } from '@silian/kernel/process/objection.ts'
import { openCase } from '@silian/kernel/process/open.ts'
import type { TaskRow } from '@silian/kernel/process/tables.ts'
import { fireDue } from '@silian/kernel/process/timers.ts'
import { askOf } from '@silian/kernel/process/ways.ts'
import { must, ok, type Result } from '@silian/kernel/result/result.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { declaredProcesses } from '@silian/server/compose.ts'
import { baseOf } from '../world/bases.ts'
import { addDays, isWorkingDay } from '../world/calendar.ts'
import { candidateOf } from '../world/candidates.ts'
import { type Step, type Story, stories } from '../world/cases/index.ts'
import { organisationOf } from '../world/organisations.ts'
import { type Account, demoAccounts, whoIs, whoIsFor } from '../world/people.ts'
import { productOf } from '../world/products.ts'
import { answersTo } from './answers.ts'
import { at, minutes } from './clock.ts'
import { correctedForm, formOf } from './forms.ts'
import { acting, principalOf } from './people.ts'
import type { PlacedLink } from './production.ts'
import { inParallel, type Stage } from './stage.ts'

/** Something that happens to a case on a day. */
interface Event {
  readonly story: Story
  readonly day: string
  readonly do: () => Promise<void>
}

/**
 * Plays the cases day by day, with the clock of the processes every evening, so that what is late was told of. A product
 * whose co-operative owes no household anything cannot be recognised and is left out.
 */
export async function playCases(stage: Stage, links: readonly PlacedLink[], now: Date): Promise<void> {
  const sellers = new Set(links.map(({ seller }) => seller))
  const told = stories.filter(
    ({ process, of }) => process !== 'recognition' || sellers.has(candidateOf(of).coop),
  )
  const events = told.flatMap((story, n) => eventsOf(stage, story, n, now))
  const today = dateOf(now)
  const byDay = Map.groupBy(events, ({ day }) => day)
  const first = [...byDay.keys()].sort()[0] ?? today
  for (let day = first, done = 0; day <= today; day = addDays(day, 1)) {
    const byStory = [...Map.groupBy(byDay.get(day) ?? [], ({ story }) => story).values()]
    await inParallel(byStory, 4, async own => {
      for (const event of own) await event.do()
      done += own.length
    })
    stage.tell('cases', done, events.length)
    await tick(stage, day === today ? now : at(day, '18:30'))
  }
}

async function tick(stage: Stage, when: Date): Promise<void> {
  const { kit, programme } = stage
  // a panel is drawn once the log has a head over the move
  await stage.sequence(when)
  const scope = { programme, actor: 'system', at: when }
  const { refused } = await fireDue(kit.app, { ...kit, processes: declaredProcesses }, scope)
  if (refused.length > 0) throw new Error(`the clock was refused: ${JSON.stringify(refused)}`)
}

function eventsOf(stage: Stage, story: Story, n: number, now: Date): Event[] {
  const of = { stage, story, n, today: dateOf(now) }
  const opening = { ago: story.ago, do: (when: Date) => open(of, when) }
  const steps = story.steps.map((step, i) => ({ ago: step.ago, do: (when: Date) => take(of, step, i, when) }))
  return [opening, ...steps].map(({ ago, do: work }, i) => {
    const day = workingDayBefore(addDays(of.today, -ago))
    const when = minutes(at(day, '09:10'), n * 7 + i * 3)
    return { story, day, do: () => work(when) }
  })
}

const workingDayBefore = (day: string): string =>
  isWorkingDay(day) ? day : workingDayBefore(addDays(day, -1))

interface Told {
  readonly stage: Stage
  readonly story: Story
  readonly n: number
  readonly today: string
}

const caseId = ({ stage, story }: Told): string => stage.id('case', story.process, story.of)

interface About {
  readonly id: string | undefined
  readonly organisation: string
  readonly area: string
}

/** Who applies, where, and for which row. */
function aboutOf({ stage, story: { process, of } }: Told): About {
  if (process === 'supplier_entry')
    return { id: undefined, organisation: of, area: organisationOf(of).areaCode }
  if (process === 'base_recognition')
    return { id: stage.id('base', of), organisation: baseOf(of).operator, area: baseOf(of).county }
  const { coop, county } = process === 'recognition' ? candidateOf(of) : productOf(of)
  return { id: stage.id('product', of), organisation: coop, area: county }
}

async function open(told: Told, when: Date): Promise<void> {
  const { stage, story, n, today } = told
  const about = aboutOf(told)
  const account = whoIs('coop_clerk', about.organisation)
  const { who, reach } = acting(stage, account, `${story.process}.open`)
  const form = formOf(stage, story, n, today)
  const given = { id: caseId(told), ...(about.id ? { about: about.id } : {}), form }
  await give(stage, account, who, when, `case ${caseId(told)}`, (tx, actor) =>
    openCase(tx, { ...stage.kit, processes: declaredProcesses }, actor, reach, story.process, given),
  )
}

const give = (
  stage: Stage,
  account: Account,
  who: string,
  when: Date,
  key: string,
  work: (tx: Writer, actor: Actor) => Promise<Result<unknown>>,
): Promise<unknown> =>
  stage.command({ who, at: when, key }, async tx => {
    must(await work(tx, await actorOf(tx, principalOf(stage, account))))
    return ok(null)
  })

async function take(told: Told, step: Step, i: number, when: Date): Promise<void> {
  const key = `case ${caseId(told)} ${i + 1}`
  if ('object' in step) return objectTo(told, step.object, key, when)
  for (const [seat, account] of deciders(told, step.state).entries()) {
    const { who } = acting(told.stage, account, 'inbox.read')
    // all of a panel at one time: whom the lot fell on must not tell in a load that is begun anew
    await give(told.stage, account, who, when, key, (tx, actor) => decide(tx, told, actor, step, seat))
  }
}

async function objectTo(told: Told, text: string, key: string, when: Date): Promise<void> {
  const citizen = demoAccounts.find(({ role }) => role === 'citizen')!
  const { who } = acting(told.stage, citizen, 'case.object')
  await give(told.stage, citizen, who, when, key, (tx, actor) =>
    object(tx, { ...told.stage.kit, processes: declaredProcesses }, actor, caseId(told), { text, files: [] }),
  )
}

/** A panel's members were drawn: each of the pool is asked, and whoever has no seat does nothing. */
function deciders(told: Told, name: string): Account[] {
  const { area, organisation } = aboutOf(told)
  const state = declaredProcesses.of(told.story.process).states[name]!
  if (state.kind === 'panel') return demoAccounts.filter(({ role }) => role === state.from) as Account[]
  if (state.kind === 'returned') return [whoIs('coop_clerk', organisation)]
  if (state.kind === 'task') return [whoIsFor(state.by.role as Account['role'], area)]
  const [action] = state.kind === 'standing' ? Object.values(state.on) : []
  if (!action) throw new RangeError(`nobody decides in ${name}`)
  return [whoIsFor(action.by.role as Account['role'], area)]
}

async function decide(
  tx: Writer,
  told: Told,
  actor: Actor,
  step: Extract<Step, { state: string }>,
  seat: number,
): Promise<Result<unknown>> {
  const process = declaredProcesses.of(told.story.process)
  const tasks = await tasksWhere(tx, 't.case_id = $2 and t.state = $3', [caseId(told), step.state])
  const done = tasks.filter(({ kind, closed_at }) => kind === 'seat' && closed_at !== null).length
  const mine = (task: TaskRow) =>
    task.closed_at === null &&
    decidesAs(actor, task) &&
    Object.hasOwn(askOf(process, task).ways, step.outcome)
  const task = tasks.find(mine)
  const isPanel = process.states[step.state]!.kind === 'panel'
  if (isPanel && (!task || done >= (step.seats ?? tasks.length))) return ok(null)
  if (!task)
    throw new RangeError(`${told.story.process} of ${told.story.of}: nothing to decide in ${step.state}`)
  const day = dateOf(tx.at)
  const points = (step.points ?? 0.9) + (isPanel ? (seat - 2) * 0.02 : 0)
  const form: Values =
    task.kind === 'returned'
      ? correctedForm(told.stage, told.story, told.n, told.today)
      : answersTo(askOf(process, task), { outcome: step.outcome, day, points })
  const decision = { outcome: step.outcome, ...(step.note ? { note: step.note } : {}), form, files: [] }
  return decideTask(tx, { ...told.stage.kit, processes: declaredProcesses }, actor, task.id, decision)
}
