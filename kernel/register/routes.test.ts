import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { definePermissions } from '../access/permit.ts'
import type { Principal } from '../access/principal.ts'
import { createLogger } from '../http/logger.ts'
import { registerRoutes } from '../http/register.ts'
import { createHttp } from '../http/server.ts'
import { newId } from '../ids/ids.ts'
import { must, ok, refuse } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { registerGrants } from './grants.ts'
import { routesOfRegisters } from './routes.ts'
import { type Saved, saveRows } from './save.ts'
import { changeRow } from './service.ts'
import { check, coldStore, type RegisterStage, setRegisterStage } from './stage.ts'

let db: TestDatabase
let stage: RegisterStage
let app: FastifyInstance
const ids: string[] = []
const roles = {
  here: { role: 'county_officer', organisationId: null, areaPath: '45/4510/451003' },
  there: { role: 'county_officer', organisationId: null, areaPath: '45/4510/451028' },
  auditor: { role: 'auditor', organisationId: null, areaPath: null },
} as const
type Who = keyof typeof roles

beforeAll(async () => {
  db = await testDatabase()
  stage = await setRegisterStage(db)
  const rows = Array.from({ length: 4 }, (_, i) => ({
    values: {
      ...{ code: `CS-0${i + 1}`, name: `第${i + 1}冷库`, operatorId: stage.coop, cooling: 'freon' },
      areaCode: i < 3 ? '451003901001' : '451028901001',
      keeperPhone: `1390000000${i}`,
    },
    parts: { room: [{ label: 'A', celsius: i, lock: `lock ${i}` }] },
  }))
  const saved = await stage.write(tx => saveRows(tx, stage.kit, coldStore, stage.all, rows), '2026-01-10')
  ids.push(...(saved as Saved[]).map(({ id }) => id))
  const permit = definePermissions(registerGrants([coldStore, check]))
  app = await createHttp({
    ...{ logger: createLogger('silent'), version: '0', ready: async () => true, metrics: async () => '' },
  })
  registerRoutes(app, routesOfRegisters({ ...stage.kit, app: db.app }, [coldStore, check], permit), {
    knows: async () => true,
    authenticate: async ({ headers }, programme) => {
      const id = headers.authorization as Who | undefined
      if (!id) return refuse('sign_in.required')
      const principal = { kind: 'person', id, programme, memberId: newId(), roles: [roles[id]] }
      return ok(principal as unknown as Principal)
    },
    permit,
  })
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await db.close()
})

const at = (path: string) => `/api/v1/p/${stage.log.scope.programme}${path}`
const get = async (path: string, who: Who = 'here') => {
  const answer = await app.inject({ url: at(path), headers: { authorization: who } })
  return { status: answer.statusCode, body: answer.json() }
}
const post = async (path: string, payload: object, who: Who = 'here') => {
  const headers = { authorization: who, 'idempotency-key': newId() }
  const answer = await app.inject({ method: 'POST', url: at(path), headers, payload })
  return { status: answer.statusCode, body: answer.json() }
}
const codesIn = (body: { items: { values: { code: string } }[] }) =>
  body.items.map(({ values }) => values.code)
const looks = () =>
  db.owner<{ actor: string; subject: string; fields: string[] }>(
    `select actor_id as actor, subject_id as subject, fields from access_audit where action = 'cold_store.find' order by id`,
  )

describe('personal values', () => {
  it('are refused in the address of a list and in a view that is kept, by their names', async () => {
    const told = { status: 400, body: { code: 'input.personal' } }
    const asked = await get('/registers/cold_store?keeperPhone=13900000001')
    expect(asked).toMatchObject({ ...told, body: { params: { fields: ['querystring/keeperPhone'] } } })
    expect(JSON.stringify(asked)).not.toContain('13900000001')
    const view = { register: 'cold_store', name: 'x', query: 'keeperPhone=13900000001', columns: [] }
    expect(await post('/views', view)).toMatchObject(told)
    expect(await db.owner('select 1 from saved_view')).toEqual([])
    expect(codesIn((await get('/registers/cold_store?q=13900000001')).body)).toEqual([])
  })

  it('are asked for in a body, within reach, and who was looked for is on record', async () => {
    const find = async (body: object, who?: Who) =>
      codesIn((await post('/registers/cold_store/find', body, who)).body)
    expect(await find({ keeperPhone: '139-0000-0001' })).toEqual(['CS-02'])
    expect(await find({ keeperPhone: ['13900000000', '13900000003'] })).toEqual(['CS-01'])
    expect(await find({ keeperPhone: '13900000003' }, 'there')).toEqual(['CS-04'])
    expect(await find({ keeperPhone: '13911111111' })).toEqual([])
    expect(await find({ q: 'lock 2' })).toEqual(['CS-03'])
    // neither words nor other filters of a list leave a record, unless a sensitive value may be meant
    expect(await find({ cooling: 'freon', limit: 2, sort: '-code' })).toEqual(['CS-03', 'CS-02'])
    const record = (actor: string, subject: string, field: string) => ({ actor, subject, fields: [field] })
    expect(await looks()).toEqual([
      record('here', ids[1]!, 'keeperPhone'),
      record('here', ids[0]!, 'keeperPhone'),
      record('there', ids[3]!, 'keeperPhone'),
      record('here', 'none', 'keeperPhone'),
      record('here', ids[2]!, 'room.lock'),
    ])
    expect(JSON.stringify(await db.owner('select * from access_audit'))).not.toContain('13900000001')
  })

  it('are not tried out one after another', async () => {
    await db.owner(
      `insert into access_audit (programme_id, id, at, actor_id, action, subject_type, subject_id, fields, purpose, request_id)
       select $1, gen_random_uuid(), now(), 'auditor', 'cold_store.find', 'cold_store', 'none', '{}', 'find', n::text
         from generate_series(1, 300) n`,
      [stage.log.scope.programme],
    )
    const before = await looks()
    const refused = await post('/registers/cold_store/find', { keeperPhone: '13900000001' }, 'auditor')
    expect(refused).toMatchObject({ status: 429, body: { code: 'search.locked', params: { most: 300 } } })
    expect(await looks()).toEqual(before)
    expect((await post('/registers/cold_store/find', { cooling: 'freon' }, 'auditor')).status).toBe(200)
  })

  it('have no such route in a register that holds none', async () => {
    expect((await post('/registers/cold_check/find', {})).status).toBe(404)
  })
})

describe('proposed changes', () => {
  it('are listed for those who decide them, beside their rows, and counted', async () => {
    const propose = (i: number, keeperPhone: string, actor: string) =>
      stage.write(
        async tx =>
          must(
            await changeRow(tx, stage.kit, coldStore, stage.all, { id: ids[i]!, values: { keeperPhone } }),
          ),
        '2026-03-10',
        actor,
      )
    await propose(0, '13700000000', 'clerk')
    await propose(1, '13700000001', 'here')
    await propose(3, '13700000003', 'clerk')
    const first = await get('/registers/cold_store/proposals?limit=1')
    expect(first.body.items).toMatchObject([
      {
        own: false,
        row: { id: ids[0], values: { code: 'CS-01', keeperPhone: '139****0000' } },
        values: { keeperPhone: '137****0000' },
      },
    ])
    expect(first.body.items[0].values).toEqual({ keeperPhone: '137****0000' })
    const second = await get(`/registers/cold_store/proposals?limit=1&after=${first.body.next}`)
    expect(second.body).toMatchObject({ items: [{ own: true, row: { id: ids[1] } }], next: null })
    expect((await get('/proposals')).body).toEqual([{ register: 'cold_store', count: 2 }])
    expect((await get('/proposals', 'there')).body).toEqual([{ register: 'cold_store', count: 1 }])
    expect((await get('/proposals', 'auditor')).body).toEqual([])
    expect((await get('/registers/cold_store/proposals', 'auditor')).status).toBe(403)
    const path = `/registers/cold_store/proposals/${first.body.items[0].id}/decision`
    expect((await post(path, { accept: false, note: '张某来电核实' })).status).toBe(200)
    expect((await get('/proposals')).body).toEqual([{ register: 'cold_store', count: 1 }])
    const [held] = await db.owner<{ held: string }>(
      `select t::text as held from register_proposal t where note_sealed is not null`,
    )
    expect(held!.held).not.toContain('张某')
  })
})

describe('a succession', () => {
  it('is tried first and leaves nothing behind', async () => {
    const named = { values: { code: 'CK-1', storeId: ids[2] } }
    expect((await post('/registers/cold_check', named)).status).toBe(200)
    const facts = () => db.owner('select id from fact')
    const before = await facts()
    const preview = (from: string[], to: string[], who?: Who) =>
      post('/registers/cold_store/succession/preview', { from, to, reason: '合并' }, who)
    expect(await preview([ids[1]!, ids[2]!], [ids[0]!])).toEqual({
      status: 200,
      body: { ended: 2, named: [{ register: 'cold_check', count: 1 }] },
    })
    expect((await preview([ids[1]!], [ids[1]!])).body.code).toBe('row.own_successor')
    expect((await preview([ids[1]!], [ids[0]!], 'there')).body.code).toBe('row.not_found')
    expect(await facts()).toEqual(before)
    expect(codesIn((await get('/registers/cold_store')).body)).toEqual(['CS-01', 'CS-02', 'CS-03'])
  })
})
