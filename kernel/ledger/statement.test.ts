import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../ids/ids.ts'
import { must } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { entry, move, Stage } from './stage.ts'
import { openHolds, type Statement, statement, statementLines } from './statement.ts'

let db: TestDatabase
let s: Stage
const day = (n: number, time = '00:00') => new Date(`2026-03-${String(n).padStart(2, '0')}T${time}:00Z`)
const ids = Array.from({ length: 8 }, () => newId())

beforeAll(async () => {
  db = await testDatabase()
  s = new Stage(db.app, 'book', day(1))
  await s.accounts({ till: 100 })
  // two at one moment, one exactly on each border, one told later of an earlier day
  const days = [day(2), day(3), day(3), day(4, '12:00'), day(5), day(6), day(9)]
  await s.post(...days.map((at, n) => move('world', 'till', 2 ** n, { id: ids[n]!, at, subject: `s${n}` })))
  await s.post(move('till', 'world', 50, { id: ids[7]!, at: day(4) }))
})
afterAll(() => db.close())

const read = (from: Date, to: Date, limit = 100, after?: string) =>
  s.read(tx => statement(tx, 'till', from, to, { limit, after })).then(must)
const lines = ({ lines: all }: Statement) => all.map(l => [ids.indexOf(l.entry), l.amount, l.balance])

it('carries the opening balance line by line to the closing one, the end of the period excluded', async () => {
  const march = await read(day(2), day(6))
  expect([march.unit, march.opening, march.closing, march.next]).toEqual(['fen', 100, 81, undefined])
  expect([march.received, march.given]).toEqual([31, 50])
  expect(lines(march)).toEqual([
    [0, 1, 101],
    [1, 2, 103],
    [2, 4, 107],
    [7, -50, 57],
    [3, 8, 65],
    [4, 16, 81],
  ])
})

it('pages by key, each page going on where the other ended, balances included', async () => {
  const whole = await read(day(1), day(30))
  expect([whole.opening, whole.closing]).toEqual([0, 177])
  const pages: Statement[] = []
  for (let after: string | undefined, n = 0; n < 9; n += 1) {
    const page = await read(day(1), day(30), 2, after)
    pages.push(page)
    after = page.next
    if (!after) break
  }
  expect(pages.map(p => p.lines.length)).toEqual([2, 2, 2, 2, 1])
  expect(pages.flatMap(p => p.lines)).toEqual(whole.lines)
  expect(pages.map(p => [p.opening, p.closing])).toEqual(pages.map(() => [0, 177]))
})

it('gives all lines of a period at once, as its pages do', async () => {
  const { lines: paged } = await read(day(2), day(6))
  const whole = await s.read(tx => Array.fromAsync(statementLines(tx, 'till', day(2), day(6), 100)))
  expect(whole).toEqual(paged)
})

it('tells what is held, the oldest first, and not what was given back', async () => {
  const [first, second, gone] = [newId(), newId(), newId()]
  const hold = (id: string, at: Date, amount: number) =>
    s.post(entry([], { at, subject: 'order', holds: [{ id, account: 'till', amount }] }))
  await hold(second, day(11), 20)
  await hold(first, day(10), 5)
  await hold(gone, day(10), 7)
  await s.post(entry([], { releases: [{ hold: gone, amount: 7 }] }))
  const held = { kind: 'test', subject: 'order', expiresAt: null }
  expect(await s.read(tx => openHolds(tx, 'till', 9))).toEqual([
    { ...held, id: first, remaining: 5, at: day(10) },
    { ...held, id: second, remaining: 20, at: day(11) },
  ])
})

it('of a quiet period is its balance twice', async () => {
  expect(await read(day(7), day(8))).toEqual({
    account: 'till',
    unit: 'fen',
    opening: 113,
    closing: 113,
    received: 0,
    given: 0,
    lines: [],
    next: undefined,
  })
})

it('says what happened, and about what', async () => {
  const [line] = (await read(day(4, '12:00'), day(5))).lines
  expect(line).toEqual({
    entry: ids[3],
    no: 2,
    at: day(4, '12:00'),
    kind: 'test',
    subject: 's3',
    observed: false,
    amount: 8,
    balance: 65,
    undertaking: null,
  })
})

it('refuses an account it does not know and a cursor it did not give', async () => {
  const unknown = s.read(tx => statement(tx, 'nowhere', day(1), day(2), { limit: 9 }))
  expect(await unknown).toEqual({ ok: false, code: 'ledger.unknown_account', params: { account: 'nowhere' } })
  const cursor = s.read(tx => statement(tx, 'till', day(1), day(2), { limit: 9, after: 'x' }))
  expect(await cursor).toEqual({ ok: false, code: 'page.cursor', params: {} })
})
