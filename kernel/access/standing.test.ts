import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { PLATFORM } from './accounts.ts'
import { Auth } from './auth.ts'
import { grantRole } from './members.ts'
import { ShownOnce } from './shown-once.ts'
import { PASSWORD, Stage, scope } from './stage.ts'
import { checkOwned, giveOneTimePassword, lockAccount, unlockAccount } from './standing.ts'

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

const platform = { ...scope, programme: PLATFORM }
const signIn = async (username: string, password = PASSWORD, newPassword?: string, at = scope.at!) => {
  const named = { username, password, address: `10.9.0.${tries++ % 250}`, requestId: 'r', at }
  const result = await auth.signIn(newPassword === undefined ? named : { ...named, newPassword })
  return result.ok ? 'in' : result.code
}
let tries = 0
const sessions = async (id: string) =>
  (await db.owner('select 1 from auth.session where user_id = $1', [id])).length

describe('a locked account', () => {
  it('is opened by nobody, not even beside the lock, until it is unlocked', async () => {
    const id = await stage.account('locked')
    await Promise.all([
      db.app.write(platform, tx => lockAccount(tx, id)),
      ...[1, 2, 3].map(() => signIn('locked')),
    ])
    expect([await signIn('locked'), await sessions(id)]).toEqual(['sign_in.barred', 0])
    expect(await signIn('locked', 'not the password')).toBe('sign_in.wrong')
    expect(await db.app.write(platform, tx => lockAccount(tx, id))).toMatchObject({
      code: 'account.locked_already',
    })
    expect(await db.app.write(platform, tx => unlockAccount(tx, id))).toMatchObject({ ok: true })
    expect(await db.app.write(platform, tx => unlockAccount(tx, id))).toMatchObject({
      code: 'account.not_locked',
    })
    expect(await signIn('locked')).toBe('in')
  })

  it('is one that there is, and is locked in the platform', async () => {
    for (const change of [lockAccount, unlockAccount])
      expect(await db.app.write(platform, tx => change(tx, 'nobody'))).toMatchObject({
        code: 'account.not_found',
      })
    await expect(db.app.write(scope, tx => lockAccount(tx, 'x'))).rejects.toThrow('platform')
  })
})

describe('a password that was given', () => {
  it('opens the account once, to set another, and then no more', async () => {
    const id = await stage.account('invited')
    const given = await db.app.write(platform, tx => giveOneTimePassword(tx, id, 'abcd-efgh-jkmn'))
    expect(given.ok).toBe(true)
    expect(await signIn('invited')).toBe('sign_in.wrong')
    expect([await signIn('invited', 'abcd-efgh-jkmn'), await sessions(id)]).toEqual([
      'sign_in.password_due',
      0,
    ])
    expect(await signIn('invited', 'abcd-efgh-jkmn', 'short')).toBe('account.password')
    expect(await signIn('invited', 'abcd-efgh-jkmn', 'abcd-efgh-jkmn')).toBe('account.password')
    expect(await signIn('invited', 'abcd-efgh-jkmn', 'one of my own')).toBe('in')
    expect(await sessions(id)).toBe(1)
    expect(await signIn('invited', 'abcd-efgh-jkmn')).toBe('sign_in.wrong')
    expect(await signIn('invited', 'one of my own')).toBe('in')
    const audited = await db.owner<{ action: string }>(
      `select action from access_audit where subject_id = $1 order by id`,
      [id],
    )
    expect(audited.map(({ action }) => action)).toEqual([
      'account.password',
      'account.sign_in',
      'account.sign_in',
    ])
  })

  it('is of no use after seven days', async () => {
    const id = await stage.account('late')
    await db.app.write(platform, tx => giveOneTimePassword(tx, id, 'abcd-efgh-jkmn'))
    const day = (n: number) => new Date(scope.at!.getTime() + n * 86_400_000)
    expect(await signIn('late', 'abcd-efgh-jkmn', undefined, day(6))).toBe('sign_in.password_due')
    expect(await signIn('late', 'abcd-efgh-jkmn', 'one of my own', day(7))).toBe('sign_in.expired')
    expect(await sessions(id)).toBe(0)
  })
})

describe('an account of several programmes, or of an administrator', () => {
  it("is not one programme's alone to change", async () => {
    const shared = await stage.account('shared')
    for (const programme of ['shenzhen', 'beijing']) await stage.member(shared, programme)
    const admin = await stage.account('admin')
    const memberId = await stage.member(admin)
    await stage.write(tx => grantRole(tx, { memberId, role: 'audit_admin' }))
    const check = (id: string, guarded: boolean) => db.app.read(scope, tx => checkOwned(tx, id, { guarded }))
    expect(await check(shared, false)).toMatchObject({ code: 'account.shared' })
    expect(await check(admin, true)).toMatchObject({ code: 'account.administrator' })
    expect(await check(admin, false)).toMatchObject({ ok: true })
  })
})

describe('what is shown once', () => {
  it("follows from the command's key, its actor, programme and purpose, and from nothing that is kept", () => {
    const of = (key: string, purpose: 'client' | 'password' = 'client', actor = 'a') =>
      new ShownOnce(stage.vault, { programme: 'shenzhen', actor }, purpose, key)
    expect(of('k').secret()).toMatch(/^sln_[\w-]{43}$/)
    expect(of('k').secret()).toBe(of('k').secret())
    expect(of('k').password()).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
    const all = [of('k'), of('l'), of('k', 'password'), of('k', 'client', 'b')].map(each => each.secret())
    expect(new Set(all).size).toBe(4)
  })
})
