import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { recordAccess } from './audit.ts'
import { listAudit } from './audit-list.ts'
import { closeMember, createMember, endRole, grantRole, memberNames, rolesOf } from './members.ts'
import type { Role } from './roles.ts'
import { NOW, Stage, scope } from './stage.ts'

let db: TestDatabase
let stage: Stage
let organisationId: string
beforeAll(async () => {
  db = await testDatabase()
  stage = await new Stage(db).set()
  organisationId = await stage.organisation('coop')
})
afterAll(() => db.close())

const grant = (memberId: string, role: Role, more: object = {}, programme = 'shenzhen') =>
  db.app.write({ ...scope, programme }, tx => grantRole(tx, { memberId, role, ...more }))

describe('members', () => {
  it('have their names sealed, and read again for many in two statements', async () => {
    const ids = [await stage.member('name-1'), await stage.member('name-2')]
    const rows = await db.owner<{ display_name: Buffer }>('select display_name from member')
    for (const row of rows) expect(row.display_name.toString('utf8')).not.toContain('王')
    const names = await db.app.read(scope, tx => memberNames(tx, stage.vault, [...ids, organisationId]))
    expect([...names]).toEqual(ids.map(id => [id, '王小明']))
    await stage.write(async tx => {
      await stage.vault.erase(tx, [ids[0]!])
      return { ok: true, value: null }
    })
    expect((await db.app.read(scope, tx => memberNames(tx, stage.vault, ids))).get(ids[0]!)).toBeNull()
  })

  it('are one per account and programme', async () => {
    await stage.member('once')
    await stage.member('once', 'beijing')
    const again = await db.app.write(scope, tx =>
      createMember(tx, stage.vault, { accountId: 'once', name: 'x' }),
    )
    expect(again).toEqual({ ok: false, code: 'member.exists', params: {} })
  })

  it('end with all their roles, once', async () => {
    const id = await stage.member('closing')
    await grant(id, 'coop_clerk', { organisationId })
    const close = () => db.app.write(scope, tx => closeMember(tx, id))
    expect(await close()).toEqual({ ok: true, value: null })
    expect((await db.app.read(scope, tx => rolesOf(tx, id)))[0]).toMatchObject({ valid_to: NOW })
    expect(await close()).toEqual({ ok: false, code: 'member.not_found', params: {} })
    expect(await grant(id, 'citizen')).toMatchObject({ code: 'member.not_found' })
  })
})

describe('roles', () => {
  it('are granted once for the same place, and again once ended', async () => {
    const id = await stage.member('granted')
    const first = await grant(id, 'buyer', { organisationId })
    expect(first).toMatchObject({ ok: true })
    expect(await grant(id, 'buyer', { organisationId })).toEqual({
      ok: false,
      code: 'role.held',
      params: { role: 'buyer' },
    })
    expect(await grant(id, 'buyer', { organisationId, areaCode: '451022' })).toMatchObject({ ok: true })
    if (!first.ok) return
    const end = () => db.app.write(scope, tx => endRole(tx, first.value.id))
    expect(await end()).toEqual({ ok: true, value: null })
    expect(await end()).toEqual({ ok: false, code: 'role.not_found', params: {} })
    expect(await grant(id, 'buyer', { organisationId })).toMatchObject({ ok: true })
    expect(await db.app.read(scope, tx => rolesOf(tx, id))).toHaveLength(3)
  })

  it('refuse what is not there, also when it is another programme’s', async () => {
    const id = await stage.member('refused')
    const there = await stage.member('refused', 'beijing')
    expect(await grant(there, 'citizen')).toMatchObject({ code: 'member.not_found' })
    expect(await grant(id, 'buyer')).toEqual({
      ok: false,
      code: 'role.needs_organisation',
      params: { role: 'buyer' },
    })
    expect(await grant(there, 'buyer', { organisationId }, 'beijing')).toMatchObject({
      code: 'organisation.not_found',
    })
    expect(await grant(id, 'buyer', { organisationId, areaCode: '999999' })).toMatchObject({
      code: 'area.not_found',
    })
    expect(await db.app.read(scope, tx => rolesOf(tx, id))).toEqual([])
  })
})

describe('the three administrators', () => {
  const three: Role[] = ['platform_admin', 'security_admin', 'audit_admin']

  it('are never one account, not even one after the other or in another programme', async () => {
    const id = await stage.member('admin')
    const granted = await grant(id, 'security_admin')
    expect(granted).toMatchObject({ ok: true })
    for (const role of ['platform_admin', 'audit_admin'] as const)
      expect(await grant(id, role)).toEqual({
        ok: false,
        code: 'role.separation',
        params: { role, held: 'security_admin' },
      })
    if (granted.ok) await db.app.write(scope, tx => endRole(tx, granted.value.id))
    expect(await grant(id, 'audit_admin')).toMatchObject({ code: 'role.separation' })
    const there = await stage.member('admin', 'beijing')
    expect(await grant(there, 'audit_admin', {}, 'beijing')).toMatchObject({ code: 'role.separation' })
    expect(await grant(there, 'security_admin', {}, 'beijing')).toMatchObject({ ok: true })
  })

  it('stay apart when two are granted at once, in one programme and in two', async () => {
    for (let round = 0; round < 5; round++) {
      const account = `race-${round}`
      const [here, there] = [await stage.member(account), await stage.member(account, 'beijing')]
      const results = await Promise.all([
        ...three.map(role => grant(here, role)),
        ...three.map(role => grant(there, role, {}, 'beijing')),
      ])
      const refusals = results.filter(result => !result.ok)
      const held = await db.owner<{ role: Role }>(
        'select distinct role from membership where member_id = any($1)',
        [[here, there]],
      )
      expect(held).toHaveLength(1)
      expect(refusals).toHaveLength(4)
      for (const refusal of refusals)
        expect(refusal).toMatchObject({ code: 'role.separation', params: { held: held[0]!.role } })
    }
  })

  it('lose the claim again when the grant is rolled back', async () => {
    const id = await stage.member('undone')
    await db.app.write(scope, async tx => {
      await grantRole(tx, { memberId: id, role: 'platform_admin' })
      return { ok: false, code: 'changed.mind', params: {} }
    })
    expect(await grant(id, 'audit_admin')).toMatchObject({ ok: true })
  })

  it('cannot be moved by the working role', async () => {
    for (const statement of [`update auth.duty set role = 'audit_admin'`, 'delete from auth.duty'])
      await expect(db.app.pool.query(statement)).rejects.toMatchObject({ code: '42501' })
  })
})

describe('the audit', () => {
  const look = {
    action: 'household.reveal',
    subjectType: 'household',
    fields: ['phone'],
    purpose: '回访',
    requestId: 'r1',
  }

  it('keeps who looked at what and why, newest first, page by page', async () => {
    await stage.write(async tx => {
      await recordAccess(tx, { ...look, subjectIds: ['h1'] })
      await recordAccess(tx, { ...look, purpose: '导出', subjectIds: ['h1', 'h2', 'h3'] })
      return { ok: true, value: null }
    })
    const read = async (query: object) =>
      (await db.app.read(scope, tx => listAudit(tx, { limit: 10, ...query }))).items
    const all = await read({})
    expect(all.map(row => [row.subjectId, row.purpose])).toEqual([
      ['h3', '导出'],
      ['h2', '导出'],
      ['h1', '导出'],
      ['h1', '回访'],
    ])
    expect(all[3]).toMatchObject({
      at: NOW.toISOString(),
      actorId: 'tester',
      actor: null,
      action: 'household.reveal',
      fields: ['phone'],
    })
    const h1 = await read({ subjectType: 'household', subject: 'h1' })
    expect(h1.map(row => row.purpose)).toEqual(['导出', '回访'])
    for (const nothing of [
      { actor: 'somebody' },
      { action: 'role.granted' },
      { subjectType: 'account' },
      { from: '2026-01-06' },
      { to: '2026-01-04' },
    ])
      expect([nothing, await read(nothing)]).toEqual([nothing, []])
    const day = { actor: 'tester', action: 'household.reveal', from: '2026-01-05', to: '2026-01-05' }
    expect(await read(day)).toEqual(all)
    const [first] = await read({ limit: 1 })
    expect((await read({ after: first!.id })).map(row => row.id)).toEqual(all.slice(1).map(row => row.id))
    const elsewhere = { ...scope, programme: 'beijing' }
    expect(await db.app.read(elsewhere, tx => listAudit(tx, { limit: 10 }))).toEqual({
      items: [],
      next: null,
    })
  })

  it('can only be added to', async () => {
    for (const statement of [`update access_audit set purpose = ''`, 'delete from access_audit'])
      await expect(
        db.app.write(scope, async tx => ({ ok: true, value: await tx.query(statement) })),
      ).rejects.toMatchObject({ code: '42501' })
  })
})
