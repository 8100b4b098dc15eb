import type { By } from '@silian/kernel/access/acts.ts'
import { admitClient, dismissClient } from '@silian/kernel/access/administer-clients.ts'
import { registerOrganisation, succeed } from '@silian/kernel/access/administer-organisations.ts'
import {
  changeAccount,
  closePerson,
  createPerson,
  revealPerson,
} from '@silian/kernel/access/administer-people.ts'
import { giveRole, takeRole } from '@silian/kernel/access/administer-roles.ts'
import { listAudit } from '@silian/kernel/access/audit-list.ts'
import { listTree, readOrganisation } from '@silian/kernel/access/organisation-tree.ts'
import { listPeople, readPerson } from '@silian/kernel/access/people.ts'
import { command } from '@silian/kernel/database/command.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { must, type Result } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SmallWorld, smallWorld } from './small-world.ts'

const programme = 'shenzhen'
const at = new Date('2026-03-02T02:00:00Z')
let db: TestDatabase
let kit: Whole
let world: SmallWorld
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit, { accounts: true })
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

let keys = 0
const by = (who: string, key = `key number ${++keys}`): By => ({
  scope: { programme, actor: world.id(`account ${who}`), at },
  command: { key, name: 'test', input: { key } },
  requestId: 'r',
  holder: 'operator',
})
const act = <T, C extends string>(who: By, work: (tx: Writer) => Promise<Result<T, C>>) =>
  command(kit.app, who.scope, who.command, work)
const read = <T>(work: Parameters<typeof kit.app.read<T>>[1]) =>
  kit.app.read({ programme, actor: world.id('account security'), at }, work)
const factsOf = async (subject: string) =>
  (
    await db.owner<{ type: string; programme_id: string }>(
      'select type, programme_id from fact where subject = $1 order by recorded_at, type',
      [subject],
    )
  ).map(fact => `${fact.programme_id} ${fact.type}`)

describe('people', () => {
  it('are given an account and a password that opens it once; the same command says the same', async () => {
    const who = by('security')
    const made = must(await createPerson(kit, who, { username: 'New.Clerk', name: '王新人' }))
    expect(must(await createPerson(kit, who, { username: 'New.Clerk', name: '王新人' }))).toEqual(made)
    expect(made).toMatchObject({ username: 'new.clerk' })
    const person = must(await read(tx => readPerson(tx, kit.vault, made.id)))
    expect(person).toMatchObject({ name: '王**', state: 'invited', roles: [], self: false, shared: false })
    expect(await factsOf(made.id)).toEqual(['shenzhen member.joined'])
    const kept = await db.owner<{ held: string }>(`select answer::text as held from idempotency`)
    expect(kept.filter(({ held }) => held?.includes(made.password))).toEqual([])
  })

  it('are refused under a name in use, and nothing is left behind', async () => {
    const before = await db.owner('select count(*) from member')
    const taken = await createPerson(kit, by('security'), { username: 'buyer.shenzhen', name: '王' })
    expect(taken).toMatchObject({ ok: false, code: 'account.taken' })
    expect(await db.owner('select count(*) from member')).toEqual(before)
  })

  it('are locked, unlocked and given another password, each on record twice; never oneself, never an administrator', async () => {
    const person = world.id('member cadre2')
    for (const change of ['lock', 'unlock'] as const)
      expect(await changeAccount(kit, by('security'), person, change)).toMatchObject({ ok: true })
    const reset = must(await changeAccount(kit, by('security'), person, 'password'))
    expect(reset.password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
    expect(await factsOf(world.id('account cadre2'))).toEqual([
      ...['account.locked', 'account.reset', 'account.unlocked'].map(type => `platform ${type}`),
    ])
    const { items } = await read(tx => listAudit(tx, { subject: person, limit: 10 }))
    expect(items.map(({ action, actor }) => [action, actor])).toEqual([
      ['account.reset', 'security.shenzhen'],
      ['account.unlocked', 'security.shenzhen'],
      ['account.locked', 'security.shenzhen'],
    ])
    for (const [whom, change, code] of [
      ['security', 'lock', 'account.self'],
      ['audit', 'password', 'account.administrator'],
      ['cadre2', 'unlock', 'account.not_locked'],
    ] as const)
      expect(await changeAccount(kit, by('security'), world.id(`member ${whom}`), change)).toMatchObject({
        code,
      })
    expect(await changeAccount(kit, by('security'), world.id('nobody'), 'lock')).toMatchObject({
      code: 'person.not_found',
    })
  })

  it('leave the programme with all their roles, and once', async () => {
    const person = world.id('member acceptor2')
    const close = () => {
      const who = by('security')
      return act(who, tx => closePerson(tx, kit, who, person))
    }
    expect(await close()).toMatchObject({ ok: true })
    expect(await close()).toMatchObject({ code: 'person.not_found' })
    const detail = must(await read(tx => readPerson(tx, kit.vault, person)))
    expect([detail.state, detail.roles, detail.otherRoles.length]).toEqual(['closed', [], 1])
  })

  it('are listed masked, by user name, role and state; a name in clear is a look on record', async () => {
    const list = async (query: object) =>
      (await read(tx => listPeople(tx, kit.vault, { limit: 50, ...query }))).items
    expect((await list({ q: 'Coop' })).map(({ username }) => username)).toEqual([
      'coop.shenzhen',
      'coop2.shenzhen',
    ])
    expect((await list({ role: 'audit_admin' })).map(({ name }) => name)).toEqual(['示**'])
    expect((await list({ state: 'closed' })).map(({ username }) => username)).toEqual(['acceptor2.shenzhen'])
    expect((await list({ organisation: world.id('coop') })).map(({ username }) => username)).toEqual([
      'coop.shenzhen',
    ])
    const person = world.id('member coop')
    const look = { person, purpose: '核对身份', requestId: 'r' }
    const shown = await act(by('security'), tx => revealPerson(tx, kit, look))
    expect(shown).toMatchObject({ value: { name: '示例coop' } })
    const { items } = await read(tx => listAudit(tx, { action: 'person.reveal', limit: 10 }))
    expect(items.map(({ subjectId, fields, purpose }) => [subjectId, fields, purpose])).toEqual([
      [person, ['display_name'], '核对身份'],
    ])
  })
})

describe('roles', () => {
  const give = (person: string, grant: object, who = by('security')) =>
    act(who, tx => giveRole(tx, kit, who, { person: world.id(`member ${person}`), ...grant } as never))

  it('are given somewhere and for a time, on record without naming the person in public, and end', async () => {
    const given = must(
      await give('citizen', {
        role: 'buyer',
        organisationId: world.id('unit'),
        from: '2026-03-02',
        to: '2026-04-01',
      }),
    )
    const [fact] = await db.owner<{ entry: string }>(
      `select convert_from(entry, 'UTF8') as entry from fact where subject = $1`,
      [given.id],
    )
    expect(fact!.entry).toContain('"role":"buyer"')
    expect(fact!.entry).not.toContain(world.id('member citizen'))
    const who = by('security')
    expect(await act(who, tx => takeRole(tx, kit, who, given.id))).toMatchObject({ ok: true })
    expect(await factsOf(given.id)).toEqual(['shenzhen role.ended', 'shenzhen role.granted'])
  })

  it('are refused: to oneself, of two administrators to one, without an organisation, backwards', async () => {
    for (const [person, grant, code] of [
      ['security', { role: 'buyer', organisationId: world.id('unit') }, 'role.self'],
      ['admin', { role: 'audit_admin' }, 'role.separation'],
      ['audit', { role: 'security_admin' }, 'role.separation'],
      ['citizen', { role: 'buyer' }, 'role.needs_organisation'],
      ['citizen', { role: 'buyer', organisationId: world.id('none') }, 'organisation.not_found'],
      ['citizen', { role: 'citizen', from: '2026-05-02', to: '2026-05-02' }, 'role.out_of_order'],
      ['nobody', { role: 'citizen' }, 'person.not_found'],
    ] as const)
      expect([person, code, await give(person, grant)]).toMatchObject([person, code, { ok: false, code }])
  })

  it('of oneself are ended by another only', async () => {
    const own = must(await read(tx => readPerson(tx, kit.vault, world.id('member security')))).roles[0]!
    const who = by('security')
    expect(await act(who, tx => takeRole(tx, kit, who, own.id))).toMatchObject({ code: 'role.self' })
  })
})

describe('organisations', () => {
  const change = async (name: string, body: object) => {
    const who = by('admin')
    return act(who, tx => succeed(tx, kit, who, world.id(name), body as never))
  }
  const tree = (query: object) => read(tx => listTree(tx, { limit: 200, ...query }))

  it('are shown as they are and as they were, and say which it is', async () => {
    const who = by('admin')
    const input = { key: 'bureau', nameZh: '示范局', nameEn: 'Bureau', type: 'finance_bureau' as const }
    const made = must(
      await act(who, tx =>
        registerOrganisation(tx, kit, who, { ...input, areaCode: '440300', validFrom: '2020-01-01' }),
      ),
    )
    must(await change('unit', { kind: 'parent', parentId: made.id, date: '2026-01-01' }))
    must(
      await change('unit', { kind: 'rename', nameZh: '示范新机关', nameEn: 'New unit', date: '2026-02-01' }),
    )
    const rowOf = async (at?: string) => {
      const page = await tree(at ? { at } : {})
      const row = page.items.find(({ id }) => id === world.id('unit'))!
      return [page.view, page.at, row.nameZh, row.parent?.nameZh ?? null, row.now?.nameZh ?? null]
    }
    expect(await rowOf()).toEqual(['now', '2026-03-02', '示范新机关', '示范局', null])
    expect(await rowOf('2026-01-15')).toEqual(['was', '2026-01-15', '示范第一机关', '示范局', '示范新机关'])
    expect(await rowOf('2025-06-01')).toEqual(['was', '2025-06-01', '示范第一机关', null, '示范新机关'])
    expect((await tree({ parent: made.id })).items.map(({ id }) => id)).toEqual([world.id('unit')])
    expect((await tree({ parent: made.id, at: '2025-06-01' })).items).toEqual([])
    const bureau = (await tree({ parent: 'none' })).items.find(({ id }) => id === made.id)
    expect(bureau?.parts).toBe(1)
    const detail = must(await read(tx => readOrganisation(tx, world.id('unit'))))
    expect(detail.past.map(({ nameZh, from, to }) => [nameZh, from, to])).toEqual([
      ['示范第一机关', '2026-01-01', '2026-02-01'],
      ['示范第一机关', '2020-01-01', '2026-01-01'],
    ])
  })

  it('are merged: the one ends and names its successor, the other names whom it took in', async () => {
    must(await change('village2', { kind: 'merge', into: world.id('village'), date: '2026-02-01' }))
    const ended = (await tree({ ended: 'true' })).items
    expect(ended.map(({ id, successor }) => [id, successor?.id])).toEqual([
      [world.id('village2'), world.id('village')],
    ])
    const detail = must(await read(tx => readOrganisation(tx, world.id('village'))))
    expect(detail.predecessors).toEqual([
      { id: world.id('village2'), nameZh: '山村村委会', nameEn: 'Second village', on: '2026-02-01' },
    ])
    const was = await tree({ at: '2026-01-15', area: '451028' })
    expect(was.items.map(({ id }) => id)).toContain(world.id('village2'))
  })

  it('keep to their order: no knot, no day before the last, none twice, no parts left alone', async () => {
    expect(await change('village2', { kind: 'close' })).toMatchObject({ code: 'organisation.ended' })
    expect(await change('unit', { kind: 'close', date: '2025-01-01' })).toMatchObject({
      code: 'organisation.out_of_order',
    })
    expect(await change('unit', { kind: 'parent', parentId: world.id('unit') })).toMatchObject({
      code: 'organisation.cycle',
    })
    expect(await change('nothing', { kind: 'close' })).toMatchObject({ code: 'organisation.not_found' })
  })
})

describe('keys of machines', () => {
  it('are made and revoked on record, and open what they say', async () => {
    const who = by('admin')
    const secret = `sln_${'A'.repeat(43)}`
    const input = {
      ...{ name: '地磅', kind: 'device' as const, organisationId: world.id('coop'), secret },
      ...{ role: 'coop_clerk' as const, scopes: ['lot.*'] },
    }
    const { id } = must(await act(who, tx => admitClient(tx, kit, who, input)))
    const other = by('admin')
    expect(await act(other, tx => dismissClient(tx, kit, other, id))).toMatchObject({ ok: true })
    expect(await factsOf(id)).toEqual(['shenzhen client.created', 'shenzhen client.revoked'])
    const { items } = await read(tx => listAudit(tx, { subjectType: 'client', limit: 10 }))
    expect(items.map(({ action }) => action)).toEqual(['client.revoked', 'client.created'])
  })
})
