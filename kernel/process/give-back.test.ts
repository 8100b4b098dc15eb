import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { closeMember, endRole, grantRole } from '../access/members.ts'
import { must } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { startOf } from '../time/shanghai.ts'
import { delegate } from './delegate.ts'
import { drawFrom, seedOf } from './draw.ts'
import { giveBack } from './give-back.ts'
import { inbox } from './inbox.ts'
import type { DrawRow } from './tables.ts'
import { type Drive, driveOf } from './test-drive.ts'
import { orchard } from './test-process.ts'
import { type ProcessStage, processStage } from './test-stage.ts'
import { fireDue } from './timers.ts'

let db: TestDatabase
let stage: ProcessStage
let drive: Drive
beforeAll(async () => {
  db = await testDatabase()
  stage = await processStage(db, [orchard])
  drive = driveOf(stage)
})
afterAll(() => db?.close())
beforeEach(() => stage.on('2026-03-02'))

const member = (name: string) => stage.id(`member ${name}`)
const waiting = async (name: string) => {
  const actor = await stage.actor(name)
  const page = await db.app.read(stage.scope(), tx => inbox(tx, stage.kit, actor, { limit: 200 }))
  return page.items.map(({ id }) => id)
}
const goBack = () => giveBack(db.app, stage.kit, stage.scope())
/** Ends what somebody holds; answers what gives it back to them. */
async function lose(name: string): Promise<() => Promise<unknown>> {
  const [held] = await stage.rows<{ id: string }>(
    'select id from membership where member_id = $1 and valid_to is null',
    [member(name)],
  )
  must(await db.app.write(stage.scope(), tx => endRole(tx, held!.id)))
  return () => stage.rows('update membership set valid_to = null where id = $1', [held!.id])
}
const draws = (id: string) =>
  stage.rows<DrawRow>('select * from process_draw where case_id = $1 order by no', [id])
const nameOf = (id: string) => [1, 2, 3, 4, 5, 6].map(n => `expert${n}`).find(name => member(name) === id)!

describe('a task that was given to somebody who loses the role', () => {
  it('is theirs no more at once, and goes back to its desk, once', async () => {
    const id = await drive.opened()
    await drive.step('township', id, 'pass', { form: { trees: 2 } })
    const [soil] = await drive.tasks(id)
    must(
      await stage.as('officer', (tx, actor) =>
        delegate(tx, actor, soil!.id, { member: member('officer-b'), note: '外出' }, 'request-1'),
      ),
    )
    expect([await waiting('officer'), await waiting('officer-b')]).toEqual([[], [soil!.id]])
    expect(await goBack()).toBe(0)
    const regain = await lose('officer-b')
    expect(await waiting('officer-b')).toEqual([])
    expect(await drive.decide('officer-b', soil!.id, 'pass', { form: { depth: 1 } })).toMatchObject({
      code: 'task.not_found',
    })
    const rounds = await Promise.all([goBack(), goBack()])
    expect(rounds.reduce((a, b) => a + b)).toBe(1)
    expect(await waiting('officer')).toEqual([soil!.id])
    must(await drive.decide('officer', soil!.id, 'pass', { form: { depth: 1 } }))
    expect(await waiting('officer')).toEqual([])
    await regain()
  })
})

describe('an expert’s seat', () => {
  it('is drawn again from those left, with a head over the fact that it fell vacant', async () => {
    const id = await drive.toExperts()
    const [first] = await drive.tasks(id)
    const gone = nameOf(first!.member_id!)
    const regain = await lose(gone)
    const form = { soil: 1, water: 1, records: 1 }
    expect(await drive.decide(gone, first!.id, 'submit', { form })).toMatchObject({ code: 'task.not_found' })
    expect(await goBack()).toBe(1)
    // nobody's until the log has signed a head over it
    await fireDue(db.app, stage.kit, stage.scope(), true)
    expect((await draws(id)).length).toBe(1)
    expect((await drive.detail('force', id))!.drawing).toBe(true)
    const seats = await drive.tasks(id)
    const [, again] = await draws(id)
    const [before] = await draws(id)
    expect(again!.pool.some(one => before!.drawn.includes(one))).toBe(false)
    expect(again!.drawn.length).toBe(1)
    expect(seats.find(seat => seat.id === first!.id)!.member_id).toBe(again!.drawn[0])
    const [head] = await stage.rows<{ checkpoint: string }>(
      'select checkpoint from log_head where size = $1',
      [again!.log_size],
    )
    const { opened_leaf } = await drive.row(id)
    const seed = seedOf(opened_leaf, head!.checkpoint, id, again!.move_no, 1)
    expect([again!.seed, again!.drawn]).toEqual([seed, drawFrom(seed, again!.pool, 1)])
    expect(await waiting(nameOf(again!.drawn[0]!))).toContain(first!.id)
    await drive.judge(id, 40)
    expect((await drive.row(id)).state).toBe('shown')
    await regain()
  })

  it('waits where nobody is left, the desk before is told once, and is drawn as soon as there is somebody', async () => {
    const id = await drive.toExperts()
    const seats = await drive.tasks(id)
    const seated = seats.map(({ member_id }) => nameOf(member_id!))
    const spare = [1, 2, 3, 4, 5, 6].map(n => `expert${n}`).find(name => !seated.includes(name))!
    const regainSpare = await lose(spare)
    must(await db.app.write(stage.scope(), tx => closeMember(tx, member(seated[0]!))))
    expect(await goBack()).toBe(1)
    for (let twice = 0; twice < 2; twice++) await drive.drawn(id)
    expect((await draws(id)).length).toBe(1)
    const told = await stage.rows<{ member_id: string; params: object }>(
      `select member_id, params from notification where kind = 'panel.short' and case_id = $1`,
      [id],
    )
    // the regulator passed it on last
    expect(told).toEqual([
      { member_id: member('regulator'), params: { state: 'experts', needed: '1', found: '0' } },
    ])
    await regainSpare()
    await drive.drawn(id)
    expect((await drive.tasks(id)).map(({ member_id }) => member_id)).toContain(member(spare))
    await stage.rows('update member set closed_at = null where id = $1', [member(seated[0]!)])
    must(
      await db.app.write(stage.scope(), tx =>
        grantRole(tx, {
          ...{ memberId: member(seated[0]!), role: 'expert', organisationId: stage.id('lab') },
          validFrom: startOf('2026-03-02'),
        }),
      ),
    )
  })
})

describe('a panel', () => {
  it('is not drawn before the log has a head over the move into it', async () => {
    const id = await drive.opened()
    await drive.step('township', id, 'pass', { form: { trees: 2 } })
    const [soil, market] = await drive.tasks(id)
    must(await drive.decide('officer', soil!.id, 'pass', { form: { depth: 1 } }))
    await stage.log.drain()
    must(await drive.decide('regulator', market!.id, 'pass'))
    expect(await fireDue(db.app, stage.kit, stage.scope(), true)).toEqual({ fired: 0, refused: [] })
    expect([(await draws(id)).length, (await drive.detail('force', id))!.drawing]).toEqual([0, true])
    await stage.log.drain()
    expect(await fireDue(db.app, stage.kit, stage.scope(), true)).toEqual({ fired: 1, refused: [] })
    expect([(await draws(id)).length, (await drive.detail('force', id))!.drawing]).toEqual([1, false])
    expect((await drive.row(id)).due_on).toBe('2026-03-16')
  })
})
