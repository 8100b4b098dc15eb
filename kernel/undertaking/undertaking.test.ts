import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { newId } from '../ids/ids.ts'
import { reverse } from '../ledger/reverse.ts'
import { entry, Stage } from '../ledger/stage.ts'
import { must } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { startOf } from '../time/shanghai.ts'
import { checkUndertakings } from './check.ts'
import { type DueQuery, dueList } from './due.ts'
import { type Due, defineUndertaking, type Undertaking } from './kind.ts'
import { passTo, promisedTo } from './pass.ts'
import { progress } from './progress.ts'
import { settleState } from './settle.ts'
import { end, sign, signAll, succeed } from './undertaking.ts'

const purchase = defineUndertaking({
  kind: 'test.purchase',
  unit: 'fen',
  formula: z.object({ floorFen: z.number().int(), per: z.number().int().positive() }),
})
const callOff = defineUndertaking({
  kind: 'test.call_off',
  unit: 'fen',
  bound: 'ceiling',
  formula: z.object({}),
})
type Terms = { floorFen: number; per: number }

let db: TestDatabase
let count = 0
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const quarters: Due[] = ['03-31', '06-30', '09-30', '12-31'].map(day => ({
  dueOn: `2026-${day}`,
  amount: 100,
}))
const promise = (more: Partial<Undertaking<Terms>> = {}): Undertaking<Terms> => ({
  id: newId(),
  promisor: 'coop-1',
  promisee: 'household-1',
  formula: { floorFen: 300, per: 500 },
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  schedule: quarters,
  ...more,
})

/** A programme with an account to perform on, at the beginning of a day. */
async function begin(on = '2026-01-01') {
  const s = new Stage(db.app, `u${++count}`, startOf(on))
  await s.accounts({ paid: 'floor' })
  return s
}
const on = (s: Stage, day: string) => s.at(startOf(day).toISOString())
/** Performs an amount of an undertaking on a day. */
async function perform(s: Stage, undertaking: string, amount: number, day: string): Promise<string> {
  const done = entry(
    [
      { account: 'world', amount: -amount },
      { account: 'paid', amount, undertaking },
    ],
    { at: startOf(day) },
  )
  expect(await s.post(done)).toEqual([{ id: done.id, outcome: 'posted' }])
  return done.id
}
const signed = async (s: Stage, more: Partial<Undertaking<Terms>> = {}) => {
  const made = promise(more)
  await s.write(tx => sign(tx, purchase, made))
  return made.id
}
const list = (s: Stage, query: Omit<DueQuery, 'limit'> & { limit?: number }) =>
  s.read(tx => dueList(tx, { limit: 100, ...query })).then(must)
const states = (s: Stage) =>
  s.read(tx =>
    tx.query<{ id: string; state: string; end_reason: string | null }>(
      'select id, state, end_reason from undertaking order by signed_at, id',
    ),
  )

describe('signing', () => {
  it('keeps who promised what to whom by when', async () => {
    const s = await begin()
    const id = await signed(s)
    const [row] = await s.read(tx => tx.query('select * from undertaking'))
    expect(row).toEqual({
      programme_id: s.scope.programme,
      id,
      kind: 'test.purchase',
      promisor: 'coop-1',
      promisee: 'household-1',
      // no ids, here
      promisor_id: null,
      promisee_id: null,
      unit: 'fen',
      bound: 'floor',
      formula: { floorFen: 300, per: 500 },
      starts_on: '2026-01-01',
      ends_on: '2026-12-31',
      state: 'open',
      predecessor: null,
      signed_at: s.scope.at,
      ended_at: null,
      end_reason: null,
    })
  })

  it('refuses a wrong formula, a wrong schedule and a used id, and leaves nothing of the others', async () => {
    const s = await begin()
    const used = promise()
    await s.write(tx => sign(tx, purchase, used))
    const wrong = promise({ formula: { floorFen: 1, per: 0 } })
    const late = promise({ schedule: [{ dueOn: '2027-01-01', amount: 1 }] })
    for (const [bad, refusal] of [
      [wrong, { code: 'undertaking.formula', params: { id: wrong.id, field: 'per' } }],
      [late, { code: 'undertaking.schedule', params: { id: late.id } }],
      [used, { code: 'undertaking.exists', params: { id: used.id } }],
    ] as const)
      await expect(s.write(tx => signAll(tx, purchase, [promise(), bad]))).rejects.toMatchObject({ refusal })
    const twice = promise()
    await expect(s.write(tx => signAll(tx, purchase, [twice, twice]))).rejects.toMatchObject({
      refusal: { code: 'undertaking.exists', params: { id: twice.id } },
    })
    expect((await states(s)).map(u => u.id)).toEqual([used.id])
  })

  it('lets no posting cite an undertaking that is not there', async () => {
    const s = await begin()
    const cited = entry([
      { account: 'world', amount: -1 },
      { account: 'paid', amount: 1, undertaking: newId() },
    ])
    await expect(s.post(cited)).rejects.toMatchObject({ code: '23503' })
    expect(await s.standing('paid')).toEqual([[0, 0]])
  })
})

describe('progress', () => {
  it('is promised against done of many at once, over 100 % included, taken back by reversal', async () => {
    const s = await begin()
    const ids = [await signed(s), await signed(s), await signed(s)] as const
    await perform(s, ids[0], 424, '2026-05-01')
    const back = await perform(s, ids[1], 150, '2026-02-01')
    await perform(s, ids[1], 80, '2026-03-31')
    await on(s, '2026-06-01').write(tx => reverse(tx, back, newId()))
    const at = (day: string) => s.read(tx => progress(tx, [...ids, newId()], day))
    const june = await at('2026-06-30')
    const figures = { unit: 'fen', state: 'open', bound: 'floor', promised: 400, due: 100 }
    expect([...june.values()]).toEqual([
      { id: ids[0], ...figures, done: 424, standing: 'kept' },
      { id: ids[1], ...figures, done: 80, standing: 'overdue' },
      { id: ids[2], ...figures, done: 0, standing: 'overdue' },
    ])
    // the last day still counts, and what is due on it is not overdue
    expect((await at('2026-03-31')).get(ids[1])).toMatchObject({ due: 0, done: 230, standing: 'open' })
    expect((await at('2026-03-30')).get(ids[1])).toMatchObject({ due: 0, done: 150 })
  })

  it('is of the day of the transaction unless told', async () => {
    const s = await begin('2026-04-01')
    const id = await signed(s)
    expect((await s.read(tx => progress(tx, [id]))).get(id)).toMatchObject({ due: 100, standing: 'overdue' })
  })

  it('of a ceiling shows what exceeds it', async () => {
    const s = await begin()
    const made = { ...promise(), formula: {} }
    await s.write(tx => sign(tx, callOff, made))
    await perform(s, made.id, 401, '2026-02-01')
    expect((await s.read(tx => progress(tx, [made.id]))).get(made.id)?.done).toBe(0)
    const later = await s.read(tx => progress(tx, [made.id], '2026-02-01'))
    expect(later.get(made.id)).toMatchObject({ bound: 'ceiling', standing: 'exceeded' })
  })

  it("shows nothing of another programme's", async () => {
    const [s, other] = [await begin(), await begin()]
    const id = await signed(s)
    expect((await other.read(tx => progress(tx, [id]))).size).toBe(0)
    expect((await list(other, { on: '2026-12-31' })).lines).toEqual([])
  })
})

describe('due list', () => {
  it('counts what was done against the earliest dues, and says done, overdue or open', async () => {
    const s = await begin()
    const id = await signed(s)
    await perform(s, id, 130, '2026-04-01')
    const { lines } = await list(s, { on: '2026-09-30', until: '2026-12-31' })
    expect(lines[0]).toEqual({
      undertaking: id,
      no: 1,
      kind: 'test.purchase',
      promisor: 'coop-1',
      promisee: 'household-1',
      unit: 'fen',
      dueOn: '2026-03-31',
      amount: 100,
      done: 100,
      state: 'done',
    })
    expect(lines.map(l => [l.no, l.done, l.state])).toEqual([
      [1, 100, 'done'],
      [2, 30, 'overdue'],
      [3, 0, 'open'],
      [4, 0, 'open'],
    ])
    const unmet = await list(s, { on: '2026-09-30', unmet: true })
    expect(unmet.lines.map(l => l.no)).toEqual([2, 3])
    const before = await list(s, { on: '2026-03-31' })
    expect(before.lines.map(l => [l.done, l.state])).toEqual([[0, 'open']])
  })

  it('is of a party on either side, of some kinds, and pages by key', async () => {
    const s = await begin()
    const mine = await signed(s, { promisor: 'me' })
    const owed = await signed(s, { promisee: 'me' })
    await signed(s)
    const query = { party: 'me', on: '2026-12-31' }
    const all = await list(s, query)
    expect(all.lines.map(l => l.undertaking)).toEqual([mine, owed, mine, owed, mine, owed, mine, owed])
    const first = await list(s, { ...query, limit: 5 })
    const second = await list(s, { ...query, limit: 5, after: first.next })
    expect([...first.lines, ...second.lines]).toEqual(all.lines)
    expect(second.next).toBeUndefined()
    expect((await list(s, { ...query, kinds: ['test.call_off'] })).lines).toEqual([])
    const strange = s.read(tx => dueList(tx, { ...query, limit: 5, after: 'x' }))
    expect(await strange).toEqual({ ok: false, code: 'page.cursor', params: {} })
  })
})

describe('a successor', () => {
  it('owes what is still owed, from its first day; the old figures stay', async () => {
    const s = await begin()
    const old = await signed(s)
    await perform(s, old, 130, '2026-04-01')
    const { schedule: _, ...heir } = promise({ promisor: 'coop-2', startsOn: '2026-07-15' })
    const july = on(s, '2026-07-15')
    await july.write(tx => succeed(tx, purchase, old, heir))
    const { lines } = await list(s, { on: '2026-12-31' })
    expect(lines.map(l => [l.undertaking, l.promisor, l.dueOn, l.amount])).toEqual([
      [heir.id, 'coop-2', '2026-07-15', 70],
      [heir.id, 'coop-2', '2026-09-30', 100],
      [heir.id, 'coop-2', '2026-12-31', 100],
    ])
    const both = await s.read(tx => progress(tx, [old, heir.id], '2026-12-31'))
    expect(both.get(old)).toMatchObject({ state: 'succeeded', promised: 400, done: 130 })
    expect(both.get(heir.id)).toMatchObject({ state: 'open', promised: 270, done: 0 })
    const [row] = await db.owner<{ predecessor: string }>(
      'select predecessor from undertaking where id = $1',
      [heir.id],
    )
    expect(row!.predecessor).toBe(old)
  })

  it('may promise another schedule, and there is only one, also at the same moment', async () => {
    const s = await begin()
    const old = await signed(s)
    const heirs = [promise({ schedule: [] }), promise({ schedule: [] })]
    const tries = await Promise.allSettled(heirs.map(heir => s.write(tx => succeed(tx, purchase, old, heir))))
    expect(tries.map(t => t.status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = tries.find(t => t.status === 'rejected')!
    expect(lost.reason.refusal).toEqual({
      ok: false,
      code: 'undertaking.not_open',
      params: { id: old, state: 'succeeded' },
    })
    expect((await states(s)).map(u => u.state).sort()).toEqual(['open', 'succeeded'])
  })

  it('that cannot be signed leaves the old one open', async () => {
    const s = await begin()
    const old = await signed(s)
    const bad = promise({ formula: { floorFen: 1, per: 0 } })
    await expect(s.write(tx => succeed(tx, purchase, old, bad))).rejects.toThrow('undertaking.formula')
    expect(await states(s)).toEqual([{ id: old, state: 'open', end_reason: null }])
  })
})

describe('ending', () => {
  it('takes an undertaking off the due list, once, for a reason', async () => {
    const s = await begin()
    const id = await signed(s)
    await s.write(tx => end(tx, id, 'household moved away'))
    expect(await states(s)).toEqual([{ id, state: 'ended', end_reason: 'household moved away' }])
    expect((await list(s, { on: '2026-12-31' })).lines).toEqual([])
    await expect(s.write(tx => end(tx, id, 'again'))).rejects.toMatchObject({
      refusal: { code: 'undertaking.not_open', params: { id, state: 'ended' } },
    })
    const none = newId()
    await expect(s.write(tx => end(tx, none, 'x'))).rejects.toMatchObject({
      refusal: { code: 'undertaking.unknown', params: { id: none } },
    })
  })
})

describe('kept or broken', () => {
  it('is decided after the last day by what was done up to it, at most once', async () => {
    const s = await begin()
    const [kept, late, running] = [
      await signed(s),
      await signed(s),
      await signed(s, { endsOn: '2027-06-30' }),
    ]
    const within = { ...promise(), formula: {} }
    await s.write(tx => sign(tx, callOff, within))
    await perform(s, kept, 424, '2026-12-31')
    await perform(s, late, 399, '2026-11-01')
    await perform(s, late, 1, '2027-01-01')
    await perform(s, within.id, 400, '2026-11-01')
    const settle = (day: string, limit = 10) => on(s, day).write(tx => settleState(tx, limit))
    expect(await settle('2026-12-31')).toEqual([])
    const year = await settle('2027-01-02')
    expect(year.map(u => [u.id, u.kind, u.state, u.promised, u.done])).toEqual([
      [kept, 'test.purchase', 'kept', 400, 424],
      [late, 'test.purchase', 'broken', 400, 399],
      [within.id, 'test.call_off', 'kept', 400, 400],
    ])
    expect(await settle('2027-01-02')).toEqual([])
    expect((await states(s)).find(u => u.id === running)?.state).toBe('open')
  })

  it('is decided once by many at once', async () => {
    const s = await begin()
    const made = Array.from({ length: 20 }, () => promise())
    await s.write(tx => signAll(tx, purchase, made))
    const after = on(s, '2027-01-01')
    const runs = await Promise.all([1, 2, 3, 4].map(() => after.write(tx => settleState(tx, 20))))
    expect(
      runs
        .flat()
        .map(u => u.id)
        .sort(),
    ).toEqual(made.map(u => u.id).sort())
  })
})

describe('grants and checks', () => {
  it('refuse to change what was promised', async () => {
    const s = await begin()
    await signed(s)
    for (const statement of [
      'update undertaking_due set amount = 1',
      'delete from undertaking_due',
      `update undertaking set formula = '{}'`,
      'delete from undertaking',
    ])
      await expect(s.write(tx => tx.query(statement))).rejects.toMatchObject({ code: '42501' })
  })

  it('find postings that cite an undertaking of another unit', async () => {
    const s = await begin()
    const id = await signed(s)
    await perform(s, id, 5, '2026-02-01')
    expect(await s.read(checkUndertakings)).toEqual([])
    const heads = { ...purchase, unit: 'head' }
    const cattle = promise()
    await s.write(tx => sign(tx, heads, cattle))
    const strange = await perform(s, cattle.id, 5, '2026-02-01')
    expect(await s.read(checkUndertakings)).toEqual([
      { entry: strange, no: 2, undertaking: cattle.id, unit: 'fen', promised: 'head' },
    ])
  })
})

describe('passing an undertaking to another promisee', () => {
  it('keeps the promise and what was done of it; what is over stays', async () => {
    const s = await begin()
    const [open, over, others] = [
      await signed(s),
      await signed(s),
      await signed(s, { promisee: 'household-3' }),
    ]
    await perform(s, open, 130, '2026-02-01')
    await s.write(tx => end(tx, over, 'by agreement'))
    const was = { id: open, promisor: 'coop-1', promisee: 'household-1' }
    expect(await s.write(tx => passTo(tx, ['household-1'], 'household-2'))).toEqual([was])
    expect(await s.write(tx => passTo(tx, ['household-1'], 'household-2'))).toEqual([])
    const promisees = await s.write(tx => promisedTo(tx, ['household-1', 'household-2', 'household-3']))
    expect(promisees.map(each => [each.id, each.promisee]).sort()).toEqual(
      [
        [open, 'household-2'],
        [others, 'household-3'],
      ].sort(),
    )
    await perform(s, open, 70, '2026-03-01')
    const done = await s.write(tx => progress(tx, [open], '2026-03-31'))
    expect(done.get(open)).toMatchObject({ state: 'open', promised: 400, done: 200 })
  })
})
