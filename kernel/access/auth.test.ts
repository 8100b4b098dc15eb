import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { closeAccount, createAccount, PLATFORM, setPassword } from './accounts.ts'
import { Auth } from './auth.ts'
import { noCodes } from './codes.ts'
import { closeMember, endRole, grantRole } from './members.ts'
import type { Role } from './roles.ts'
import { NOW, PASSWORD, Stage, scope } from './stage.ts'
import { succeedOrganisation } from './succession.ts'

const publicUrl = 'https://silian.example'
let db: TestDatabase
let stage: Stage
let auth: Auth
beforeAll(async () => {
  db = await testDatabase()
  stage = await new Stage(db).set()
  auth = new Auth({ database: db.app, vault: stage.vault, secrets: db.secrets, publicUrl })
})
afterAll(() => db.close())

let addresses = 0
const address = () => `10.0.${addresses >> 8}.${addresses++ & 255}`
const attempt = (username: string, password = PASSWORD, more: { at?: Date; address?: string } = {}) =>
  auth.signIn({ username, password, address: address(), requestId: 'r', ...more })

/** Signs in and gives what a browser would send. */
async function cookieOf(username: string): Promise<string> {
  const result = await attempt(username)
  if (!result.ok) throw new Error(result.code)
  return result.value.cookies.map(line => line.split(';')[0]).join('; ')
}

const get = (cookie?: string, headers: Record<string, string> = {}) => ({
  method: 'GET',
  headers: { ...(cookie ? { cookie } : {}), ...headers },
})
const principal = async (cookie: string, programme = 'shenzhen', at = new Date()) => {
  const result = await auth.principalOf(get(cookie), programme, at)
  return result.ok ? result.value : result
}

describe('accounts', () => {
  it('have a username of their own, whatever its case and width, and a password that is not weak', async () => {
    const id = await stage.account('Zhang.San')
    const create = (input: object) =>
      db.app.write({ ...scope, programme: PLATFORM }, tx =>
        createAccount(tx, stage.vault, { username: 'li.si', password: PASSWORD, name: '李四', ...input }),
      )
    for (const username of ['zhang.san', 'ZHANG.SAN', ' ｚhang.san '])
      expect(await create({ username })).toEqual({ ok: false, code: 'account.taken', params: {} })
    for (const username of ['', 'a', '-a', 'a b', `a'b`, 'x'.repeat(65)])
      expect(await create({ username })).toEqual({ ok: false, code: 'account.username', params: {} })
    for (const password of ['', 'short12', 'x'.repeat(129), 'Li.Si'])
      expect(await create({ password })).toEqual({ ok: false, code: 'account.password', params: {} })
    expect(await create({ username: '12345678', password: '12345678' })).toMatchObject({
      code: 'account.password',
    })
    const rows = await db.owner<{ id: string; name: string; password: string }>(
      'select u.id, u.name, a.password from auth."user" u join auth.account a on a.user_id = u.id',
    )
    expect(rows.map(row => row.id)).toEqual([id])
    expect(rows[0]!.password).not.toContain(PASSWORD)
    expect(Buffer.from(rows[0]!.name, 'base64url').toString('utf8')).not.toContain('名字')
  })

  it('are one when two are made at once', async () => {
    const make = () =>
      db.app.write({ ...scope, programme: PLATFORM }, tx =>
        createAccount(tx, stage.vault, { username: 'at.once', password: PASSWORD, name: 'x' }),
      )
    const results = await Promise.all([make(), make(), make()])
    expect(results.filter(result => result.ok)).toHaveLength(1)
  })

  it('are not written from a programme', async () => {
    const write = db.app.write(scope, tx => closeAccount(tx, 'x'))
    await expect(write).rejects.toThrow('platform')
  })
})

describe('sign-in', () => {
  it('opens a session of twelve hours in a cookie scripts cannot read', async () => {
    const id = await stage.account('good')
    const result = await attempt('GOOD')
    expect(result).toMatchObject({ ok: true, value: { accountId: id } })
    if (!result.ok) return
    expect(result.value.cookies).toHaveLength(1)
    const line = result.value.cookies[0]!
    expect(line).toMatch(
      /^__Secure-silian\.session_token=[^;]+; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    const [session] = await db.owner<{ ip_address: string; hours: number }>(
      `select ip_address, extract(epoch from expires_at - created_at) / 3600 as hours from auth.session where user_id = $1`,
      [id],
    )
    expect(Number(session!.hours)).toBeCloseTo(12, 3)
    expect(session!.ip_address).toBe('')
    expect(
      await db.owner(`select action, actor_id, programme_id from access_audit where subject_id = $1`, [id]),
    ).toEqual([{ action: 'account.sign_in', actor_id: id, programme_id: 'platform' }])
  })

  it('without https has a plain cookie', async () => {
    await stage.account('plain')
    const local = new Auth({
      database: db.app,
      vault: stage.vault,
      secrets: db.secrets,
      publicUrl: 'http://127.0.0.1:8320',
    })
    const result = await local.signIn({
      username: 'plain',
      password: PASSWORD,
      address: address(),
      requestId: 'r',
    })
    expect(result.ok && result.value.cookies[0]).toMatch(
      /^silian\.session_token=[^;]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/,
    )
  })

  it('answers the same for an unknown name, a wrong password and one too long', async () => {
    await stage.account('known')
    const wrong = { ok: false, code: 'sign_in.wrong', params: {} }
    for (const [name, password] of [
      ['known', 'not the password'],
      ['known', ''],
      ['known', 'x'.repeat(200)],
      ['unknown', 'not the password'],
      ['', PASSWORD],
      [`'; drop table auth.session; --`, PASSWORD],
      ['x'.repeat(500), PASSWORD],
    ] as const)
      expect(await attempt(name, password)).toEqual(wrong)
  })

  it('takes as long for an unknown name as for a wrong password', async () => {
    await stage.account('timed')
    const time = async (prefix: string) => {
      const times: number[] = []
      for (let i = 0; i < 4; i++) {
        // of this process: others beside it take their turns and change nothing
        const begin = process.cpuUsage()
        await attempt(prefix, 'not the password')
        const { user, system } = process.cpuUsage(begin)
        times.push(user + system)
      }
      return Math.min(...times)
    }
    const [known, unknown] = [await time('timed'), await time('untimed')]
    expect(unknown).toBeGreaterThan(known / 3)
    expect(known).toBeGreaterThan(unknown / 3)
  })

  it('is refused after five failures for fifteen minutes, with the right password too, known or not', async () => {
    await stage.account('locked')
    const at = (minute: number) => ({ at: new Date(NOW.getTime() + minute * 60_000) })
    const locked = { ok: false, code: 'sign_in.locked', params: { minutes: 15 } }
    for (const name of ['locked', 'nobody'])
      for (let i = 0; i < 5; i++)
        expect(await attempt(name, 'bad', at(i))).toMatchObject({ code: 'sign_in.wrong' })
    for (const name of ['locked', 'nobody', 'LOCKED ']) {
      expect(await attempt(name, PASSWORD, at(5))).toEqual(locked)
      expect(await attempt(name, PASSWORD, at(18))).toEqual(locked)
    }
    expect(await attempt('nobody', PASSWORD, at(19))).toMatchObject({ code: 'sign_in.wrong' })
    expect(await attempt('locked', PASSWORD, at(19))).toMatchObject({ ok: true })
    // the count begins anew after a success
    for (let i = 0; i < 4; i++) await attempt('locked', 'bad', at(20))
    expect(await attempt('locked', PASSWORD, at(20))).toMatchObject({ ok: true })
  })

  it('counts fifty at once exactly', async () => {
    await stage.account('crowd')
    const results = await Promise.all(Array.from({ length: 50 }, () => attempt('crowd', 'bad')))
    const codes = results.map(result => (result.ok ? 'ok' : result.code))
    expect(codes.filter(code => code === 'sign_in.wrong')).toHaveLength(5)
    expect(codes.filter(code => code === 'sign_in.locked')).toHaveLength(45)
    const [last] = await db.owner('select failures, refused from auth.attempt order by refused desc limit 1')
    expect(last).toEqual({ failures: 5, refused: 45 })
  })

  it('is refused to an address that tries many names', async () => {
    await stage.account('neighbour')
    const office = { address: '192.0.2.7' }
    expect(await attempt('neighbour', PASSWORD, office)).toMatchObject({ ok: true })
    const tries = await Promise.all(Array.from({ length: 50 }, (_, i) => attempt(`guess${i}`, '', office)))
    expect(tries.every(result => !result.ok && result.code === 'sign_in.wrong')).toBe(true)
    expect(await attempt('neighbour', PASSWORD, office)).toMatchObject({ code: 'sign_in.locked' })
    expect(await attempt('neighbour', PASSWORD, { address: '192.0.2.8' })).toMatchObject({ ok: true })
  })

  it('has no carrier for one-time codes', async () => {
    expect(await noCodes.send('13812341234', '123456')).toEqual({
      ok: false,
      code: 'codes.unavailable',
      params: {},
    })
  })
})

describe('a session', () => {
  it('tells who asks until twelve hours have passed', async () => {
    const id = await stage.account('session')
    const cookie = await cookieOf('session')
    const person = { kind: 'person', id, programme: 'shenzhen', roles: [] }
    expect(await principal(cookie)).toEqual(person)
    const hours = (n: number) => new Date(Date.now() + n * 3_600_000)
    expect(await principal(cookie, 'shenzhen', hours(11.9))).toEqual(person)
    expect(await principal(cookie, 'shenzhen', hours(12.1))).toMatchObject({ kind: 'public', id: 'public' })
  })

  it('is nobody’s when the cookie was changed, made elsewhere, or is missing', async () => {
    await stage.account('forger')
    const cookie = await cookieOf('forger')
    const [name, value] = cookie.split('=') as [string, string]
    for (const forged of [
      '',
      `${name}=`,
      `${name}=${value.slice(0, 20)}`,
      `${name}=x${value}`,
      `${name}=${value.replace('.', 'x.')}`,
      cookie.replace('__Secure-', ''),
    ])
      expect(await principal(forged)).toEqual({
        kind: 'public',
        id: 'public',
        programme: 'shenzhen',
        roles: [],
      })
  })

  it('ends with sign-out, on the server too, and only for the one signed out', async () => {
    const id = await stage.account('leaver')
    const [cookie, other] = [await cookieOf('leaver'), await cookieOf('leaver')]
    const request = { method: 'POST', headers: { cookie, origin: publicUrl } }
    expect(
      await auth.signOut({ ...request, headers: { cookie, origin: 'https://evil.example' } }, 'r'),
    ).toMatchObject({
      code: 'request.foreign_origin',
    })
    expect(await principal(cookie)).toMatchObject({ kind: 'person', id })
    const out = await auth.signOut(request, 'r')
    expect(out.ok && out.value.cookies.find(line => line.includes('session_token'))).toMatch(/=; Max-Age=0/)
    expect(await principal(cookie)).toMatchObject({ kind: 'public' })
    expect(await principal(other)).toMatchObject({ kind: 'person', id })
    expect(await auth.signOut(request, 'r')).toMatchObject({ ok: true })
    const actions = await db.owner<{ action: string }>(
      'select action from access_audit where subject_id = $1 order by id',
      [id],
    )
    expect(actions.map(row => row.action)).toEqual(['account.sign_in', 'account.sign_in', 'account.sign_out'])
  })

  it('ends with another password and with the account', async () => {
    const id = await stage.account('changer')
    const platform = { ...scope, programme: PLATFORM }
    const first = await cookieOf('changer')
    expect(await db.app.write(platform, tx => setPassword(tx, id, 'short'))).toMatchObject({
      code: 'account.password',
    })
    expect(await db.app.write(platform, tx => setPassword(tx, id, 'another password'))).toMatchObject({
      ok: true,
    })
    expect(await principal(first)).toMatchObject({ kind: 'public' })
    expect(await attempt('changer')).toMatchObject({ code: 'sign_in.wrong' })
    expect(await attempt('changer', 'another password')).toMatchObject({ ok: true })
    expect(await db.app.write(platform, tx => closeAccount(tx, id))).toMatchObject({ ok: true })
    expect(await attempt('changer', 'another password')).toMatchObject({ code: 'sign_in.wrong' })
    expect(await db.owner('select 1 from auth.session where user_id = $1', [id])).toEqual([])
    expect(await db.app.write(platform, tx => closeAccount(tx, 'nobody'))).toMatchObject({
      code: 'account.not_found',
    })
  })

  it('may change nothing when another site sends it', async () => {
    await stage.account('victim')
    const cookie = await cookieOf('victim')
    const post = (headers: Record<string, string>) =>
      auth.principalOf(
        { method: 'POST', headers: { cookie, host: 'silian.example', ...headers } },
        'shenzhen',
      )
    expect(await post({ origin: 'https://evil.example' })).toEqual({
      ok: false,
      code: 'request.foreign_origin',
      params: {},
    })
    expect(await post({})).toMatchObject({ code: 'request.foreign_origin' })
    expect(await post({ origin: publicUrl })).toMatchObject({ ok: true })
    expect(await post({ 'x-silian-request': '1' })).toMatchObject({ ok: true })
  })
})

describe('a principal', () => {
  const grant = (memberId: string, role: Role, more: object) =>
    stage.write(tx => grantRole(tx, { memberId, role, ...more }))

  it('has the roles valid at the moment, with their organisation and area', async () => {
    const id = await stage.account('worker')
    const memberId = await stage.member(id)
    const organisationId = await stage.organisation('principal.county')
    await grant(memberId, 'county_officer', { organisationId })
    await grant(memberId, 'auditor', { organisationId, areaCode: '451000' })
    await grant(memberId, 'citizen', { validFrom: new Date('2030-01-01T00:00:00Z') })
    await grant(memberId, 'buyer', { organisationId, validTo: new Date('2026-01-06T00:00:00Z') })
    const cookie = await cookieOf('worker')
    expect(await principal(cookie)).toEqual({
      kind: 'person',
      id,
      memberId,
      programme: 'shenzhen',
      roles: [
        { role: 'auditor', organisationId, areaPath: '45/4510' },
        { role: 'county_officer', organisationId, areaPath: '45/4510/451028' },
      ],
    })
    expect(await principal(cookie, 'beijing')).toEqual({
      kind: 'person',
      id,
      programme: 'beijing',
      roles: [],
    })
  })

  it('loses what has ended: the role, the organisation, the membership', async () => {
    const id = await stage.account('former')
    const memberId = await stage.member(id)
    const [a, b] = [await stage.organisation('former.a'), await stage.organisation('former.b')]
    const { id: roleId } = await grant(memberId, 'buyer', { organisationId: a })
    await grant(memberId, 'approver', { organisationId: b })
    await grant(memberId, 'security_admin', {})
    const cookie = await cookieOf('former')
    const held = async () => {
      const result = await principal(cookie)
      return 'roles' in result ? result.roles.map(role => role.role) : result
    }
    expect(await held()).toEqual(['approver', 'buyer', 'security_admin'])
    await stage.write(tx => endRole(tx, roleId))
    expect(await held()).toEqual(['approver', 'security_admin'])
    await stage.write(tx => succeedOrganisation(tx, { kind: 'close', id: b }))
    expect(await held()).toEqual(['security_admin'])
    // also where the role itself was left open
    await db.owner('update membership set valid_to = null where member_id = $1', [memberId])
    expect(await held()).toEqual(['buyer', 'security_admin'])
    await stage.write(tx => closeMember(tx, memberId))
    expect(await principal(cookie)).toEqual({ kind: 'person', id, programme: 'shenzhen', roles: [] })
  })

  it('takes its roles along to a merged organisation', async () => {
    const memberId = await stage.member(await stage.account('merged'))
    const [from, into] = [
      await stage.organisation('merged.from'),
      await stage.organisation('merged.into', { areaCode: '451022' }),
    ]
    await grant(memberId, 'buyer', { organisationId: from })
    await stage.write(tx => succeedOrganisation(tx, { kind: 'merge', ids: [from], into }))
    expect(await principal(await cookieOf('merged'))).toMatchObject({
      roles: [{ role: 'buyer', organisationId: into, areaPath: '45/4510/451022', mergedIds: [from] }],
    })
  })
})

describe('me', () => {
  it('is the account with its programmes and roles', async () => {
    const id = await stage.account('myself')
    const [here, there] = [await stage.member(id), await stage.member(id, 'beijing')]
    const organisationId = await stage.organisation('me.coop', { nameZh: '示范合作社', nameEn: 'Coop' })
    await stage.write(tx => grantRole(tx, { memberId: here, role: 'coop_clerk', organisationId }))
    const cookie = await cookieOf('myself')
    expect(await auth.me(get(cookie))).toEqual({
      account: { id, username: 'myself', name: 'myself 的名字' },
      programmes: [
        { id: 'beijing', nameZh: 'beijing 示范', nameEn: 'beijing', demo: true, memberId: there, roles: [] },
        {
          id: 'shenzhen',
          nameZh: 'shenzhen 示范',
          nameEn: 'shenzhen',
          demo: true,
          memberId: here,
          roles: [
            {
              role: 'coop_clerk',
              organisation: { id: organisationId, type: 'cooperative', nameZh: '示范合作社', nameEn: 'Coop' },
              areaCode: '451028',
              areaPath: '45/4510/451028',
            },
          ],
        },
      ],
    })
    const nobody = { account: null, programmes: [] }
    expect(await auth.me(get())).toEqual(nobody)
    expect(await auth.me(get(cookie), new Date(Date.now() + 13 * 3_600_000))).toEqual(nobody)
  })
})
