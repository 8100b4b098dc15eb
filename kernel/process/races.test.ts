import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { must, ok } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { decideTask } from './decide.ts'
import { desksOf } from './desk.ts'
import { followDesks } from './jobs.ts'
import { object } from './objection.ts'
import { type Drive, driveOf } from './test-drive.ts'
import { orchard } from './test-process.ts'
import { type ProcessStage, processStage } from './test-stage.ts'
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

const codes = (results: readonly { ok: boolean; code?: string }[]): string[] =>
  results.map(result => (result.ok ? 'ok' : result.code!)).sort()
const count = async (table: string, id: string): Promise<number> =>
  (await stage.rows<{ n: number }>(`select count(*) as n from ${table} where case_id = $1`, [id]))[0]!.n
const moves = (id: string) => count('process_move', id)

describe('two at once', () => {
  it('decide the same task: one wins, the other is told so', async () => {
    for (let round = 0; round < 5; round++) {
      stage.on('2026-03-02')
      const id = await drive.opened()
      await drive.step('township', id, 'pass', { form: { trees: 2 } })
      const [soil] = await drive.tasks(id)
      const decide = (who: string, outcome: string) =>
        drive.decide(who, soil!.id, outcome, { form: { depth: 1 } })
      const results = await Promise.all([
        decide('officer', 'pass'),
        decide('officer-b', 'fail'),
        decide('mayor', 'pass'),
      ])
      expect(codes(results)).toEqual(['ok', 'task.done', 'task.done'])
    }
  })

  it('pass the last two tasks: experts are drawn once', async () => {
    for (let round = 0; round < 5; round++) {
      stage.on('2026-03-02')
      const id = await drive.opened()
      await drive.step('township', id, 'pass', { form: { trees: 2 } })
      const [soil, market, office] = await drive.tasks(id)
      const results = await Promise.all([
        drive.decide('officer', soil!.id, 'pass', { form: { depth: 1 } }),
        drive.decide('regulator', market!.id, 'pass'),
        drive.decide('force', office!.id, 'pass'),
      ])
      expect(codes(results)).toEqual(['ok', 'ok', 'task.done'])
      await stage.log.drain()
      await Promise.all([stage.tick(), stage.tick(), stage.tick()])
      expect([await count('process_draw', id), (await drive.tasks(id)).length, await moves(id)]).toEqual([
        1, 5, 3,
      ])
    }
  })

  it('decide and let the deadline pass: one of them happens, and the trail tells which', async () => {
    for (let round = 0; round < 5; round++) {
      stage.on('2026-05-11')
      const id = await drive.opened()
      await drive.step('township', id, 'return', { note: '缺' })
      const [back] = await drive.tasks(id)
      const form = { ...(await drive.row(id)).form, contact: '示例甲' }
      stage.on('2026-05-26')
      const [decided] = await Promise.all([
        drive.decide('clerk', back!.id, 'resubmit', { form }),
        stage.tick(),
        stage.tick(),
      ])
      const { state } = await drive.row(id)
      expect(state).toBe(decided.ok ? 'township' : 'refused')
      expect(codes([decided])).toEqual([decided.ok ? 'ok' : 'task.done'])
      expect(await moves(id)).toBe(3)
    }
  })

  it('withdraw and decide: one of them happens', async () => {
    for (let round = 0; round < 5; round++) {
      stage.on('2026-03-02')
      const id = await drive.opened()
      const [task] = await drive.tasks(id)
      const [back, decided] = await Promise.all([
        stage.as('clerk', (tx, actor) => withdraw(tx, stage.kit, actor, id)),
        drive.decide('township', task!.id, 'refuse', { note: 'no' }),
      ])
      expect([back.ok, decided.ok].filter(Boolean).length).toBe(1)
      expect(await moves(id)).toBe(2)
    }
  })

  it('object and the publicity ends: an objection in time holds the case', async () => {
    for (let round = 0; round < 3; round++) {
      stage.on('2026-06-01')
      const id = await drive.toExperts()
      await drive.judge(id, 40)
      stage.on('2026-06-08')
      const objected = await Promise.all(
        ['clerk2', 'officer2'].map(who =>
          stage.as(who, (tx, actor) => object(tx, stage.kit, actor, id, { text: '异议', files: [] })),
        ),
      )
      expect(codes(objected)).toEqual(['ok', 'ok'])
      stage.on('2026-06-09')
      await Promise.all([stage.tick(), stage.tick(), stage.tick()])
      expect((await drive.row(id)).state).toBe('shown')
    }
  })

  it('open for the same organisation: one is taken', async () => {
    await stage.rows('update process_case set once = null')
    const results = await Promise.all([drive.open('clerk'), drive.open('clerk-b'), drive.open('clerk')])
    expect(codes(results)).toEqual(['case.open_already', 'case.open_already', 'ok'])
  })
})

describe('tasks that follow a replaced area', () => {
  it('wait for what is decided meanwhile, and come to no desk once done', async () => {
    stage.on('2026-03-02')
    const [first] = await drive.tasks(await drive.opened())
    const [second] = await drive.tasks(await drive.opened())
    // as after their areas' path changed: they lie where nobody looks
    await stage.rows(`update process_desk set desk = 'elsewhere@' || desk where task_id = any($1)`, [
      [first!.id, second!.id],
    ])
    let follow: Promise<unknown> = Promise.resolve()
    must(
      await stage.as('township', async (tx, actor) => {
        const form = { trees: 2 }
        const decided = await decideTask(tx, stage.kit, actor, first!.id, {
          outcome: 'pass',
          form,
          files: [],
        })
        follow = db.app.write(stage.scope(), async other => ok(await followDesks(other)))
        await untilWaiting()
        return decided
      }),
    )
    // others of the file lie well
    expect(await follow).toEqual({ ok: true, value: 1 })
    const desks = await stage.rows<{ task_id: string; desk: string }>(
      'select task_id, desk from process_desk where task_id = any($1) order by desk',
      [[first!.id, second!.id]],
    )
    expect(desks.map(({ task_id, desk }) => [task_id, desk])).toEqual(
      desksOf(second!).map(desk => [second!.id, desk]),
    )
  })

  /** Somebody waits for a lock. */
  async function untilWaiting(): Promise<void> {
    for (;;) {
      const [{ n } = { n: 0 }] = await stage.rows<{ n: number }>(
        'select count(*)::int as n from pg_locks l join pg_stat_activity a on a.pid = l.pid where a.datname = current_database() and not l.granted',
      )
      if (n > 0) return
    }
  }
})

describe('the clock', () => {
  it('may run any number of times at once and again: everything happens once', async () => {
    stage.on('2026-06-01')
    const id = await drive.toExperts()
    await drive.judge(id, 40)
    stage.on('2026-07-01')
    const rounds = await Promise.all([stage.tick(), stage.tick(), stage.tick(), stage.tick()])
    const fired = rounds.reduce((sum, round) => sum + round.fired, 0)
    expect([(await drive.row(id)).state, await moves(id)]).toEqual(['listed', 5])
    expect(await stage.tick()).toEqual({ fired: 0, refused: [] })
    const [done] = await stage.rows<{ n: number }>(
      `select count(*) as n from process_timer where done_at is not null and case_id = $1 and name = 'publicity'`,
      [id],
    )
    expect([done!.n, fired >= 1]).toEqual([1, true])
  })
})
