import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createMember, grantRole } from '../access/members.ts'
import { type Fault, fault } from '../declared/values.ts'
import { newId } from '../ids/ids.ts'
import { must } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { recordAbsence } from './absence.ts'
import { delegate } from './delegate.ts'
import { inbox, inboxCount } from './inbox.ts'
import { caseFor } from './reads.ts'
import { revealCase } from './reveal.ts'
import { shapeOf } from './shape.ts'
import { type Drive, driveOf } from './test-drive.ts'
import { orchard, orchardForm } from './test-process.ts'
import { type ProcessStage, processStage } from './test-stage.ts'

let db: TestDatabase
let stage: ProcessStage
let drive: Drive
let id: string
let task: string
beforeAll(async () => {
  db = await testDatabase()
  stage = await processStage(db, [orchard])
  drive = driveOf(stage)
})
afterAll(() => db?.close())
beforeEach(async () => {
  stage.on('2026-03-02')
  id = await drive.opened()
  task = (await drive.tasks(id))[0]!.id
})

const everything = async () =>
  Promise.all(
    [
      'process_case',
      'process_task',
      'process_move',
      'process_desk',
      'process_timer',
      'notification',
      'fact',
      'file_use',
    ].map(table => stage.rows(`select * from ${table} order by 1, 2, 3, 4`)),
  )
/** A refusal with these params, and these faults, that left nothing behind. */
async function refused(work: () => Promise<unknown>, code: string, told: object | readonly Fault[] = {}) {
  const before = await everything()
  const more = Array.isArray(told) ? { params: {}, faults: told } : { params: told }
  expect(await work()).toEqual({ ok: false, code, ...more })
  expect(await everything()).toEqual(before)
}
const waiting = async (name: string) => {
  const actor = await stage.actor(name)
  const page = await db.app.read(stage.scope(), tx => inbox(tx, stage.kit, actor, { limit: 200 }))
  return page.items.map(({ id }) => id)
}

describe('opening is refused', () => {
  it.each<readonly [string, string, object, string, object]>([
    ['to another’s organisation', 'clerk2', { grower: 'coop' }, 'organisation.not_found', {}],
    ['while one is open', 'clerk', {}, 'case.open_already', {}],
    ['by the declaration’s guard', 'clerk', { name: 'no' }, 'orchard.no', {}],
    ['to a role that may not', 'township', {}, 'action.forbidden', { action: 'orchard.open' }],
    [
      'where the form is not right, with each column',
      'clerk',
      { name: null, self: 101, place: '451003', phone: 'x', colour: 'red' },
      'form.invalid',
      [
        fault('phone', 'value.format', { format: 'phone' }),
        fault('self', 'value.too_large', { max: 100 }),
        fault('colour', 'value.unknown_column'),
        fault('name', 'value.required'),
        fault('place', 'area.level', { level: 'township' }),
      ],
    ],
  ])('%s', (_, who, more, code, params) => {
    const given = 'grower' in more ? { grower: stage.id('coop') } : more
    return refused(() => drive.open(who, given), code, params)
  })

  it('under an id in use', async () => {
    await stage.rows('update process_case set once = null')
    await refused(() => drive.open('clerk', {}, id), 'case.exists')
  })

  it('with a file that is not one’s own, or none', () =>
    refused(
      () => drive.decide('township', task, 'refuse', { note: 'x', files: [newId()] }),
      'file.not_found',
    ))
})

describe('deciding is refused', () => {
  it.each<readonly [string, string, string, object, string, object]>([
    ['to who sits elsewhere', 'officer', 'pass', {}, 'task.not_found', {}],
    ['to the applicant', 'clerk', 'pass', {}, 'task.not_found', {}],
    [
      'for an outcome there is not',
      'township',
      'toString',
      {},
      'task.outcome_unknown',
      { outcomes: ['pass', 'return', 'refuse'] },
    ],
    ['without the reason', 'township', 'return', { note: ' ' }, 'task.note_required', {}],
    [
      'without what the form requires',
      'township',
      'pass',
      {},
      'form.invalid',
      [fault('trees', 'value.required')],
    ],
    ['by the declaration’s guard', 'township', 'pass', { form: { trees: 13 } }, 'orchard.unlucky', {}],
  ])('%s', (_, who, outcome, more, code, params) =>
    refused(() => drive.decide(who, task, outcome, more), code, params),
  )

  it('for a task there is not, and one that is done', async () => {
    await refused(() => drive.decide('township', newId(), 'pass'), 'task.not_found')
    await drive.step('township', id, 'pass', { form: { trees: 2 } })
    await refused(() => drive.decide('township', task, 'pass', { form: { trees: 2 } }), 'task.done')
  })

  it('to whoever opened the case, even with the role', async () => {
    const account = stage.id('account township')
    await stage.rows('update process_case set opened_by = $1 where id = $2', [account, id])
    await refused(() => drive.decide('township', task, 'pass', { form: { trees: 2 } }), 'task.own_case')
  })

  it('with too few points', async () => {
    stage.on('2026-03-03')
    const listed = await drive.listed()
    stage.on('2027-04-01')
    await stage.tick()
    const [yearly] = await drive.tasks(listed)
    await refused(
      () => drive.decide('regulator', yearly!.id, 'pass', { form: { points: 59 } }),
      'task.too_few_points',
      { points: 5900, least: 6000 },
    )
  })

  it('to an expert for another’s seat', async () => {
    const panel = await drive.toExperts()
    const [first, second] = await drive.tasks(panel)
    const names = [1, 2, 3, 4, 5, 6].map(n => `expert${n}`)
    const expert = names.find(name => stage.id(`member ${name}`) === second!.member_id)!
    const form = { soil: 1, water: 1, records: 1 }
    await refused(() => drive.decide(expert, first!.id, 'submit', { form }), 'task.not_found')
  })

  it('where too few experts are left', async () => {
    await stage.rows(
      `update membership set valid_to = '2026-01-01' where role = 'expert' and member_id = any($1)`,
      [[5, 6].map(n => stage.id(`member expert${n}`))],
    )
    await drive.step('township', id, 'pass', { form: { trees: 2 } })
    const [soil, market] = await drive.tasks(id)
    must(await drive.decide('officer', soil!.id, 'pass', { form: { depth: 80 } }))
    await refused(() => drive.decide('regulator', market!.id, 'pass'), 'panel.too_few', {
      needed: 5,
      found: 4,
    })
    await stage.rows(`update membership set valid_to = null where role = 'expert'`)
  })
})

describe('the inbox', () => {
  it('shows a task on its desk and those above, to nobody else', async () => {
    const who = ['township', 'officer', 'mayor', 'officer2', 'clerk', 'force', 'expert1']
    const seen = await Promise.all(who.map(async name => (await waiting(name)).includes(task)))
    expect(seen).toEqual([true, false, false, false, false, false, false])
    await drive.step('township', id, 'pass', { form: { trees: 2 } })
    const soil = (await drive.tasks(id))[0]!.id
    const now = await Promise.all(who.map(async name => (await waiting(name)).includes(soil)))
    // the mayor holds the county’s role for the whole city
    expect(now).toEqual([false, true, true, false, false, false, false])
  })

  it('meets a task once, however many of somebody’s desks it lies on', async () => {
    await drive.step('township', id, 'pass', { form: { trees: 2 } })
    const soil = (await drive.tasks(id))[0]!.id
    const [mayor, officer] = await Promise.all([stage.actor('mayor'), stage.actor('officer')])
    const both = { ...mayor, roles: [...mayor.roles, ...officer.roles] }
    const page = await db.app.read(stage.scope(), tx => inbox(tx, stage.kit, both, { limit: 200 }))
    expect(page.items.filter(item => item.id === soil).length).toBe(1)
    const counts = await db.app.read(stage.scope(), tx => inboxCount(tx, both))
    expect(counts.total).toBe(page.items.length)
  })

  it('counts what it shows, and pages by deadline', async () => {
    const actor = await stage.actor('township')
    const all = await waiting('township')
    const counts = await db.app.read(stage.scope(), tx => inboxCount(tx, actor))
    expect([counts.total, counts.byProcess]).toEqual([
      all.length,
      [{ process: 'orchard', state: 'township', count: all.length, overdue: 0 }],
    ])
    const paged: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await db.app.read(stage.scope(), tx =>
        inbox(tx, stage.kit, actor, { limit: 3, ...(after ? { after } : {}) }),
      )
      paged.push(...page.items.map(item => item.id))
      if (page.next === null) break
      after = page.next
    }
    expect(paged).toEqual(all)
    stage.on('2026-03-10')
    const late = await db.app.read(stage.scope(), tx => inboxCount(tx, actor))
    expect(late.overdue).toBe(all.length)
  })
})

describe('giving a task to a colleague', () => {
  const give = (from: string, of: string, to: string) =>
    stage.as(from, (tx, actor) =>
      delegate(tx, actor, of, { member: stage.id(`member ${to}`), note: '外出' }, 'request-1'),
    )
  let soil: string
  beforeEach(async () => {
    await drive.step('township', id, 'pass', { form: { trees: 2 } })
    soil = (await drive.tasks(id))[0]!.id
  })

  it('takes it off the others’ desks, and is on record', async () => {
    expect(await give('officer', soil, 'officer-b')).toEqual({ ok: true, value: { id: soil } })
    expect([(await waiting('officer')).includes(soil), (await waiting('officer-b')).includes(soil)]).toEqual([
      false,
      true,
    ])
    await refused(() => drive.decide('officer', soil, 'pass', { form: { depth: 8 } }), 'task.not_found')
    const [record] = await stage.rows(
      'select action, purpose, fields from access_audit where subject_id = $1',
      [soil],
    )
    expect(record).toEqual({ action: 'task.delegate', purpose: '外出', fields: ['member_id'] })
    must(await drive.decide('officer-b', soil, 'pass', { form: { depth: 8 } }))
  })

  it.each([
    ['one who could not decide it', 'officer', 'officer2', 'member.not_found'],
    ['oneself', 'officer', 'officer', 'member.not_found'],
    ['anybody, by one to whom it does not lie', 'officer2', 'officer-b', 'task.not_found'],
  ])('is refused to %s', async (_, from, to, code) => {
    const params = code === 'member.not_found' ? { id: stage.id(`member ${to}`) } : {}
    await refused(() => give(from, soil, to), code, params)
  })

  it('is refused for a panel’s seat', async () => {
    const panel = await drive.toExperts()
    const [seat] = await drive.tasks(panel)
    const names = [1, 2, 3, 4, 5, 6].map(n => `expert${n}`)
    const expert = names.find(name => stage.id(`member ${name}`) === seat!.member_id)!
    await refused(() => give(expert, seat!.id, 'expert6'), 'task.not_delegable')
  })
})

describe('personal values in clear', () => {
  const look = (who: string) =>
    stage.as(who, async (tx, actor) => {
      const reach = stage.permit(await stage.principal(who), 'orchard.read')
      if (!reach.ok) return reach
      return revealCase(tx, stage.kit, actor, reach.value, {
        ...{ process: 'orchard', id, purpose: '电话核实' },
        requestId: 'request-2',
      })
    })

  it('are for who applied and who decides now, each look on record', async () => {
    const clear = { contact: '示例丁', phone: '10000000000' }
    expect([await look('clerk-b'), await look('township')]).toEqual([
      { ok: true, value: clear },
      { ok: true, value: clear },
    ])
    const records = await stage.rows(
      'select action, fields, purpose from access_audit where subject_id = $1',
      [id],
    )
    expect(records).toEqual(
      [1, 2].map(() => ({ action: 'orchard.reveal', fields: ['contact', 'phone'], purpose: '电话核实' })),
    )
  })

  it.each(['officer', 'force', 'clerk2'])(
    'are refused to %s, who may read or will decide it later',
    async who => {
      await refused(() => look(who), 'case.not_found')
    },
  )
})

describe('while somebody is away', () => {
  const away = (who: string, deputy: string, from: string, to: string) =>
    stage.as(who, (tx, actor) => recordAbsence(tx, actor, { from, to, deputy: stage.id(`member ${deputy}`) }))

  /** One of another role, as absences of before name some. */
  const stoodInBy = (who: string, deputy: string, from: string, to: string) =>
    db.owner(
      `insert into process_absence (programme_id, id, member_id, deputy_id, from_on, to_on, recorded_at, recorded_by)
       values ($1, gen_random_uuid(), $2, $3, $4, $5, now(), 'before')`,
      [stage.scope().programme, stage.id(`member ${who}`), stage.id(`member ${deputy}`), from, to],
    )

  it('a colleague of the same organisation sees and decides in their name, between the days only', async () => {
    // the co-op’s expert stands in for its clerk: what comes back to the co-op is theirs then
    await drive.step('township', id, 'return', { note: '缺产地' })
    const back = (await drive.tasks(id))[0]!.id
    await stoodInBy('clerk', 'expert7', '2026-03-03', '2026-03-04')
    expect((await waiting('expert7')).includes(back)).toBe(false)
    stage.on('2026-03-03')
    expect((await waiting('expert7')).includes(back)).toBe(true)
    const form = orchardForm(stage.id('coop'))
    must(await drive.decide('expert7', back, 'resubmit', { form }))
    const [decided] = await stage.rows('select decided_member, for_member from process_task where id = $1', [
      back,
    ])
    expect(decided).toEqual({
      decided_member: stage.id('member expert7'),
      for_member: stage.id('member clerk'),
    })
    stage.on('2026-03-05')
    expect((await waiting('expert7')).length).toBe(0)
  })

  const reads = async (who: string, of: string) => {
    const reach = stage.permit(await stage.principal(who), 'orchard.read')
    if (!reach.ok) return reach.code
    const actor = await stage.actor(who)
    const found = await db.app.read(stage.scope(), tx => caseFor(tx, actor, reach.value, 'orchard', of))
    return found?.id
  }

  it('the deputy, whatever their own role, reads the case while it lies with the absent, and no other', async () => {
    // the buyer of the township's office has no part in the process
    must(
      await stage.as('township', async (tx, _) => {
        const member = must(
          await createMember(tx, stage.kit.vault, {
            ...{ id: stage.id('member aide'), accountId: stage.id('account aide'), name: '示例' },
          }),
        )
        return grantRole(tx, {
          memberId: member.id,
          role: 'village_cadre',
          organisationId: stage.id('township'),
        })
      }),
    )
    const other = must(await drive.open('clerk2', { place: '451028901' })).id
    expect(await reads('aide', id)).toBeUndefined()
    stage.on('2026-03-09')
    await stoodInBy('township', 'aide', '2026-03-09', '2026-03-10')
    expect([await reads('aide', id), await reads('aide', other)]).toEqual([id, undefined])
    const shapes = shapeOf(orchard, stage.permit, await stage.principal('aide'), await stage.actor('aide'))
    expect(shapes.may).toContain('read')
    must(await drive.decide('aide', task, 'pass', { form: { trees: 2 } }))
    stage.on('2026-03-11')
    expect(await reads('aide', other)).toBeUndefined()
  })

  it('a panel’s seat is left out of the deputy’s inbox', async () => {
    const panel = await drive.toExperts()
    const [seat] = await drive.tasks(panel)
    const names = [1, 2, 3, 4, 5, 6].map(n => `expert${n}`)
    const expert = names.find(name => stage.id(`member ${name}`) === seat!.member_id)!
    const deputy = names.find(name => name !== expert)!
    stage.on('2026-03-16')
    must(await away(expert, deputy, '2026-03-16', '2026-03-17'))
    expect([(await waiting(expert)).includes(seat!.id), (await waiting(deputy)).includes(seat!.id)]).toEqual([
      true,
      false,
    ])
  })

  it.each([
    ['days that end before they begin', 'clerk-b', '2026-03-09', '2026-03-08', 'absence.period'],
    ['days that are over', 'clerk-b', '2026-02-01', '2026-02-02', 'absence.period'],
    ['a deputy of another role', 'expert7', '2026-05-01', '2026-05-02', 'member.not_found'],
    ['a deputy elsewhere', 'officer', '2026-05-01', '2026-05-02', 'member.not_found'],
    ['days that overlap', 'clerk-b', '2026-03-04', '2026-03-10', 'absence.overlaps'],
  ])('%s are refused', (_, deputy, from, to, code) =>
    refused(
      () => away('clerk', deputy, from, to),
      code,
      code === 'member.not_found' ? { id: stage.id(`member ${deputy}`) } : {},
    ),
  )
})
