import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
import { XLSX } from './content-type.ts'
import { workbook } from './fixtures/workbook.ts'
import { fileRoutes } from './routes.ts'
import { MOST_SHEET_BYTES } from './store.ts'
import { attachFiles } from './uses.ts'

let db: TestDatabase
let app: FastifyInstance
let folder: string

const principalOf = (id: string): Principal => ({
  kind: 'person',
  id,
  programme: 'shenzhen',
  memberId: id,
  roles: [{ role: 'buyer', organisationId: null, areaPath: null }],
})

beforeAll(async () => {
  db = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'silian-file-routes-'))
  app = await createHttp({
    logger: createLogger('silent'),
    version: '0',
    ready: async () => true,
    metrics: async () => '',
  })
  const kit = { app: db.app, files: { dataFolder: folder, masterKey: db.secrets.masterKey } }
  const readers = { case: async (_: unknown, { id }: Principal, subject: string) => subject === `of ${id}` }
  registerRoutes(app, fileRoutes(kit, readers), {
    knows: async programme => programme === 'shenzhen',
    authenticate: async ({ headers }) =>
      headers.authorization ? ok(principalOf(headers.authorization)) : refuse('sign_in.required'),
    permit: definePermissions([
      { action: 'file.upload', roles: { buyer: 'own' } },
      { action: 'file.read', roles: { buyer: 'own' } },
    ]),
  })
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await db.close()
  await rm(folder, { recursive: true })
})

const csv = Buffer.from('村,户数\n那坡,12\n')
const send = (
  body: Buffer,
  {
    query = 'name=%E5%90%8D%E5%86%8C.csv&kind=import',
    type = 'text/csv',
    who = 'wei',
    key = newId(),
    headers = {},
  }: { query?: string; type?: string; who?: string; key?: string; headers?: Record<string, string> } = {},
) =>
  app.inject({
    method: 'POST',
    url: `/api/v1/p/shenzhen/files?${query}`,
    headers: {
      'content-type': type,
      'idempotency-key': key,
      ...(who ? { authorization: who } : {}),
      ...headers,
    },
    payload: body,
  })
const fetchFile = (id: string, who = 'wei') =>
  app.inject({ url: `/api/v1/p/shenzhen/files/${id}`, headers: who ? { authorization: who } : {} })
const files = () => db.owner<{ n: number }>('select count(*)::int as n from file').then(rows => rows[0]!.n)
const looks = () =>
  db.owner<{ actor_id: string; subject_id: string }>('select actor_id, subject_id from access_audit')

describe('a file', () => {
  it('goes by a name that stands in no address', async () => {
    const named = (name: string) => send(csv, { query: 'kind=import', headers: { 'x-file-name': name } })
    const sent = await named('%E5%BC%A0%E4%B8%89.csv')
    expect(sent.json()).toMatchObject({ name: '张三.csv' })
    expect((await fetchFile(sent.json().id)).headers['content-disposition']).toContain(
      '%E5%BC%A0%E4%B8%89.csv',
    )
    for (const name of ['%', '%20', 'x'.repeat(201)])
      expect((await named(name)).json()).toMatchObject({ code: 'input.invalid' })
    await db.owner('delete from file')
    await db.owner('delete from access_audit')
  })

  it('is sent as it is, and saved as it was, by whoever sent it', async () => {
    const sent = await send(csv)
    expect(sent.statusCode).toBe(200)
    const { id } = sent.json()
    expect(sent.json()).toEqual({ id, name: '名册.csv', type: 'text/csv', size: csv.length })
    const got = await fetchFile(id)
    expect([got.statusCode, got.headers['content-type'], got.headers['content-disposition']]).toEqual([
      200,
      'text/csv',
      `attachment; filename="_.csv"; filename*=UTF-8''%E5%90%8D%E5%86%8C.csv`,
    ])
    expect(got.rawPayload).toEqual(csv)
    expect(await looks()).toEqual([{ actor_id: 'wei', subject_id: id }])
    expect(await db.owner('select kind, sealed_key is not null as sealed from file')).toEqual([
      { kind: 'import', sealed: true },
    ])
    // what a sender calls a file may say who is in it
    const [row] = await db.owner<{ held: string }>('select f::text as held from file f')
    expect(row!.held).not.toContain('名册')
  })

  it('of another is not there, and nobody looked; attached to what one may read, it is', async () => {
    const { id } = (await send(csv)).json()
    const before = await looks()
    expect((await fetchFile(id, 'lan')).json()).toMatchObject({ status: 404, code: 'file.not_found' })
    expect((await fetchFile(id, '')).json()).toMatchObject({ code: 'sign_in.required' })
    expect((await fetchFile(newId())).json().code).toBe('file.not_found')
    expect(await looks()).toEqual(before)

    const attach = (actor: string, subject: string) =>
      db.app.write({ programme: 'shenzhen', actor }, tx =>
        attachFiles(tx, [id], { type: 'case', id: subject }),
      )
    expect(await attach('lan', 'of lan')).toMatchObject({ code: 'file.not_found' })
    expect((await fetchFile(id, 'lan')).statusCode).toBe(404)
    must(await attach('wei', 'of lan'))
    must(await attach('wei', 'of lan'))
    expect((await fetchFile(id, 'lan')).rawPayload).toEqual(csv)
    expect((await fetchFile(id, 'mo')).statusCode).toBe(404)
  })

  it('sent again under its key is the same one; another under it is refused', async () => {
    const key = newId()
    const [first, again] = [await send(csv, { key }), await send(csv, { key })]
    expect(again.json()).toEqual(first.json())
    const before = await files()
    expect((await send(Buffer.from('a,b\n'), { key })).json().code).toBe('idempotency.mismatch')
    expect(await files()).toBe(before)
  })

  it.each([
    [400, 'input.invalid', csv, { query: 'name=x&kind=virus' }],
    [400, 'input.invalid', csv, { query: 'kind=import' }],
    [409, 'file.empty', Buffer.alloc(0), {}],
    [409, 'file.type_refused', csv, { type: XLSX }],
    [409, 'file.type_refused', csv, { query: 'name=x.csv&kind=photo' }],
    [409, 'file.archive_refused', workbook({ 'xl/vbaProject.bin': 'x' }), { type: XLSX }],
    [413, 'file.too_large', Buffer.alloc(MOST_SHEET_BYTES + 1, 'a'), {}],
    [401, 'sign_in.required', csv, { who: '' }],
  ])('is refused: %i %s, and leaves nothing', async (status, code, body, more) => {
    const before = await files()
    const { statusCode, ...answer } = await send(body, more)
    expect([statusCode, answer.json().code]).toEqual([status, code])
    expect(await files()).toBe(before)
  })

  it('may be declared as nothing in particular', async () => {
    expect(
      (await send(workbook(), { type: 'application/octet-stream', query: 'name=x&kind=import' })).json(),
    ).toMatchObject({
      type: XLSX,
    })
    expect((await send(csv, { type: 'application/vnd.ms-excel' })).json().type).toBe('text/csv')
  })
})

it('is described: bytes in, a file out', async () => {
  const { paths } = (await app.inject('/api/openapi.json')).json()
  const post = paths['/api/v1/p/{programme}/files'].post
  expect(post.requestBody.content).toEqual({
    'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
  })
  const get = paths['/api/v1/p/{programme}/files/{file}'].get
  expect(get.responses['200'].content).toEqual({
    'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
  })
})
