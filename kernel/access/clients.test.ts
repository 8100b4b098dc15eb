import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { Auth } from './auth.ts'
import { type ClientInput, createClient, revokeClient } from './clients.ts'
import { NOW, Stage, scope } from './stage.ts'
import { succeedOrganisation } from './succession.ts'

let db: TestDatabase
let stage: Stage
let auth: Auth
let organisationId: string
beforeAll(async () => {
  db = await testDatabase()
  stage = await new Stage(db).set()
  auth = new Auth({
    database: db.app,
    vault: stage.vault,
    secrets: db.secrets,
    publicUrl: 'https://silian.example',
  })
  organisationId = await stage.organisation('bank', { type: 'bank' })
})
afterAll(() => db.close())

const input = (more: Partial<ClientInput> = {}): ClientInput => ({
  name: '核心系统',
  kind: 'client',
  organisationId,
  role: 'bank_officer',
  scopes: ['settlement.*'],
  ...more,
})
const ask = (authorization: string, programme = 'shenzhen') =>
  auth.principalOf(
    { method: 'POST', headers: { authorization, origin: 'https://elsewhere.example' } },
    programme,
  )

describe('a machine', () => {
  it('is known by its secret, of which only the hash is kept', async () => {
    const publicKey = Buffer.alloc(32, 9)
    const { id, secret } = await stage.write(tx => createClient(tx, input({ kind: 'device', publicKey })))
    expect(secret).toMatch(/^sln_[\w-]{43}$/)
    expect(await ask(`Bearer ${secret}`)).toEqual({
      ok: true,
      value: {
        kind: 'device',
        id,
        programme: 'shenzhen',
        scopes: ['settlement.*'],
        roles: [{ role: 'bank_officer', organisationId, areaPath: '45/4510/451028' }],
      },
    })
    const [row] = await db.owner<Record<string, unknown>>('select * from api_client where id = $1', [id])
    expect(row).toMatchObject({ public_key: publicKey, created_at: NOW, revoked_at: null })
    expect(JSON.stringify(row)).not.toContain(secret)
  })

  it('is refused with any other secret, scheme or programme, and never falls back to a cookie', async () => {
    const { secret } = await stage.write(tx => createClient(tx, input()))
    const forged = { ok: false, code: 'credential.forged', params: {} }
    const last = secret.at(-1) === 'A' ? 'E' : 'A'
    for (const authorization of [
      '',
      'Bearer',
      'Bearer ',
      `Bearer ${secret.slice(0, -1)}${last}`,
      `Basic ${secret}`,
      `Bearer ${secret}x`,
      secret,
    ])
      expect(await ask(authorization)).toEqual(forged)
    expect(await ask(`Bearer ${secret}`, 'beijing')).toEqual(forged)
    expect(await ask(`Bearer ${secret}`)).toMatchObject({ ok: true })
  })

  it('is refused once revoked', async () => {
    const { id, secret } = await stage.write(tx => createClient(tx, input()))
    const revoke = () => db.app.write(scope, tx => revokeClient(tx, id))
    expect(await revoke()).toEqual({ ok: true, value: null })
    expect(await ask(`Bearer ${secret}`)).toMatchObject({ code: 'credential.forged' })
    expect(await revoke()).toEqual({ ok: false, code: 'client.not_found', params: {} })
  })

  it('holds no role for an organisation that has ended', async () => {
    const ended = await stage.organisation('ended')
    const { secret } = await stage.write(tx => createClient(tx, input({ organisationId: ended })))
    await stage.write(tx => succeedOrganisation(tx, { kind: 'close', id: ended }))
    expect(await ask(`Bearer ${secret}`)).toMatchObject({ ok: true, value: { roles: [] } })
    expect(await db.app.write(scope, tx => createClient(tx, input({ organisationId: ended })))).toMatchObject(
      { code: 'organisation.not_found' },
    )
  })

  it('is never an administrator, and its id is one machine’s', async () => {
    for (const role of ['platform_admin', 'security_admin', 'audit_admin'] as const)
      expect(await db.app.write(scope, tx => createClient(tx, input({ role })))).toEqual({
        ok: false,
        code: 'client.role',
        params: { role },
      })
    const { id } = await stage.write(tx => createClient(tx, input()))
    expect(await db.app.write(scope, tx => createClient(tx, input({ id })))).toEqual({
      ok: false,
      code: 'client.exists',
      params: {},
    })
  })
})
