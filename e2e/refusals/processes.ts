import { base } from '@silian/chains/production/bases/base.register.ts'
import { orderNumber } from '@silian/chains/supply/orders/rules.ts'
import type { HeldRole } from '@silian/kernel/access/principal.ts'
import { type Role, roles } from '@silian/kernel/access/roles.ts'
import type { Values } from '@silian/kernel/declared/columns.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { addTarget } from '@silian/kernel/notify/targets.ts'
import { currentTasks } from '@silian/kernel/process/case.ts'
import { decideTask } from '@silian/kernel/process/decide.ts'
import { type Process, partiesOf } from '@silian/kernel/process/define.ts'
import { rolesNow } from '@silian/kernel/process/delegate.ts'
import type { Actor } from '@silian/kernel/process/desk.ts'
import { readersOf, revealersOf } from '@silian/kernel/process/grants.ts'
import { openCase } from '@silian/kernel/process/open.ts'
import type { CaseKit } from '@silian/kernel/process/registry.ts'
import { fireDue } from '@silian/kernel/process/timers.ts'
import { saveRows } from '@silian/kernel/register/save.ts'
import { ok } from '@silian/kernel/result/result.ts'
import type { Whole } from '@silian/server/compose.ts'
import { declaredProcesses } from '@silian/server/compose.ts'
import { formOf } from '../form-samples.ts'
import { worldTime } from '../small-world.ts'
import type { Asker } from './asker.ts'
import type { Expectation } from './expectations.ts'
import type { Prepare, Shot } from './requests.ts'
import { everything, orderAt, type Side } from './side.ts'
import type { Standing } from './stage.ts'

const { all: processes } = declaredProcesses

/** Of processes, what stands ready on a side. */
export interface StandingCases {
  /** Process → a case in its first state. */
  readonly opened: Readonly<Record<string, string>>
  /** The township's task of a recognition. */
  readonly task: string
  /** A case that hangs out. */
  readonly shown: string
  /** A target of its co-op's clerk. */
  readonly target: string
  /** Who could stand in for its township officer. */
  readonly colleague: string
  /** Days on which its township officer will be away. */
  readonly absence: string
}

const kitOf = (kit: Whole): CaseKit => ({ ...kit, processes: declaredProcesses })
const n = (side: Side): string => (side.coop === side.world.id('coop') ? '' : '2')
const memberOf = (side: Side, name: string): string => side.world.id(`member ${name}${n(side)}`)

async function actorOf(kit: Whole, side: Side, name: string): Promise<Actor> {
  const memberId = memberOf(side, name)
  const scope = { programme: side.world.programme, actor: 'system' }
  const held = await kit.app.read(scope, tx => rolesNow(tx, memberId))
  return acting(side.world.id(`account ${name}${n(side)}`), memberId, held)
}

const acting = (account: string, memberId: string | null, held: readonly HeldRole[]): Actor => ({
  ...{ account, memberId, roles: held, standsFor: [] },
  holder: held[0]?.organisationId ?? 'operator',
})

/** What a process is about on a side, where it is about a row. */
function aboutOf(process: Process, side: Side): string | undefined {
  if (!process.about) return undefined
  if (process.about.register === 'household') return side.household
  return process.about.register === 'product' ? side.product : side.world.id(`base ${side.village}`)
}

const bodyOf = (process: Process, side: Side, order?: string): { about?: string; form: Values } => {
  const about = aboutOf(process, side)
  return {
    ...(about ? { about } : {}),
    form: formOf(process, { ...side, ...(order && { orderNumber: orderNumber(order, worldTime) }) }),
  }
}

const openerOf = ({ open: { permit } }: Process): string =>
  permit.coop_clerk ? 'coop' : permit.buyer ? 'buyer' : 'cadre'

/** A new case of the side. */
async function open(kit: Whole, side: Side, process: Process): Promise<string> {
  const actor = await actorOf(kit, side, openerOf(process))
  await release(side, process)
  if (process.about?.register === 'base') await fulfil(kit, side)
  const order = process.form.orderNumber ? await orderAt(kit, side, 'shipped') : undefined
  return (
    await side.world.write(
      tx =>
        openCase(
          tx,
          kitOf(kit),
          actor,
          everything(side.world.programme),
          process.name,
          bodyOf(process, side, order),
        ),
      actor.account,
    )
  ).id
}

/** There may be but one: those that are open make room, and stay what they are. */
const release = (side: Side, process: Process): Promise<unknown> =>
  side.world.write(async tx =>
    ok(
      await tx.query(
        'update process_case set once = null where programme_id = $1 and process = $2 and once = $3',
        [tx.programme, process.name, aboutOf(process, side) ?? side.coop],
      ),
    ),
  )

/** A base that lacks nothing. */
const fulfil = (kit: Whole, side: Side): Promise<unknown> =>
  side.world.write(async tx =>
    ok(
      await saveRows(tx, kit, base, everything(side.world.programme), [
        { id: side.world.id(`base ${side.village}`), values: wholeBase },
      ]),
    ),
  )

const wholeBase: Values = {
  ...{ type: 'aquatic', livestock: null, cityShare: 6000, licence: 'L-1', agreement: true, records: true },
  ...{ operatedSince: '2015-01-01', producingSince: '2016-01-01', landUntil: '2040-01-01' },
  ...{ soilTestedOn: '2025-01-01', waterTestedOn: '2025-01-01', exitPermission: 'own_lab' },
}

const recognition = declaredProcesses.of('recognition')

async function taskOf(kit: Whole, side: Side, caseId: string): Promise<string> {
  const scope = { programme: side.world.programme, actor: 'system' }
  const tasks = await kit.app.read(scope, async tx => {
    const [row] = await tx.query<{ move_no: number }>(
      'select move_no from process_case where programme_id = $1 and id = $2',
      [tx.programme, caseId],
    )
    return currentTasks(tx, { id: caseId, move_no: row!.move_no } as never)
  })
  return tasks.find(({ closed_at }) => closed_at === null)!.id
}

const freshTask = async (kit: Whole, side: Side): Promise<string> =>
  taskOf(kit, side, await open(kit, side, recognition))

/** A recognition that hangs out: its three checks passed. */
async function shown(kit: Whole, side: Side): Promise<string> {
  const id = await open(kit, side, recognition)
  const desks: readonly (readonly [string, Role, string, Values])[] = [
    ['township', 'township_officer', side.village.slice(0, 9), { producedHere: true, householdsChecked: 1 }],
    ['agriculture', 'agriculture_officer', side.county, { quality: true, priceFair: true }],
    ['county', 'county_officer', side.county, {}],
  ]
  for (const [name, role, code, form] of desks) {
    const task = await taskOf(kit, side, id)
    const scope = { programme: side.world.programme, actor: 'system' }
    const path = await kit.app.read(scope, async tx => {
      const [area] = await tx.query<{ path: string }>('select path from area where code = $1', [code])
      return area!.path
    })
    const actor = acting(`desk ${name}`, null, [{ role, organisationId: null, areaPath: path }])
    const outcome = name === 'county' ? 'approve' : 'pass'
    await side.world.write(tx => decideTask(tx, kitOf(kit), actor, task, { outcome, form, files: [] }))
  }
  return id
}

let day = 0
const nextDay = (): string => new Date(Date.UTC(2030, 0, 1 + day++)).toISOString().slice(0, 10)

/** Of its township officer, who ends it; a side without one has somebody else's. */
async function absence(side: Side): Promise<string> {
  const [id, day] = [newId(), nextDay()]
  const absent = side.world.id(n(side) === '' ? 'member township' : 'member coop2')
  await side.world.write(async tx => {
    await tx.query(
      `insert into process_absence (programme_id, id, member_id, deputy_id, from_on, to_on, recorded_at, recorded_by)
       values ($1, $2, $3, $4, $5, $5, $6, 'system')`,
      [tx.programme, id, absent, side.world.id('member township-b'), day, tx.at],
    )
    return ok(null)
  })
  return id
}

const target = async (kit: Whole, side: Side): Promise<string> =>
  (
    await side.world.write(async tx => {
      // there is room for five
      await tx.query(
        `update notification_target set ended_at = $3 where programme_id = $1 and id in (
           select id from notification_target where programme_id = $1 and member_id = $2 and ended_at is null
            order by created_at desc, id desc offset 3)`,
        [tx.programme, memberOf(side, 'coop'), tx.at],
      )
      const address = { channel: 'email' as const, address: 'nobody@example.com', language: 'zh' as const }
      return addTarget(tx, kit.vault, memberOf(side, 'coop'), address, '')
    })
  ).id

export async function standingCases(kit: Whole, side: Side): Promise<StandingCases> {
  const hanging = await shown(kit, side)
  const opened: Record<string, string> = {}
  for (const process of processes) opened[process.name] = await open(kit, side, process)
  // panels are drawn once the log has a head over their moves
  await side.world.drain()
  await fireDue(kit.app, kitOf(kit), { programme: side.world.programme, actor: 'system' }, true)
  return {
    opened,
    task: await taskOf(kit, side, opened.recognition!),
    shown: hanging,
    target: await target(kit, side),
    colleague: side.world.id(n(side) === '' ? 'member township-b' : 'member coop2'),
    absence: await absence(side),
  }
}

const O = 'organisation'
const N = 'nothing'

/** Those who find nothing of either side, though they may ask. */
const others = (...own: readonly Role[]): Role[] => roles.filter(role => !own.includes(role))

/** Readers by how far: programme-wide, or within their own. Experts sit on every panel of the stage. */
function readers(process: Process): Pick<Expectation, 'own' | 'all' | 'none'> {
  const entries = Object.entries(readersOf(process)) as [Role, readonly string[]][]
  const sits = (role: Role) => {
    const first = process.states[process.start]!
    return first.kind === 'panel' && first.from === role
  }
  const all = entries
    .filter(([role, reach]) => reach.includes('programme') || sits(role))
    .map(([role]) => role)
  // whoever opens cases of their own reads theirs; the first of the role stands on the first side
  const isOwn = ([role, reach]: (typeof entries)[number]) =>
    reach.includes('area') || reach.includes('organisation') || role in process.open.permit
  const own = entries.filter(isOwn)
  const rest = entries.filter(entry => !all.includes(entry[0]) && !isOwn(entry))
  return {
    all,
    own: own.map(([role]) => role).filter(role => !all.includes(role)),
    none: [...rest.map(([role]) => role), ...others(...entries.map(([role]) => role))],
  }
}

/** Those who have the case in its first state, and who applied; the others on its way are told nothing yet. */
function revealers(process: Process): Pick<Expectation, 'own' | 'all' | 'none'> {
  const first = process.states[process.start]!
  // nothing is late here: it is on no desk that it would go to then
  const late = new Set('late' in first && typeof first.late === 'object' ? Object.values(first.late) : [])
  const now =
    first.kind === 'panel' ? [first.from] : partiesOf(first).flatMap(it => (late.has(it) ? [] : it.role))
  const { all = [] } = readers(process)
  const has = (role: Role) => now.includes(role) || role in process.open.permit
  const may = Object.keys(revealersOf(process)) as Role[]
  return {
    all: may.filter(role => has(role) && all.includes(role)),
    own: may.filter(role => has(role) && !all.includes(role)),
    none: [...may.filter(role => !has(role)), ...others(...may)],
  }
}

/** Of what another has, nothing is told, also where one opens a case in one's own name. */
function notTheirs(
  process: Process,
): '404 subject.not_found' | '404 order.not_found' | '404 organisation.not_found' {
  if (process.about) return '404 subject.not_found'
  return process.form.orderNumber ? '404 order.not_found' : '404 organisation.not_found'
}

/** What each declared process' routes, and the desks', are expected to tell: derived, so that a new one has its lines. */
export const processExpectations: readonly Expectation[] = [
  { route: 'GET /processes', action: 'process.list', open: 'everyone but client', about: N },
  { route: 'GET /publicity', action: 'publicity.read', open: 'everyone but client', about: O },
  ...processes.flatMap(process => [
    {
      route: `GET /processes/${process.name}/cases`,
      action: `${process.name}.read`,
      ...readers(process),
      about: O,
    } as const,
    {
      route: `GET /processes/${process.name}/cases/{case}`,
      action: `${process.name}.read`,
      ...readers(process),
      another: '404 case.not_found',
      about: O,
    } as const,
    {
      route: `POST /processes/${process.name}/cases/{case}/reveal`,
      action: `${process.name}.reveal`,
      ...revealers(process),
      another: '404 case.not_found',
      about: O,
    } as const,
    {
      route: `POST /processes/${process.name}/cases`,
      action: `${process.name}.open`,
      own: Object.keys(process.open.permit) as Role[],
      another: notTheirs(process),
      // its seller is a form's word: in another programme there is none of that name
      ...(process.form.orderNumber ? { alien: '409 form.invalid' as const } : {}),
      about: O,
    } as const,
  ]),
  {
    route: 'GET /inbox',
    action: 'inbox.read',
    own: ['township_officer'],
    none: others('township_officer'),
    about: O,
  },
  { route: 'GET /inbox/counts', action: 'inbox.read', all: roles, about: N },
  {
    route: 'POST /tasks/{task}/decision',
    action: 'task.decide',
    own: ['township_officer'],
    none: others('township_officer'),
    another: '404 task.not_found',
    about: O,
  },
  { route: 'POST /tasks/decisions', action: 'task.decide', own: roles, about: N },
  {
    route: 'POST /tasks/{task}/delegation',
    action: 'task.delegate',
    own: ['township_officer'],
    none: others('township_officer'),
    another: '404 task.not_found',
    about: O,
  },
  {
    route: 'POST /cases/{case}/objection',
    action: 'case.object',
    all: roles,
    alien: '404 case.not_found',
    about: O,
  },
  {
    route: 'POST /cases/{case}/withdrawal',
    action: 'case.withdraw',
    own: ['coop_clerk'],
    none: others('coop_clerk'),
    another: '404 case.not_found',
    about: O,
  },
  { route: 'GET /absences', action: 'absence.record', own: roles, about: N },
  { route: 'GET /colleagues', action: 'absence.record', own: roles, about: N },
  {
    route: 'POST /absences',
    action: 'absence.record',
    own: ['township_officer'],
    none: others('township_officer'),
    another: '404 member.not_found',
    about: O,
  },
  {
    route: 'POST /absences/{absence}/end',
    action: 'absence.record',
    own: ['township_officer'],
    none: others('township_officer'),
    another: '404 absence.not_found',
    about: O,
  },
  { route: 'GET /notifications', action: 'notification.read', all: roles, about: N },
  { route: 'POST /notifications/read', action: 'notification.read', all: roles, about: N },
  { route: 'GET /notification-targets', action: 'notification.read', all: roles, about: N },
  { route: 'POST /notification-targets', action: 'notification.read', all: roles, about: N },
  {
    route: 'POST /notification-targets/{target}/end',
    action: 'notification.read',
    own: ['coop_clerk'],
    none: others('coop_clerk'),
    another: '404 target.not_found',
    about: O,
  },
]

const plain =
  (path: string): Prepare =>
  () => ({ path })

/** How each is asked. */
export const processRequests: Readonly<Record<string, Prepare>> = {
  'GET /processes': plain('/processes'),
  'GET /publicity': of => ({ path: '/publicity?limit=200', shows: of.cases.shown }),
  ...Object.fromEntries(
    processes.flatMap(process => [
      [
        `GET /processes/${process.name}/cases`,
        (of: Standing): Shot => ({
          path: `/processes/${process.name}/cases?limit=200`,
          shows: of.cases.opened[process.name]!,
        }),
      ],
      [
        `GET /processes/${process.name}/cases/{case}`,
        (of: Standing): Shot => ({
          path: `/processes/${process.name}/cases/${of.cases.opened[process.name]}`,
          shows: of.cases.opened[process.name]!,
        }),
      ],
      [
        `POST /processes/${process.name}/cases/{case}/reveal`,
        (of: Standing): Shot => ({
          path: `/processes/${process.name}/cases/${of.cases.opened[process.name]}/reveal`,
          body: { purpose: 'a stated purpose' },
        }),
      ],
      [
        `POST /processes/${process.name}/cases`,
        async (of: Standing, fresh: Whole | undefined): Promise<Shot> => {
          if (fresh) await release(of, process)
          return {
            path: `/processes/${process.name}/cases`,
            body: { id: newId(), ...bodyOf(process, of, of.orders.shipped) },
          }
        },
      ],
    ]),
  ),
  'GET /inbox': of => ({ path: '/inbox?limit=200', shows: of.cases.task }),
  'GET /inbox/counts': plain('/inbox/counts'),
  'POST /tasks/{task}/decision': async (of, fresh) => ({
    path: `/tasks/${fresh ? await freshTask(fresh, of) : of.cases.task}/decision`,
    body: { outcome: 'refuse', note: 'no reason', form: {}, files: [] },
  }),
  'POST /tasks/decisions': () => ({
    path: '/tasks/decisions',
    body: { tasks: [newId()], outcome: 'pass', note: 'no reason' },
  }),
  'POST /tasks/{task}/delegation': async (of, fresh) => ({
    path: `/tasks/${fresh ? await freshTask(fresh, of) : of.cases.task}/delegation`,
    body: { member: of.cases.colleague, note: 'away' },
  }),
  'POST /cases/{case}/objection': async (of, fresh) => ({
    path: `/cases/${fresh ? await shown(fresh, of) : of.cases.shown}/objection`,
    body: { text: 'an objection', files: [] },
    // everybody has one of their own
    again: true,
  }),
  'POST /cases/{case}/withdrawal': async (of, fresh) => ({
    path: `/cases/${fresh ? await open(fresh, of, declaredProcesses.of('supplier_entry')) : of.cases.opened.supplier_entry}/withdrawal`,
    body: {},
  }),
  'GET /absences': plain('/absences'),
  'GET /colleagues': plain('/colleagues'),
  'POST /absences': of => {
    const from = nextDay()
    return { path: '/absences', body: { from, to: from, deputy: of.cases.colleague } }
  },
  'POST /absences/{absence}/end': async (of, fresh) => ({
    path: `/absences/${fresh ? await absence(of) : of.cases.absence}/end`,
    body: {},
  }),
  'GET /notifications': plain('/notifications'),
  'POST /notifications/read': () => ({ path: '/notifications/read', body: { upTo: newId() } }),
  'GET /notification-targets': plain('/notification-targets'),
  'POST /notification-targets': () => ({
    path: '/notification-targets',
    body: { channel: 'email', address: `somebody${day++}@example.com`, language: 'en' },
  }),
  'POST /notification-targets/{target}/end': async (of, fresh) => ({
    path: `/notification-targets/${fresh ? await target(fresh, of) : of.cases.target}/end`,
    body: {},
  }),
}

/** Without a key: what is shown is not kept. */
export const processKeyless: readonly string[] = processes.map(
  ({ name }) => `POST /processes/${name}/cases/{case}/reveal`,
)

/** Their parameters after the question mark. */
export const processQueries: readonly (readonly [string, Asker, readonly string[]])[] = [
  ...processes.map(
    ({ name }) =>
      [`/processes/${name}/cases`, 'auditor', ['after', 'limit', 'state', 'about', 'mine']] as const,
  ),
  ['/inbox', 'county_officer', ['after', 'limit', 'process', 'overdue']],
  ['/colleagues', 'county_officer', ['task']],
  ['/publicity', 'public', ['after', 'limit']],
  ['/notifications', 'county_officer', ['after', 'limit']],
]
