import { afterAll, beforeAll, expect, it } from 'vitest'
import { endRole, grantRole } from '../access/members.ts'
import { must } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { absencesOf, endAbsence, recordAbsence } from './absence.ts'
import { colleaguesOf } from './colleagues.ts'
import { type Drive, driveOf } from './test-drive.ts'
import { orchard } from './test-process.ts'
import { type ProcessStage, processStage } from './test-stage.ts'

let db: TestDatabase
let stage: ProcessStage
let drive: Drive
beforeAll(async () => {
  db = await testDatabase()
  stage = await processStage(db, [orchard])
  drive = driveOf(stage)
})
afterAll(() => db?.close())

const colleagues = async (name: string, task?: string): Promise<string[]> => {
  const actor = await stage.actor(name)
  const found = await db.app.read(stage.scope(), tx => colleaguesOf(tx, stage.kit.vault, actor, task))
  return found.map(({ member }) => member)
}
const members = (...names: string[]) => names.map(name => stage.id(`member ${name}`))

it('are those of one’s own organisation and role, oneself and other roles left out', async () => {
  expect(await colleagues('clerk')).toEqual(members('clerk-b'))
  expect(await colleagues('expert7')).toEqual([])
  expect(await colleagues('officer')).toEqual(members('officer-b'))
  expect(await colleagues('clerk2')).toEqual([])
})

it('who hold the role less widely are none', async () => {
  const grant = { memberId: stage.id('member regulator'), role: 'county_officer' as const }
  const there = { organisationId: stage.id('city'), areaCode: '451003' }
  must(await db.app.write(stage.scope(), tx => grantRole(tx, { ...grant, ...there })))
  expect(await colleagues('mayor')).toEqual([])
  expect(await colleagues('regulator')).toEqual(members('mayor'))
  const [narrower] = members('regulator')
  const days = { from: '2026-03-02', to: '2026-03-03', deputy: narrower! }
  expect(await stage.as('mayor', (tx, actor) => recordAbsence(tx, actor, days))).toEqual({
    ...{ ok: false, code: 'member.not_found', params: { id: narrower } },
  })
  expect(await stage.rows('select 1 from process_absence where deputy_id = $1', [narrower])).toEqual([])
})

it('for a task are those who may decide it, of whoever it lies with', async () => {
  const id = await drive.opened()
  await drive.step('township', id, 'pass', { form: { trees: 200 } })
  const tasks = await drive.tasks(id)
  const [soil, market] = ['county_officer', 'market_regulator'].map(role =>
    tasks.find(task => task.role === role),
  )
  expect(await colleagues('officer', soil!.id)).toEqual(members('officer-b'))
  // who holds the role elsewhere, or another at the same desk
  expect(await colleagues('officer2', soil!.id)).toEqual([])
  expect(await colleagues('officer', market!.id)).toEqual([])
  expect(await colleagues('regulator', market!.id)).toEqual([])
})

it('of a panel’s seat are none', async () => {
  const [seat] = await drive.tasks(await drive.toExperts())
  const expert = [1, 2, 3, 4, 5, 6].find(n => stage.id(`member expert${n}`) === seat!.member_id)
  expect(await colleagues(`expert${expert}`, seat!.id)).toEqual([])
})

it('who stand in are named, until the absence is ended by whoever is away', async () => {
  const deputy = stage.id('member officer-b')
  const days = { from: '2026-01-05', to: '2026-01-09', deputy }
  const away = () => stage.as('officer', (tx, actor) => recordAbsence(tx, actor, days))
  const { id } = must(await away())
  const listed = (name: string) =>
    db.app.read(stage.scope(), tx => absencesOf(tx, stage.kit.vault, stage.id(`member ${name}`)))
  const [member] = members('officer')
  const names = { memberName: '示例officer', deputyName: '示例officer-b' }
  expect(await listed('officer')).toEqual([{ id, ...days, member, ...names, mine: true }])
  expect((await listed('officer-b')).map(({ mine }) => mine)).toEqual([false])
  const standsFor = async () => (await stage.actor('officer-b')).standsFor.map(one => one.memberId)
  expect(await standsFor()).toEqual([member])

  const end = (name: string) => stage.as(name, (tx, actor) => endAbsence(tx, actor, id))
  const unknown = { ok: false, code: 'absence.not_found', params: {} }
  expect(await end('officer-b')).toEqual(unknown)
  expect(await standsFor()).toEqual([member])
  expect(await end('officer')).toEqual({ ok: true, value: { id } })
  expect(await end('officer')).toEqual(unknown)
  expect([await standsFor(), await listed('officer')]).toEqual([[], []])
  // the days are free again
  expect((await away()).ok).toBe(true)
})

it('no administrator stands in for those whose roles stay apart from theirs', async () => {
  const memberId = stage.id('member officer2')
  const [held] = await stage.rows<{ id: string }>('select id from membership where member_id = $1', [
    memberId,
  ])
  must(await db.app.write(stage.scope(), tx => endRole(tx, held!.id)))
  const grant = { memberId, role: 'security_admin' as const, organisationId: stage.id('county') }
  must(await db.app.write(stage.scope(), tx => grantRole(tx, grant)))
  const days = { from: '2026-02-02', to: '2026-02-03', deputy: memberId }
  expect(await stage.as('officer', (tx, actor) => recordAbsence(tx, actor, days))).toEqual({
    ...{ ok: false, code: 'member.not_found', params: { id: memberId } },
  })
  expect(await colleagues('officer')).not.toContain(memberId)
})

it('have names, and go with their last role there', async () => {
  const actor = await stage.actor('officer')
  const [one] = await db.app.read(stage.scope(), tx => colleaguesOf(tx, stage.kit.vault, actor))
  expect(one!.name).not.toBe('')
  const [held] = await stage.rows<{ id: string }>('select id from membership where member_id = $1', [
    one!.member,
  ])
  must(await db.app.write(stage.scope(), tx => endRole(tx, held!.id)))
  expect(await colleagues('officer')).toEqual([])
})

it('are nobody for whoever is no member', async () => {
  const nobody = { memberId: null, roles: [], standsFor: [] }
  expect(await db.app.read(stage.scope(), tx => colleaguesOf(tx, stage.kit.vault, nobody))).toEqual([])
})
