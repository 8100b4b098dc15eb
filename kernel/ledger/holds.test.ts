import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../ids/ids.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { expireHolds } from './holds.ts'
import { codes, entry, move, Stage } from './stage.ts'

let db: TestDatabase
let count = 0
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const at = (time: string) => new Date(`2026-03-01T${time}:00Z`)
/** A budget of 100 with 60 held until three. */
async function held() {
  const s = new Stage(db.app, `h${++count}`)
  await s.accounts({ budget: 100 })
  const hold = newId()
  const holds = [{ id: hold, account: 'budget', amount: 60, expiresAt: at('03:00') }]
  expect(codes(await s.post(entry([], { holds })))).toEqual(['posted'])
  return { s, hold }
}
const row = async (hold: string) => {
  const [found] = await db.owner<{ state: string; remaining: string }>(
    'select state, remaining from ledger_hold where id = $1',
    [hold],
  )
  return [found!.state, Number(found!.remaining)]
}

describe('a hold', () => {
  it('reserves: what is held cannot be spent or held again', async () => {
    const { s } = await held()
    const again = entry([], { holds: [{ id: newId(), account: 'budget', amount: 41 }] })
    expect(await s.post(move('budget', 'world', 41), again)).toMatchObject([
      { code: 'ledger.short', params: { account: 'budget', asked: 41, available: 40 } },
      { code: 'ledger.short', params: { account: 'budget', asked: 41, available: 40 } },
    ])
    expect(await s.standing('budget')).toEqual([[100, 60]])
  })

  it('is committed in parts, and the rest voided', async () => {
    const { s, hold } = await held()
    const commit = move('budget', 'world', 45, { releases: [{ hold, amount: 45 }] })
    expect(codes(await s.post(commit))).toEqual(['posted'])
    expect([await s.standing('budget'), await row(hold)]).toEqual([[[55, 15]], ['open', 15]])
    await s.post(entry([], { releases: [{ hold, amount: 15 }] }))
    expect([await s.standing('budget'), await row(hold)]).toEqual([[[55, 0]], ['voided', 0]])
  })

  it('is committed for less than was held, giving back the rest', async () => {
    const { s, hold } = await held()
    await s.post(move('budget', 'world', 52, { releases: [{ hold, amount: 60 }] }))
    expect([await s.standing('budget'), await row(hold)]).toEqual([[[48, 0]], ['committed', 0]])
  })

  it('gives back no more than remains of it', async () => {
    const { s, hold } = await held()
    const release = (amount: number) => entry([], { releases: [{ hold, amount }] })
    expect(await s.post(release(61), release(60), release(1))).toMatchObject([
      { code: 'ledger.hold_short', params: { hold, asked: 61, available: 60 } },
      { outcome: 'posted' },
      { code: 'ledger.hold_short', params: { hold, asked: 1, available: 0 } },
    ])
    const missing = newId()
    expect(await s.post(entry([], { releases: [{ hold: missing, amount: 1 }] }))).toMatchObject([
      { code: 'ledger.hold_missing', params: { hold: missing } },
    ])
  })

  it('may be made and released within one array, and its id serves once', async () => {
    const { s, hold } = await held()
    const id = newId()
    const make = () => entry([], { holds: [{ id, account: 'budget', amount: 10 }] })
    const outcomes = await s.post(
      make(),
      move('budget', 'world', 4, { releases: [{ hold: id, amount: 4 }] }),
      make(),
    )
    expect(codes(outcomes)).toEqual(['posted', 'posted', 'ledger.hold_exists'])
    expect(outcomes[2]).toMatchObject({ params: { hold: id } })
    expect([await row(id), await row(hold)]).toEqual([
      ['open', 6],
      ['open', 60],
    ])
    expect(await s.standing('budget')).toEqual([[96, 66]])
  })

  it('keeps the expiry it was made with, not that of a repeat in the same array', async () => {
    const { s } = await held()
    const id = newId()
    const make = (expiresAt?: Date) => entry([], { holds: [{ id, account: 'budget', amount: 1, expiresAt }] })
    await s.post(make(), make(at('02:00')))
    expect(await s.write(tx => expireHolds(tx, 10))).toEqual([])
    expect(codes(await s.post(entry([], { releases: [{ hold: id, amount: 1 }] })))).toEqual(['posted'])
  })
})

describe('expiry', () => {
  it('refuses a release from its very moment on, swept or not', async () => {
    const { s, hold } = await held()
    const commit = () => move('budget', 'world', 60, { releases: [{ hold, amount: 60 }] })
    const late = s.at('2026-03-01T03:00:00Z')
    const refusal = { outcome: 'refused', code: 'ledger.hold_expired', params: { hold } }
    expect(await late.post(commit())).toMatchObject([refusal])
    expect([await s.standing('budget'), await row(hold)]).toEqual([[[100, 60]], ['open', 60]])
    await late.write(tx => expireHolds(tx, 10))
    expect(await late.post(commit())).toMatchObject([refusal])
    // time is the transaction's: one that began before still finds it swept away
    expect(await s.post(commit())).toMatchObject([refusal])
    expect(await s.standing('budget')).toEqual([[100, 0]])
  })

  it('sweeps what is due, longest overdue first, a limited number at a time, once', async () => {
    const { s, hold } = await held()
    const [first, part, never] = [newId(), newId(), newId()]
    await s.post(
      entry([], { holds: [{ id: first, account: 'budget', amount: 5, expiresAt: at('02:30') }] }),
      entry([], { holds: [{ id: part, account: 'budget', amount: 5, expiresAt: at('02:40') }] }),
      entry([], { holds: [{ id: never, account: 'budget', amount: 5 }] }),
      move('budget', 'world', 2, { releases: [{ hold: part, amount: 2 }] }),
    )
    const late = s.at('2026-03-01T03:00:00Z')
    const sweep = (limit: number) => late.write(tx => expireHolds(tx, limit))
    expect(await s.write(tx => expireHolds(tx, 10))).toEqual([])
    expect(await sweep(1)).toEqual([{ id: first, account: 'budget', amount: 5 }])
    expect((await sweep(10)).sort((a, b) => b.amount - a.amount)).toEqual([
      { id: hold, account: 'budget', amount: 60 },
      { id: part, account: 'budget', amount: 3 },
    ])
    expect(await sweep(10)).toEqual([])
    expect(await s.standing('budget')).toEqual([[98, 5]])
    expect([await row(part), await row(never)]).toEqual([
      ['expired', 3],
      ['open', 5],
    ])
  })
})

describe('an overdrawn account', () => {
  it('honours holds as far as there is something left, then refuses them', async () => {
    const { s, hold } = await held()
    const other = newId()
    await s.post(
      entry([], { holds: [{ id: other, account: 'budget', amount: 40 }] }),
      move('budget', 'world', 30, { observed: true }),
    )
    expect(await s.standing('budget')).toEqual([[70, 100]])
    const commit = (id: string, amount: number) =>
      move('budget', 'world', amount, { releases: [{ hold: id, amount }] })
    expect(await s.post(commit(hold, 60), commit(other, 40), commit(other, 10))).toMatchObject([
      { outcome: 'posted' },
      { code: 'ledger.short', params: { account: 'budget', asked: 40, available: 10 } },
      { outcome: 'posted' },
    ])
    expect(await s.standing('budget')).toEqual([[0, 30]])
  })
})
