import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../ids/ids.ts'
import { must } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { digestOf, drawFrom, seedOf } from './draw.ts'
import { openForms } from './form.ts'
import { object } from './objection.ts'
import { listPublicity } from './publicity.ts'
import type { DrawRow } from './tables.ts'
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

const trailOf = async (id: string) =>
  (await drive.detail('force', id))!.trail.map(({ from, to, outcome }) => `${from} ${outcome} ${to}`)
const factsOf = (id: string) =>
  stage.rows<{ type: string; entry: Buffer }>(
    'select type, entry from fact where subject = $1 order by at, id',
    [id],
  )
const toldTo = async (name: string) =>
  (
    await stage.rows<{ kind: string }>('select kind from notification where member_id = $1 order by at, id', [
      stage.id(`member ${name}`),
    ])
  ).map(({ kind }) => kind)

describe('a case from its application to its end', () => {
  it('passes every desk, is drawn for, hangs out, stands three years and is over', async () => {
    stage.on('2026-01-05')
    const id = await drive.opened()
    expect(await drive.row(id)).toMatchObject({
      ...{ version: 2, title: '示范果园', state: 'township', move_no: 0, due_on: '2026-01-12' },
      ...{ area_path: '45/4510/451003/451003901', organisation_id: stage.id('coop'), scores: {} },
      form: { name: '示范果园', place: '451003901', grower: stage.id('coop'), self: 90 },
    })
    stage.on('2026-01-06')
    expect(await drive.step('township', id, 'pass', { form: { trees: 200 } })).toEqual({
      ...{ case: id, state: 'checks', ended: false },
    })
    const [soil, market] = await drive.tasks(id)
    expect(must(await drive.decide('officer', soil!.id, 'pass', { form: { depth: 80 } })).state).toBe(
      'checks',
    )
    // two of three are enough: the third is closed
    expect(must(await drive.decide('regulator', market!.id, 'pass')).state).toBe('experts')
    await drive.judge(id, 30)
    // 90 × 20 % + (30 + 20 + 40) × 80 %
    expect(await drive.row(id)).toMatchObject({
      state: 'shown',
      scores: { experts: 9000 },
      due_on: '2026-01-13',
    })
    stage.on('2026-01-13')
    expect(await stage.tick()).toEqual({ fired: 0, refused: [] })
    stage.on('2026-01-14')
    expect(await stage.tick()).toEqual({ fired: 1, refused: [] })
    expect(await drive.row(id)).toMatchObject({
      ...{ state: 'listed', valid_from: '2026-01-14', valid_to: '2029-01-14', due_on: '2029-01-14' },
    })
    stage.on('2029-01-14')
    await stage.tick()
    // the yearly check of 2027 came first, since nobody had looked at it
    expect(await drive.row(id)).toMatchObject({ state: 'monitored' })
    await drive.step('regulator', id, 'fail', { form: { points: 10 } })
    expect(await drive.row(id)).toMatchObject({ state: 'over' })
    expect(await trailOf(id)).toEqual([
      'null opened township',
      'township pass checks',
      'checks pass experts',
      'experts good shown',
      'shown publicity listed',
      'listed yearly monitored',
      'monitored fail over',
    ])
  })

  it('has facts with ids and codes, and no personal value in any of them or in what people are told', async () => {
    stage.on('2026-03-02')
    const id = await drive.listed()
    const facts = await factsOf(id)
    expect(facts.map(({ type }) => type.split('.')[1])).toEqual([
      ...['opened', 'decided', 'decided', 'decided', 'drawn'],
      ...['decided', 'decided', 'decided', 'decided', 'decided', 'moved'],
    ])
    const everything = await Promise.all(
      ['fact', 'fact_private', 'notification', 'process_case', 'process_task', 'process_move'].map(table =>
        stage.rows<{ text: string }>(`select t::text as text from ${table} t`),
      ),
    )
    const said = [
      ...facts.map(({ entry }) => entry.toString()),
      ...everything.flat().map(({ text }) => text),
    ].join()
    expect(said).not.toMatch(/示例丁|10000000000|e7a4bae4be8be4b881/)
    expect(facts[0]!.entry.toString()).toContain('"form":{"grower":')
  })

  it('tells each desk and the applicant, once', async () => {
    expect((await toldTo('expert7')).length).toBe(0)
    expect(await toldTo('township')).toEqual(['task.opened', 'task.opened'])
    expect((await toldTo('clerk')).filter(kind => kind === 'case.moved').length).toBe(10)
    expect(await toldTo('officer')).toEqual(await toldTo('officer-b'))
    expect(await toldTo('officer2')).toEqual([])
    expect(await toldTo('mayor')).toEqual([])
  })
})

describe('a draw', () => {
  it('can be made again by anyone from what is recorded, and leaves out the applicant’s own', async () => {
    stage.on('2026-04-01')
    const id = await drive.toExperts()
    const [draw] = await stage.rows<DrawRow>('select * from process_draw where case_id = $1', [id])
    const { move_no, pool, excluded, drawn, log_size, after_fact } = draw!
    const row = await drive.row(id)
    const [head] = await stage.rows<{ checkpoint: string }>(
      'select checkpoint from log_head where size = $1',
      [log_size],
    )
    const seed = seedOf(row.opened_leaf, head!.checkpoint, id, move_no)
    expect(draw!.seed).toEqual(seed)
    // no head over the move was signed before this one
    const [move] = await stage.rows<{ fact_id: string; before: number }>(
      `select m.fact_id, (select count(*) from log_head h join log_entry e on e.fact_id = m.fact_id
         where h.size > e.log_index and h.size < $3) as before
         from process_move m where m.case_id = $1 and m.no = $2`,
      [id, move_no, log_size],
    )
    expect([after_fact, move!.before]).toEqual([move!.fact_id, 0])
    expect(drawn).toEqual(drawFrom(seed, pool, 5))
    expect(pool.sort()).toEqual([1, 2, 3, 4, 5, 6].map(n => stage.id(`member expert${n}`)).sort())
    expect(excluded).toEqual([stage.id('member expert7')])
    const [fact] = await stage.rows<{ entry: Buffer }>(`select entry from fact where id = $1`, [
      draw!.fact_id,
    ])
    expect(fact!.entry.toString()).toContain(digestOf(drawn))
    expect(new Set(drawn).size).toBe(5)
  })

  it('shows an expert only their own sheet until all are in', async () => {
    const id = await drive.toExperts()
    const seats = await drive.tasks(id)
    const expert = [1, 2, 3, 4, 5, 6]
      .map(n => `expert${n}`)
      .find(name => stage.id(`member ${name}`) === seats[0]!.member_id)!
    const another = [1, 2, 3, 4, 5, 6]
      .map(n => `expert${n}`)
      .find(name => stage.id(`member ${name}`) === seats[1]!.member_id)!
    must(await drive.decide(expert, seats[0]!.id, 'submit', { form: { soil: 1, water: 2, records: 3 } }))
    const experts = (who: string) =>
      drive
        .detail(who, id)
        .then(found => found!.sheets.filter(({ state }) => state === 'experts').map(({ score }) => score))
    expect(await experts(expert)).toEqual([600])
    expect(await experts(another)).toEqual([])
    expect(await experts('force')).toEqual([])
  })
})

describe('what comes back', () => {
  it('is corrected by the applicant, goes on where it was, and keeps its personal values sealed', async () => {
    stage.on('2026-05-11')
    const id = await drive.opened()
    await drive.step('township', id, 'return', { note: '缺产地' })
    expect((await drive.tasks(id))[0]).toMatchObject({ kind: 'returned', due_on: '2026-05-25' })
    // a colleague of the same organisation may correct it, too
    const form = { ...(await drive.row(id)).form, name: '新名果园', contact: '示例戊' }
    await drive.step('clerk-b', id, 'resubmit', { form })
    expect(await drive.row(id)).toMatchObject({
      state: 'township',
      title: '新名果园',
      form: { name: '新名果园' },
    })
    const shown = (await drive.detail('clerk', id))!.form
    expect(shown).toMatchObject({ name: '新名果园', contact: '示**', phone: '100****0000' })
    const { trail, sheets } = (await drive.detail('clerk', id))!
    expect([trail[1]!.note, sheets[0]!.note]).toEqual(['缺产地', '缺产地'])
    const held = await db.owner(
      `select t::text from process_task t where t.case_id = $1 union all select m::text from process_move m where m.case_id = $1`,
      [id],
    )
    expect(JSON.stringify(held)).not.toContain('缺产地')
    // what comes back masked stays what it was
    await drive.step('township', id, 'return', { note: '再改' })
    await drive.step('clerk', id, 'resubmit', { form: { ...shown, contact: '示例己己己' } })
    expect((await drive.detail('clerk', id))!.form).toMatchObject({ contact: '示**', phone: '100****0000' })
    const row = await drive.row(id)
    const [clear] = await db.app.read(stage.scope(), tx =>
      openForms(tx, stage.kit.vault, [{ subject: id, sealed: row.sealed }]),
    )
    expect(clear).toEqual({ contact: '示例己己己', phone: '10000000000' })
  })

  it('is asked what was asked when it was opened, and stands in the fact of the correction', async () => {
    stage.on('2026-05-11')
    const id = await drive.opened()
    await drive.step('township', id, 'return', { note: '缺产地' })
    const [task] = await drive.tasks(id)
    const form = { ...(await drive.row(id)).form, contact: '示例戊' }
    expect(await drive.decide('clerk', task!.id, 'resubmit', { form: { ...form, name: 'no' } })).toEqual({
      ...{ ok: false, code: 'orchard.no', params: {} },
    })
    expect((await drive.row(id)).form.name).toBe('示范果园')
    await drive.step('clerk', id, 'resubmit', { form: { ...form, name: '改名果园' } })
    const [hidden] = await stage.rows<{ field: string; entry: Buffer }>(
      `select p.field, f.entry from process_task t join fact f on f.id = t.fact_id
         join fact_private p on p.fact_id = f.id where t.id = $1`,
      [task!.id],
    )
    expect(hidden!.field).toBe('form')
    expect(hidden!.entry.toString()).toContain('"form":{"grower":')
    expect(hidden!.entry.toString()).not.toContain('改名果园')
  })

  it('stays with the desks it lies on', async () => {
    stage.on('2026-05-11')
    const id = await drive.opened()
    await drive.step('township', id, 'return', { note: '缺产地' })
    const [task] = await drive.tasks(id)
    const form = { ...(await drive.row(id)).form, place: '451028901', contact: '示例戊' }
    expect(await drive.decide('clerk', task!.id, 'resubmit', { form })).toEqual({
      ...{
        ok: false,
        code: 'form.invalid',
        params: {},
        faults: [{ column: 'place', code: 'value.frozen', params: {} }],
      },
    })
  })

  it('is refused by itself when its days are over', async () => {
    stage.on('2026-05-11')
    const id = await drive.opened()
    await drive.step('township', id, 'return', { note: '缺产地' })
    stage.on('2026-05-26')
    await stage.tick()
    expect((await trailOf(id)).at(-1)).toBe('returned deadline refused')
  })
})

describe('an objection', () => {
  const shown = async () => {
    stage.on('2026-06-01')
    const id = await drive.toExperts()
    await drive.judge(id, 40)
    return id
  }
  const objects = (who: string, id: string) =>
    stage.as(who, (tx, actor) => object(tx, stage.kit, actor, id, { text: '示例异议', files: [] }))

  const rowFor = async (who: string, id: string) => {
    const actor = await stage.actor(who)
    const { items } = await db.app.read(stage.scope(), tx =>
      listPublicity(tx, stage.kit, actor, { limit: 20 }),
    )
    return items.find(row => row.case === id)
  }
  const pendingOf = async (who: string, id: string) => (await rowFor(who, id))?.pending

  it('must be answered before the case goes on', async () => {
    const id = await shown()
    must(await objects('clerk2', id))
    stage.on('2026-06-09')
    await stage.tick()
    expect(await drive.row(id)).toMatchObject({ state: 'shown' })
    await drive.step('officer', id, 'dismissed', { note: '查无实据' })
    expect(await drive.row(id)).toMatchObject({ state: 'listed', valid_from: '2026-06-09' })
  })

  it('is read by whoever answers it and whoever reads the case; its author is named who chose so', async () => {
    const id = await shown()
    const raise = (who: string, text: string, named?: boolean) =>
      stage.as(who, async (tx, actor) => {
        const file = newId()
        await tx.query(
          `insert into file (programme_id, id, sha256, stored_sha256, type, size, retention_class, uploaded_by, uploaded_at)
           values ($1, $2, $3, $3, 'text/csv', 1, 'evidence', $4, $5)`,
          [tx.programme, file, Buffer.alloc(32), actor.account, tx.at],
        )
        const raised = must(await object(tx, stage.kit, actor, id, { text, files: [file], named }))
        return { ok: true as const, value: { ...raised, file } }
      })
    const open = must(await raise('clerk2', '产地不实', true))
    const secret = must(await raise('expert1', '检测日期不符'))
    const { objections, tasks } = (await drive.detail('officer', id))!
    const at = stage.scope().at!.toISOString()
    expect(
      objections.map(({ task: _, ...one }) => one).sort((a, b) => (a.byName ? -1 : b.byName ? 1 : 0)),
    ).toEqual([
      { id: open.id, at, byName: '示例clerk2', text: '产地不实', files: [open.file], upheld: null },
      { id: secret.id, at, byName: null, text: '检测日期不符', files: [secret.file], upheld: null },
    ])
    // each belongs to one of the officer's tasks
    expect(objections.map(({ task }) => task).sort()).toEqual(
      tasks
        .filter(({ mine }) => mine)
        .map(task => task.id)
        .sort(),
    )
    expect((await drive.detail('force', id))!.objections.length).toBe(2)
    must(await drive.decide('officer', objections[0]!.task, 'dismissed', { note: '查无实据' }))
    expect((await drive.detail('officer', id))!.objections[0]!.upheld).toBe(false)
  })

  it('is offered to all but who opened the case and who would answer', async () => {
    const id = await shown()
    const offered = async (who: string) => [
      (await rowFor(who, id))?.mayObject,
      (await drive.detail(who, id))?.may.includes('object'),
    ]
    expect(await offered('clerk')).toEqual([false, false])
    expect(await offered('officer')).toEqual([false, false])
    expect(await offered('force')).toEqual([true, true])
    expect((await rowFor('clerk2', id))?.mayObject).toBe(true)
  })

  it('upheld, ends it there', async () => {
    const id = await shown()
    must(await objects('clerk2', id))
    await drive.step('officer', id, 'upheld', { note: '属实' })
    expect(await drive.row(id)).toMatchObject({ state: 'refused' })
    expect(await stage.rows('select upheld from process_objection where case_id = $1', [id])).toEqual([
      { upheld: true },
    ])
  })

  it('is refused where nothing hangs out, after its days, and while the last is not answered', async () => {
    const id = await shown()
    must(await objects('clerk2', id))
    expect(await objects('clerk2', id)).toMatchObject({ code: 'objection.pending' })
    // who objected is told before they try, and nobody else
    expect([await pendingOf('clerk2', id), await pendingOf('expert1', id)]).toEqual([true, false])
    expect((await drive.detail('officer', id))!.publicity).toMatchObject({ objections: 1, pending: false })
    await drive.step('officer', id, 'dismissed', { note: '无' })
    expect(await pendingOf('clerk2', id)).toBe(false)
    stage.on('2026-06-09')
    expect(await objects('clerk2', id)).toMatchObject({ code: 'case.not_public' })
    expect(await objects('clerk2', await drive.opened())).toMatchObject({ code: 'case.not_found' })
  })
})

describe('what stands', () => {
  it('is suspended and restored within the same term, and its term begins anew after it is over only', async () => {
    stage.on('2026-07-01')
    const id = await drive.listed()
    const before = await drive.row(id)
    await drive.step('regulator', id, 'suspend', { note: '抽检不合格' })
    stage.on('2026-09-01')
    await drive.step('regulator', id, 'restore')
    const after = await drive.row(id)
    expect([after.state, after.valid_from, after.valid_to]).toEqual([
      'listed',
      before.valid_from,
      before.valid_to,
    ])
  })

  it('reminds of a date in its form 90, 30 and 7 days before, each once', async () => {
    stage.on('2027-01-04')
    await stage.rows('update process_case set once = null')
    const id = must(await drive.open('clerk', { licenceTo: '2027-03-01' })).id
    await drive.step('township', id, 'pass', { form: { trees: 2 } })
    const [soil, market] = await drive.tasks(id)
    await drive.decide('officer', soil!.id, 'pass', { form: { depth: 80 } })
    await drive.decide('regulator', market!.id, 'pass')
    await drive.judge(id, 40)
    stage.on('2027-01-12')
    await stage.tick()
    for (const day of ['2027-01-29', '2027-01-30', '2027-01-31', '2027-02-22', '2027-02-23']) {
      stage.on(day)
      await Promise.all([stage.tick(), stage.tick()])
    }
    const told = await stage.rows<{ params: object; at: Date }>(
      `select params from notification where case_id = $1 and kind = 'case.expiring' and member_id = $2 order by at`,
      [id, stage.id('member clerk')],
    )
    // 90 days before was over when it was listed
    expect(told.map(({ params }) => params)).toEqual([
      { column: 'licenceTo', days: '30', on: '2027-03-01' },
      { column: 'licenceTo', days: '7', on: '2027-03-01' },
    ])
  })
})

describe('a late task', () => {
  it('goes to the desk above, which is told, and waits there for as long', async () => {
    stage.on('2026-08-03')
    const id = await drive.opened()
    stage.on('2026-08-11')
    await stage.tick()
    expect((await drive.tasks(id))[0]).toMatchObject({
      ...{ role: 'county_officer', area_path: '45/4510/451003', late: true, due_on: '2026-08-18' },
    })
    await drive.step('officer', id, 'pass', { form: { trees: 3 } })
    expect((await drive.row(id)).state).toBe('checks')
  })
})

describe('who opened a case', () => {
  it('may take it back until something stands', async () => {
    stage.on('2026-09-07')
    const id = await drive.opened()
    const back = (who: string, of = id) => stage.as(who, (tx, actor) => withdraw(tx, stage.kit, actor, of))
    expect(await back('clerk2')).toMatchObject({ code: 'case.not_found' })
    expect(await back('township')).toMatchObject({ code: 'case.not_found' })
    expect((await drive.detail('clerk', id))!.may).toEqual(['withdraw'])
    must(await back('clerk-b'))
    expect(await drive.row(id)).toMatchObject({ state: 'retracted', ended_at: expect.any(Date) })
    expect(await drive.tasks(id)).toEqual([])
    expect(await back('clerk')).toMatchObject({
      code: 'case.not_withdrawable',
      params: { state: 'retracted' },
    })
    expect(await back('clerk', await drive.listed())).toMatchObject({ code: 'case.not_withdrawable' })
  })
})
