import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { addDays } from '../time/shanghai.ts'
import { nextOf } from './define.ts'
import { desksOf } from './desk.ts'
import { object } from './objection.ts'
import type { CaseRow, MoveRow, TaskRow } from './tables.ts'
import { type Drive, driveOf } from './test-drive.ts'
import { orchard } from './test-process.ts'
import { folk, type ProcessStage, processStage } from './test-stage.ts'
import { askOf } from './ways.ts'
import { withdraw } from './withdraw.ts'

let db: TestDatabase
let stage: ProcessStage
let drive: Drive
beforeAll(async () => {
  db = await testDatabase()
  stage = await processStage(db, [orchard])
  drive = driveOf(stage)
})
afterAll(() => db?.close())

/** Something happens: a person tries an outcome on an open task, days pass, somebody objects or takes back. */
const happening = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      what: fc.constant('decide' as const),
      task: fc.nat(9),
      way: fc.nat(9),
      points: fc.nat(40),
      trees: fc.integer({ min: 1, max: 14 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant('days' as const), days: fc.integer({ min: 1, max: 60 }) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('object' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('years' as const), days: fc.integer({ min: 300, max: 1200 }) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('meddle' as const), who: fc.nat(folk.length - 1) }) },
)
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

let today = '2026-01-05'

/** Who could decide a task, by name. */
function decider(task: TaskRow): string {
  const desks = desksOf(task)
  const found = folk.find(([name, role, organisation]) =>
    task.member_id
      ? stage.id(`member ${name}`) === task.member_id
      : role === task.role &&
        (task.organisation_id === null || stage.id(organisation) === task.organisation_id) &&
        !['officer2', 'clerk2'].includes(name),
  )
  if (!found) throw new Error(`nobody sits at ${desks}`)
  return found[0]
}

async function happen(id: string, what: Happening): Promise<void> {
  if (what.what === 'days' || what.what === 'years') {
    today = addDays(today, what.days)
    stage.on(today)
    await stage.tick()
    return
  }
  if (what.what === 'object') {
    await stage.as('clerk2', (tx, actor) => object(tx, stage.kit, actor, id, { text: '异议', files: [] }))
    return
  }
  const open = await drive.tasks(id)
  if (what.what === 'meddle') {
    const [task] = open
    if (task) await drive.decide(folk[what.who]![0], task.id, 'pass', { form: { trees: 13 } })
    return
  }
  if (open.length === 0) return
  const task = open[what.task % open.length]!
  const ask = askOf(orchard.at(2), task)
  const ways = Object.keys(ask.ways)
  const row = await drive.row(id)
  const forms: Record<string, object> = {
    returned: { ...row.form, contact: '示例甲' },
    seat: { soil: what.points, water: Math.min(20, what.points), records: what.points },
    part: task.name === 'soil' ? { depth: 1 } : {},
    task: task.state === 'monitored' ? { points: what.points * 2 } : { trees: what.trees },
  }
  await drive.decide(decider(task), task.id, ways[what.way % ways.length]!, {
    note: 'a reason',
    form: (forms[task.kind] ?? {}) as never,
  })
}

/** What holds of a case after whatever happened to it. */
async function assertWhole(id: string): Promise<void> {
  await drive.drawn(id)
  const row = await drive.row(id)
  const moves = await stage.rows<MoveRow>('select * from process_move where case_id = $1 order by no', [id])
  const tasks = await stage.rows<TaskRow>('select * from process_task where case_id = $1', [id])
  const states = orchard.at(2).states
  // the trail is complete, each step one that was declared, and ends where the case is
  expect(moves.map(({ no }) => no)).toEqual(moves.map((_, i) => i))
  moves.forEach(({ from_state, to_state }, i) => {
    expect(from_state).toBe(i === 0 ? null : moves[i - 1]!.to_state)
    if (from_state) expect([...nextOf(states[from_state]!), 'retracted']).toContain(to_state)
  })
  expect([moves.at(-1)!.to_state, moves.at(-1)!.no]).toEqual([row.state, row.move_no])
  // every move has a fact that says it
  const facts = await stage.rows<{ id: string }>('select id from fact where subject = $1', [id])
  for (const { fact_id } of moves) expect(facts.map(fact => fact.id)).toContain(fact_id)
  // only what belongs to the present state is open, and it lies on its desks
  const open = tasks.filter(({ closed_at }) => closed_at === null)
  for (const task of open) expect([task.state, task.move_no]).toEqual([row.state, row.move_no])
  const desks = await stage.rows<{ task_id: string; desk: string }>(
    'select task_id, desk from process_desk where task_id = any($1) order by desk',
    [tasks.map(task => task.id)],
  )
  const expected = open
    .filter(({ kind }) => kind !== 'standing')
    .flatMap(task => desksOf(task).map(desk => `${task.id} ${desk}`))
  expect(desks.map(({ task_id, desk }) => `${task_id} ${desk}`).sort()).toEqual(expected.sort())
  assertAlive(row, open)
}

/** A case is over, stands, hangs out, or waits for somebody: it is never lost. */
function assertAlive(row: CaseRow, open: readonly TaskRow[]): void {
  const { kind } = orchard.at(2).states[row.state]!
  expect(row.ended_at !== null).toBe(kind === 'end')
  if (kind === 'publicity') expect(row.due_on).not.toBeNull()
  else expect(open.length > 0).toBe(kind !== 'end')
}

describe('whatever happens', () => {
  it('a case never leaves what was declared, and its trail is whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 5, maxLength: 40 }),
        fc.boolean(),
        async (what, back) => {
          today = '2026-01-05'
          stage.on(today)
          const id = await drive.opened()
          for (const one of what) await happen(id, one)
          if (back) await stage.as('clerk', (tx, actor) => withdraw(tx, stage.kit, actor, id))
          await assertWhole(id)
        },
      ),
      { numRuns: 60 },
    )
  })
})
