import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import {
  attemptSubject,
  forgetTries,
  neighbourhood,
  perUsername,
  returnTry,
  sweepTries,
  takeTry,
} from './lockout.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const at = (minute: number) => new Date(Date.UTC(2026, 0, 5, 1, minute))
const subjectOf = (name: string) => attemptSubject(db.secrets.indexKey, 'username', name)
const take = (name: string, minute: number) => takeTry(db.app.pool, subjectOf(name), perUsername, at(minute))
const row = async (name: string) =>
  (
    await db.owner('select failures, refused, since, locked_until from auth.attempt where subject = $1', [
      subjectOf(name),
    ])
  )[0]

describe('an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8::2:3:4:5:6', '2001:db8:0:2'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s counts as %s', (address, counted) => {
    expect(neighbourhood(address)).toBe(counted)
  })
})

describe('tries', () => {
  it('are five in fifteen minutes, then none for fifteen', async () => {
    for (const minute of [0, 1, 2, 3, 4]) expect(await take('a', minute)).toBe(true)
    expect(await row('a')).toEqual({ failures: 5, refused: 0, since: at(0), locked_until: at(19) })
    for (const minute of [4, 5, 18]) expect(await take('a', minute)).toBe(false)
    expect(await row('a')).toEqual({ failures: 5, refused: 3, since: at(0), locked_until: at(19) })
    expect(await take('a', 19)).toBe(true)
    expect(await row('a')).toEqual({ failures: 1, refused: 0, since: at(19), locked_until: null })
  })

  it('are counted anew when the window has passed', async () => {
    for (const minute of [0, 1, 2, 3]) expect(await take('b', minute)).toBe(true)
    for (const minute of [15, 16, 17, 18]) expect(await take('b', minute)).toBe(true)
    expect(await row('b')).toEqual({ failures: 4, refused: 0, since: at(15), locked_until: null })
  })

  it('are counted exactly when fifty come at once', async () => {
    const admitted = await Promise.all(Array.from({ length: 50 }, () => take('c', 0)))
    expect(admitted.filter(Boolean)).toHaveLength(5)
    expect(await row('c')).toEqual({ failures: 5, refused: 45, since: at(0), locked_until: at(15) })
  })

  it('are forgotten after a success, by name whole, by address one', async () => {
    for (const minute of [0, 1, 2, 3, 4]) await take('d', minute)
    await returnTry(db.app.pool, subjectOf('d'), perUsername)
    expect(await row('d')).toMatchObject({ failures: 4, locked_until: null })
    expect(await take('d', 5)).toBe(true)
    await forgetTries(db.app.pool, subjectOf('d'))
    expect(await row('d')).toBeUndefined()
  })

  it('are swept once they can lock nobody', async () => {
    await db.owner('delete from auth.attempt')
    await take('old', 0)
    await take('new', 20)
    expect(await sweepTries(db.app.pool, at(40))).toBe(1)
    expect(await row('old')).toBeUndefined()
    expect(await row('new')).toBeDefined()
  })

  it('keep no name: one subject per kind and text, by key', () => {
    expect(subjectOf('a')).toHaveLength(32)
    expect(subjectOf('a').equals(attemptSubject(db.secrets.indexKey, 'address', 'a'))).toBe(false)
    expect(subjectOf('a').equals(attemptSubject(Buffer.alloc(32).toString('base64'), 'username', 'a'))).toBe(
      false,
    )
  })
})
