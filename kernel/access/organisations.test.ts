import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tell } from '../notify/tell.ts'
import { ok } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { createClient } from './clients.ts'
import { heirOf } from './heirs.ts'
import { grantRole, rolesOf } from './members.ts'
import {
  createOrganisation,
  findOrganisation,
  findOrganisationByKey,
  organisationAt,
} from './organisations.ts'
import { NOW, Stage, scope } from './stage.ts'
import { type Succession, succeedOrganisation } from './succession.ts'

let db: TestDatabase
let stage: Stage
beforeAll(async () => {
  db = await testDatabase()
  stage = await new Stage(db).set()
})
afterAll(() => db.close())

const succeed = (change: Succession, at = NOW) =>
  db.app.write({ ...scope, at }, tx => succeedOrganisation(tx, change))
const find = (id: string) => db.app.read(scope, tx => findOrganisation(tx, id))
const nameAt = async (id: string, date: string) =>
  (await db.app.read(scope, tx => organisationAt(tx, id, date)))?.nameZh

describe('creation', () => {
  const input = { key: 'coop.a', nameZh: '甲', nameEn: 'A', type: 'cooperative', areaCode: '451028' } as const

  it('returns what was made, from today on', async () => {
    const made = await stage.write(tx => createOrganisation(tx, { ...input, invented: true }))
    expect(made).toEqual({
      ...input,
      id: made.id,
      parentId: null,
      validFrom: '2026-01-05',
      validTo: null,
      successorId: null,
      invented: true,
    })
    expect(await find(made.id)).toEqual(made)
    expect(await db.app.read(scope, tx => findOrganisationByKey(tx, 'coop.a'))).toEqual(made)
  })

  it('refuses a key in use, an unknown area and an unknown parent', async () => {
    const create = (more: object) => db.app.write(scope, tx => createOrganisation(tx, { ...input, ...more }))
    expect(await create({})).toEqual({ ok: false, code: 'organisation.taken', params: { key: 'coop.a' } })
    expect(await create({ key: 'b', areaCode: '999999' })).toEqual({
      ok: false,
      code: 'area.not_found',
      params: { code: '999999' },
    })
    const parentId = '00000000-0000-7000-8000-000000000000'
    expect(await create({ key: 'b', parentId })).toEqual({
      ok: false,
      code: 'organisation.not_found',
      params: { id: parentId },
    })
    expect(await db.owner(`select key from organisation where key = 'b'`)).toEqual([])
  })

  it('keeps programmes apart: the same key may be in both, and neither sees the other', async () => {
    const there = await stage.organisation('coop.a', {}, 'beijing')
    expect(await find(there)).toBeUndefined()
  })
})

describe('succession', () => {
  it('renames under the same id and keeps the former name with its dates', async () => {
    const id = await stage.organisation('office', { nameZh: '扶贫办' })
    const renamed = await succeed({
      kind: 'rename',
      id,
      nameZh: '乡村振兴局',
      nameEn: 'B',
      date: '2021-06-01',
    })
    expect(renamed).toMatchObject({
      ok: true,
      value: { id, nameZh: '乡村振兴局', validFrom: '2020-01-01', validTo: null },
    })
    await succeed({ kind: 'rename', id, nameZh: '协作局', nameEn: 'C', date: '2023-01-01' })
    expect(
      await Promise.all(
        ['2019-12-31', '2020-01-01', '2021-05-31', '2021-06-01', '2022-12-31', '2023-01-01'].map(d =>
          nameAt(id, d),
        ),
      ),
    ).toEqual([undefined, '扶贫办', '扶贫办', '乡村振兴局', '乡村振兴局', '协作局'])
    expect(
      await db.owner(
        'select name_zh, valid_from, valid_to from organisation_past where organisation_id = $1 order by valid_from',
        [id],
      ),
    ).toEqual([
      { name_zh: '扶贫办', valid_from: '2020-01-01', valid_to: '2021-06-01' },
      { name_zh: '乡村振兴局', valid_from: '2021-06-01', valid_to: '2023-01-01' },
    ])
  })

  it('moves below another, and back to the top', async () => {
    const [top, part] = [await stage.organisation('move.top'), await stage.organisation('move.part')]
    expect(await succeed({ kind: 'parent', id: part, parentId: top, date: '2024-01-01' })).toMatchObject({
      value: { parentId: top },
    })
    await succeed({ kind: 'parent', id: part, parentId: null, date: '2025-01-01' })
    const parentAt = async (date: string) =>
      (await db.app.read(scope, tx => organisationAt(tx, part, date)))?.parentId
    expect(await Promise.all(['2023-06-01', '2024-06-01', '2025-06-01'].map(parentAt))).toEqual([
      null,
      top,
      null,
    ])
  })

  it('merges: roles, machines and parts pass over, the rows stay', async () => {
    const [a, b, into] = [
      await stage.organisation('merge.a'),
      await stage.organisation('merge.b'),
      await stage.organisation('merge.into'),
    ]
    const part = await stage.organisation('merge.part', { parentId: a })
    const member = await stage.member('account-merge')
    const from = new Date('2022-03-01T00:00:00Z')
    for (const organisationId of [a, b])
      await stage.write(tx =>
        grantRole(tx, { memberId: member, role: 'coop_clerk', organisationId, validFrom: from }),
      )
    await stage.write(tx =>
      grantRole(tx, {
        memberId: member,
        role: 'approver',
        organisationId: b,
        areaCode: '451022',
        validFrom: from,
      }),
    )
    const until = new Date('2026-06-01T00:00:00Z')
    await stage.write(tx =>
      grantRole(tx, { memberId: member, role: 'buyer', organisationId: a, validFrom: from, validTo: until }),
    )
    const client = {
      name: 'scale',
      kind: 'device',
      organisationId: b,
      role: 'coop_clerk',
      scopes: ['*'],
    } as const
    const { id: clientId } = await stage.write(tx => createClient(tx, client))

    const result = await succeed({ kind: 'merge', ids: [a, b], into, date: '2026-01-01' })
    expect(result).toMatchObject({ ok: true, value: { id: into, validTo: null } })
    for (const id of [a, b])
      expect(await find(id)).toMatchObject({ validTo: '2026-01-01', successorId: into })
    expect(await find(part)).toMatchObject({ parentId: into, validTo: null })
    expect(await db.owner('select organisation_id from api_client where id = $1', [clientId])).toEqual([
      { organisation_id: into },
    ])

    const merged = new Date('2025-12-31T16:00:00Z')
    const held = await db.app.read(scope, tx => rolesOf(tx, member))
    expect(held.map(r => [r.role, r.organisation_id, r.area_code, r.valid_from, r.valid_to]).sort()).toEqual(
      [
        ['coop_clerk', a, null, from, merged],
        ['coop_clerk', b, null, from, merged],
        ['approver', b, '451022', from, merged],
        // held in both, it passes over once
        ['coop_clerk', into, null, merged, null],
        ['approver', into, '451022', merged, null],
        ['buyer', a, null, from, merged],
        ['buyer', into, null, merged, until],
      ].sort(),
    )

    const last = await stage.organisation('merge.last')
    expect(await succeed({ kind: 'merge', ids: [into], into: last })).toMatchObject({ ok: true })
    const heirs = await db.app.read(scope, tx => Promise.all([a, into, last].map(id => heirOf(tx, id))))
    expect(heirs).toEqual([last, last, last])
    const answersFor = async (id: string) =>
      (await db.app.pool.query<{ ids: string[] }>('select merged_into($1, $2) as ids', [scope.programme, id]))
        .rows[0]!.ids
    expect(await answersFor(last)).toEqual([a, b, into].sort())
    expect(await answersFor(a)).toEqual([])

    const place = { member_id: null, role: 'coop_clerk', organisation_id: a, area_path: null }
    const word = { kind: 'task.opened', cause: 'merge', params: {} }
    await stage.write(async tx => ok(await tell(tx, place, word)))
    expect(await db.owner(`select member_id from notification where cause = 'task.opened:merge'`)).toEqual([
      { member_id: member },
    ])
  })

  it('closes what has no open parts, and ends its roles', async () => {
    const top = await stage.organisation('close.top')
    const child = await stage.organisation('close.part', { parentId: top })
    const member = await stage.member('account-close')
    await stage.write(tx => grantRole(tx, { memberId: member, role: 'buyer', organisationId: child }))
    expect(await succeed({ kind: 'close', id: top })).toEqual({
      ok: false,
      code: 'organisation.has_parts',
      params: { id: top, parts: 1 },
    })
    expect(await succeed({ kind: 'close', id: child })).toMatchObject({
      value: { validTo: '2026-01-05', successorId: null },
    })
    expect(await succeed({ kind: 'close', id: top })).toMatchObject({ ok: true })
    // granted after the closing day began: it ends with its own beginning
    expect((await db.app.read(scope, tx => rolesOf(tx, member)))[0]).toMatchObject({
      valid_from: NOW,
      valid_to: NOW,
    })
  })

  it('refuses knots, the ended, the unknown and dates out of order, and leaves all as it was', async () => {
    const top = await stage.organisation('knot.top')
    const middle = await stage.organisation('knot.middle', { parentId: top })
    const low = await stage.organisation('knot.low', { parentId: middle })
    const ended = await stage.organisation('knot.ended')
    await succeed({ kind: 'close', id: ended })
    const before = await db.owner('select * from organisation order by id')
    const rename = { kind: 'rename', nameZh: 'x', nameEn: 'x' } as const
    const unknown = '00000000-0000-7000-8000-000000000000'
    const cases: [Succession, string][] = [
      [{ kind: 'parent', id: top, parentId: low }, 'organisation.cycle'],
      [{ kind: 'parent', id: top, parentId: top }, 'organisation.cycle'],
      [{ kind: 'merge', ids: [top], into: low }, 'organisation.cycle'],
      [{ kind: 'merge', ids: [low, top], into: top }, 'organisation.cycle'],
      [{ kind: 'merge', ids: [low], into: ended }, 'organisation.ended'],
      [{ ...rename, id: ended }, 'organisation.ended'],
      [{ ...rename, id: unknown }, 'organisation.not_found'],
      [{ kind: 'parent', id: top, parentId: unknown }, 'organisation.not_found'],
      [{ ...rename, id: top, date: '2026-01-06' }, 'organisation.out_of_order'],
      [{ ...rename, id: top, date: '2019-12-31' }, 'organisation.out_of_order'],
      [{ kind: 'merge', ids: [], into: top }, 'organisation.not_found'],
    ]
    for (const [change, code] of cases) expect(await succeed(change)).toMatchObject({ ok: false, code })
    expect(await db.owner('select * from organisation order by id')).toEqual(before)
  })

  it('never ties a knot when two move at once', async () => {
    const [a, b] = [await stage.organisation('at-once.a'), await stage.organisation('at-once.b')]
    const results = await Promise.all([
      succeed({ kind: 'parent', id: a, parentId: b }),
      succeed({ kind: 'parent', id: b, parentId: a }),
    ])
    expect(results.filter(result => result.ok)).toHaveLength(1)
    expect(results.find(result => !result.ok)).toMatchObject({ code: 'organisation.cycle' })
  })

  it('gives the working role no way to delete', async () => {
    for (const table of ['organisation', 'organisation_past', 'membership', 'member', 'access_audit']) {
      const remove = db.app.read(scope, tx =>
        tx.query(`select has_table_privilege('${table}', 'delete') as may`),
      )
      expect(await remove).toEqual([{ may: false }])
    }
  })
})
