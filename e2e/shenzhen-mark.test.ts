import type { Reader } from '@silian/kernel/database/database.ts'
import type { Values } from '@silian/kernel/declared/columns.ts'
import { rolesNow } from '@silian/kernel/process/delegate.ts'
import { clock } from '@silian/kernel/process/desk.ts'
import { inbox } from '@silian/kernel/process/inbox.ts'
import { listPublicity } from '@silian/kernel/process/publicity.ts'
import { must } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { startOf } from '@silian/kernel/time/shanghai.ts'
import { composeKit, declaredProcesses, type Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ProcessDrive } from './process-drive.ts'
import { type SmallWorld, smallWorld } from './small-world.ts'

const mark = declaredProcesses.of('shenzhen_mark')
let db: TestDatabase
let kit: Whole
let world: SmallWorld
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit, { accounts: true })
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

const caseKit = () => ({ ...kit, processes: declaredProcesses })
const begin = async (): Promise<ProcessDrive> => {
  await db.owner('update process_case set once = null')
  return new ProcessDrive(kit, world)
}
const opened = async (d: ProcessDrive, form: object = {}): Promise<string> =>
  must(await d.open(mark, { about: world.id('mango'), form })).id
const step = async (d: ProcessDrive, id: string, more: Parameters<ProcessDrive['decide']>[1] = {}) =>
  d.decide((await d.tasks(id))[0]!, more)
const stateOf = async (d: ProcessDrive, id: string) => (await d.row(id)).state
const read = <T>(d: ProcessDrive, work: (tx: Reader) => Promise<T>): Promise<T> =>
  kit.app.read({ programme: world.programme, actor: 'system', at: startOf(d.day) }, work)

/** What the expert finds who signs in. */
const inboxOf = (d: ProcessDrive, memberId: string) =>
  read(d, async tx => {
    const roles = await rolesNow(tx, memberId)
    const actor = { account: 'an expert', memberId, holder: 'operator', roles, standsFor: [] }
    return (await inbox(tx, caseKit(), actor, { limit: 20, process: 'shenzhen_mark' })).items
  })

const items = ['records', 'inputs', 'testing', 'conformity', 'packing', 'storage']
const sheet = (...points: number[]): Values => Object.fromEntries(items.map((item, i) => [item, points[i]!]))
/** Sheets and their points in hundredths: by groups 40, 40 and 20 of a hundred. */
const five: readonly (readonly [Values, number])[] = [
  [sheet(20, 20, 15, 15, 10, 10), 100_00],
  [sheet(20, 10, 10, 10, 5, 5), 66_67],
  [sheet(20, 20, 15, 0, 10, 10), 80_00],
  [sheet(10, 10, 5, 5, 10, 5), 48_33],
  [sheet(20, 15, 15, 10, 9, 9), 86_33],
]
const scoreAll = async (d: ProcessDrive, id: string) => {
  for (const [i, seat] of (await d.tasks(id)).entries())
    must(await d.decide(seat, { outcome: 'submit', form: five[i]![0] }))
}
/** On the panel's table. */
const evaluated = async (d: ProcessDrive, selfScore = 85): Promise<string> => {
  const id = await opened(d, { selfScore })
  for (const outcome of ['invite', 'resubmit', 'pass']) must(await step(d, id, { outcome }))
  return id
}

describe('the application', () => {
  it('needs the promise, and goes to review when standard and self-score are filled in', async () => {
    const d = await begin()
    expect(await d.open(mark, { about: world.id('mango'), form: { promise: false } })).toMatchObject({
      code: 'shenzhen_mark.no_promise',
    })
    const id = await opened(d, { standard: null, selfScore: null })
    must(await step(d, id, { outcome: 'invite' }))
    expect(await step(d, id)).toEqual({
      ...{ ok: false, code: 'shenzhen_mark.incomplete', params: { missing: ['standard', 'selfScore'] } },
    })
    expect(await stateOf(d, id)).toBe('applied')
    must(await step(d, id, { form: { standard: 'T/SZS 0000-2025', selfScore: 85 } }))
    expect(await d.row(id)).toMatchObject({ state: 'documents', form: { selfScore: 85 } })
  })

  it('goes on from 60 points, and may be returned for correction', async () => {
    const d = await begin()
    const id = await opened(d)
    for (const outcome of ['invite', 'resubmit']) must(await step(d, id, { outcome }))
    const points = (ownTest: number) => ({ licences: 10, management: 10, standardMet: 20, ownTest })
    expect(await step(d, id, { outcome: 'pass', form: points(19) })).toEqual({
      ...{ ok: false, code: 'task.too_few_points', params: { points: 59_00, least: 60_00 } },
    })
    expect(await stateOf(d, id)).toBe('documents')
    must(await step(d, id, { outcome: 'return', form: points(19) }))
    expect(await stateOf(d, id)).toBe('returned')
    must(await step(d, id, { form: { specification: '5斤装' } }))
    must(await step(d, id, { outcome: 'pass', form: points(20) }))
    expect(await d.row(id)).toMatchObject({
      state: 'on_site',
      scores: { documents: 60_00 },
      form: { specification: '5斤装' },
    })
  })
})

describe('the five experts', () => {
  it('find it in their inboxes, and make the total of their sheets and the self-score', async () => {
    const d = await begin()
    const id = await evaluated(d)
    const seats = await d.tasks(id)
    const experts = ['expert', 'expert2', 'expert3', 'expert4', 'expert5'].map(e => world.id(`account ${e}`))
    const drawn = await db.owner<{ account_id: string }>('select account_id from member where id = any($1)', [
      seats.map(seat => seat.member_id),
    ])
    expect(drawn.map(row => row.account_id).sort()).toEqual(experts.sort())
    for (const seat of seats) {
      const mine = (await inboxOf(d, seat.member_id!)).filter(line => line.case === id)
      expect(mine).toMatchObject([{ id: seat.id, state: 'on_site', title: '百色芒果' }])
      expect(mine[0]!.form.map(({ name }) => name)).toEqual(items)
    }
    await scoreAll(d, id)
    const given = await db.owner<{ score: number }>(
      `select score from process_task where case_id = $1 and kind = 'seat' order by id`,
      [id],
    )
    expect(given.map(({ score }) => score)).toEqual(five.map(([, points]) => points))
    // 85 × 20 % + 76.266 × 80 %; not yet monitored
    expect(await d.row(id)).toMatchObject({ state: 'sample_test', scores: { on_site: 78_01 } })
    expect((await inboxOf(d, seats[0]!.member_id!)).filter(line => line.case === id)).toEqual([])
  })

  it('refuse it below 60 points', async () => {
    const d = await begin()
    const id = await evaluated(d, 99)
    for (const seat of await d.tasks(id)) must(await d.decide(seat, { form: sheet(10, 10, 7, 8, 5, 5) }))
    // 99 × 20 % + 50 × 80 %
    expect(await d.row(id)).toMatchObject({ state: 'refused', scores: { on_site: 59_80 } })
  })
})

describe('the licence', () => {
  const licensed = async (d: ProcessDrive): Promise<string> => {
    const id = await evaluated(d)
    await scoreAll(d, id)
    for (const outcome of ['pass', 'license']) must(await step(d, id, { outcome }))
    await d.pass(8)
    return id
  }
  const act = async (d: ProcessDrive, id: string, outcome: string) => {
    const role = ['renew', 'give_up'].includes(outcome) ? 'coop_clerk' : 'market_regulator'
    return d.decide((await d.tasks(id)).find(task => task.role === role)!, { outcome })
  }

  it('hangs out for seven days, and is then given for three years', async () => {
    const d = await begin()
    const id = await evaluated(d)
    await scoreAll(d, id)
    for (const outcome of ['pass', 'license']) must(await step(d, id, { outcome }))
    const { items: shown } = await read(d, tx => listPublicity(tx, caseKit(), clock, { limit: 20 }))
    expect(shown.filter(row => row.case === id)).toMatchObject([
      {
        ...{ process: 'shenzhen_mark', title: '百色芒果', from: '2025-10-09', to: '2025-10-16' },
        values: { specification: 'sample', baseName: 'sample', standard: 'T/SZS 0000-2025' },
      },
    ])
    await d.pass(7)
    expect(await d.row(id)).toMatchObject({ state: 'shown', valid_from: null })
    await d.pass(1)
    expect(await d.row(id)).toMatchObject({
      ...{ state: 'licensed', valid_from: '2025-10-17', valid_to: '2028-10-17' },
    })
  })

  it('is monitored each year, and renewed by a total that counts it', async () => {
    const d = await begin()
    const id = await licensed(d)
    await d.pass(364)
    expect(await stateOf(d, id)).toBe('licensed')
    await d.pass(1)
    expect(await stateOf(d, id)).toBe('monitoring')
    const points = { samples: 4, complaints: 2, priceKept: 1 }
    must(await step(d, id, { outcome: 'pass', form: points }))
    expect(await d.row(id)).toMatchObject({ state: 'licensed', valid_to: '2028-10-17' })
    must(await act(d, id, 'renew'))
    must(await step(d, id, { form: { selfScore: 90 } }))
    await scoreAll(d, id)
    // 90 × 20 % + 76.266 × 80 % + 7
    expect(await d.row(id)).toMatchObject({
      ...{ state: 'licensed', valid_from: '2026-10-17', valid_to: '2029-10-17' },
      scores: { documents: 100_00, on_site: 78_01, monitoring: 7_00, renewal: 86_01 },
    })
  })

  it('is suspended and restored within its term, runs out, and is withdrawn', async () => {
    const d = await begin()
    const id = await licensed(d)
    must(await act(d, id, 'suspend'))
    expect(await stateOf(d, id)).toBe('suspended')
    must(await act(d, id, 'restore'))
    expect(await d.row(id)).toMatchObject({ state: 'licensed', valid_to: '2028-10-17' })
    must(await act(d, id, 'suspend'))
    await d.pass(3 * 366)
    expect(await stateOf(d, id)).toBe('expired')
    const other = await begin()
    const second = await licensed(other)
    must(await act(other, second, 'withdraw'))
    expect(await stateOf(other, second)).toBe('withdrawn')
  })

  it('runs out at the end of its term, though a yearly check falls on that day', async () => {
    const d = await begin()
    const id = await licensed(d)
    for (const _year of [1, 2]) {
      await d.pass(365)
      must(await step(d, id, { outcome: 'pass' }))
    }
    await d.pass(365)
    expect(await d.row(id)).toMatchObject({ state: 'licensed', valid_to: '2028-10-17' })
    await d.pass(1)
    expect(await stateOf(d, id)).toBe('expired')
  })
})
