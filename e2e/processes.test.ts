import { processes } from '@silian/chains/declared.ts'
import { onlyActiveSuppliers } from '@silian/chains/settings.ts'
import { listOffer } from '@silian/chains/supply/catalogue/service.ts'
import { orderNumber as numberOf } from '@silian/chains/supply/orders/rules.ts'
import { words } from '@silian/chains/words.ts'
import { languages } from '@silian/kernel/declared/words.ts'
import { nextOf, type Process } from '@silian/kernel/process/define.ts'
import { processKeys } from '@silian/kernel/process/shape.ts'
import { must } from '@silian/kernel/result/result.ts'
import { changeSetting } from '@silian/kernel/settings/settings.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, declaredProcesses, type Whole } from '@silian/server/compose.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ProcessDrive } from './process-drive.ts'
import { everything, orderAt, sideOne } from './refusals/side.ts'
import { type SmallWorld, smallWorld, worldTime } from './small-world.ts'

let db: TestDatabase
let kit: Whole
let world: SmallWorld
let orderNumber: string
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit, { accounts: true })
  const order = await orderAt(kit, sideOne(world), 'shipped')
  orderNumber = numberOf(order, worldTime)
  // a base that lacks nothing
  await db.owner(`update base set gaps = '{}', operated_since = '2015-01-01', producing_since = '2016-01-01', land_until = '2040-01-01',
    soil_tested_on = '2025-01-01', water_tested_on = '2025-01-01', city_share = 6000, type = 'aquatic', licence = 'L', agreement = true,
    records = true, exit_permission = 'own_lab'`)
})
afterAll(() => db?.close())

/** What a process is about in the small world. */
const aboutOf = ({ about }: Process): { about?: string } =>
  about
    ? { about: world.id({ product: 'mango', household: 'h1' }[about.register] ?? 'base 451003901001') }
    : {}

const drive = async (): Promise<ProcessDrive> => {
  // each walk begins with nothing open
  await db.owner('update process_case set once = null')
  await db.owner('delete from erasure')
  const d = new ProcessDrive(kit, world)
  d.places = { ...d.places, orderNumber }
  return d
}
const opened = async (d: ProcessDrive, process: Process): Promise<string> =>
  must(await d.open(process, aboutOf(process))).id

describe.each(processes.map(process => [process.name, process] as const))('%s', (name, process) => {
  it('has all its words, and those of its refusals, in both languages', () => {
    for (const language of languages) {
      const said = words.of(language, name)
      expect(processKeys(process).filter(key => !said[key])).toEqual([])
    }
    expect(Object.keys(words.of('zh', name)).sort()).toEqual(Object.keys(words.of('en', name)).sort())
  })

  it('comes to something that stands, or to its end, where everybody passes it on', async () => {
    const d = await drive()
    const id = await opened(d, process)
    const state = await d.straight(id)
    expect(['standing', 'end']).toContain(process.states[state]!.kind)
  })

  it('never leaves what was declared, whoever decides what', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.nat(9), fc.nat(9), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 100 })),
          { maxLength: 15 },
        ),
        async steps => {
          const d = await drive()
          const id = await opened(d, process)
          for (const [which, way, points, days] of steps) {
            await d.pass(days)
            const open = await d.tasks(id)
            const task = open[which % Math.max(1, open.length)]
            if (!task) continue
            const ways = Object.keys(waysOf(process, task.state))
            await d.decide(task, {
              points: points / 2,
              ...(ways.length > 0 ? { outcome: ways[way % ways.length]! } : {}),
            })
          }
          const moves = await db.owner<{ from_state: string | null; to_state: string }>(
            'select from_state, to_state from process_move where case_id = $1 order by no',
            [id],
          )
          for (const { from_state, to_state } of moves)
            if (from_state)
              expect(nextOf(process.at(process.version).states[from_state]!)).toContain(to_state)
          expect((await d.row(id)).state).toBe(moves.at(-1)!.to_state)
        },
      ),
      { numRuns: 8 },
    )
  })
})

const waysOf = (process: Process, state: string): object => {
  const found = process.states[state]!
  return 'outcomes' in found ? found.outcomes : found.kind === 'standing' ? found.on : {}
}

describe('supplier entry', () => {
  const process = declaredProcesses.of('supplier_entry')
  const supplierOf = async () =>
    (
      await db.owner<{ state: string; version: number }>(
        'select * from supplier where organisation_id = $1',
        [world.id('coop')],
      )
    )[0]!
  const act = async (d: ProcessDrive, id: string, outcome: string) => {
    const tasks = await d.tasks(id)
    const results = await Promise.all(tasks.map(task => d.decide(task, { outcome })))
    expect(results.some(result => result.ok)).toBe(true)
  }

  it('admits with the certificates that run out; warned it sells, suspended it does not', async () => {
    const d = await drive()
    const id = must(await d.open(process, { form: { foodPermitTo: '2027-01-31' } })).id
    expect(await d.straight(id)).toBe('active')
    expect(await supplierOf()).toMatchObject({
      state: 'active',
      county_code: '451003',
      since: expect.any(String),
    })
    const certificates = await db.owner(
      'select c.kind, c.valid_to from supplier_certificate c join supplier s on s.id = c.supplier_id where s.organisation_id = $1 order by c.no',
      [world.id('coop')],
    )
    expect(certificates).toEqual([
      { kind: 'licence', valid_to: '2027-06-30' },
      { kind: 'food_permit', valid_to: '2027-01-31' },
    ])
    const reminders = await db.owner<{ name: string; fire_on: string }>(
      `select name, fire_on from process_timer where case_id = $1 and name like 'remind:food%' order by fire_on`,
      [id],
    )
    expect(reminders.map(({ fire_on }) => fire_on)).toEqual(['2026-11-02', '2027-01-01', '2027-01-24'])

    await world.write(tx =>
      changeSetting(tx, kit.recorder, 'operator', onlyActiveSuppliers, { version: 0, value: true }),
    )
    const offer = { specZh: '5斤装', specEn: '2.5 kg', perPiece: 2500, priceFen: 4000, shipDays: 7 as const }
    const list = () =>
      kit.app.write({ programme: world.programme, actor: 'coop' }, tx =>
        listOffer(tx, kit, everything(world.programme), {
          ...offer,
          productId: world.id('mango'),
          lotId: world.id('lot1'),
        }),
      )
    await act(d, id, 'warn')
    expect([(await supplierOf()).state, (await list()).ok]).toEqual(['warned', true])
    await act(d, id, 'suspend')
    expect((await supplierOf()).state).toBe('suspended')
    expect(await list()).toEqual({ ok: false, code: 'offer.supplier_not_active', params: {} })
    await act(d, id, 'restore')
    expect([(await supplierOf()).state, (await list()).ok]).toEqual(['active', true])
  })

  it('is refused without the promise, and cannot pass where a condition is not met', async () => {
    const d = await drive()
    expect(await d.open(process, { form: { promise: false } })).toMatchObject({
      code: 'supplier_entry.no_promise',
    })
    const id = must(await d.open(process)).id
    const [check] = await d.tasks(id)
    expect(await d.decide(check!, { form: { quality: false } })).toMatchObject({
      code: 'supplier_entry.not_met',
    })
    expect((await d.decide(check!, { outcome: 'return' })).ok).toBe(true)
    expect((await d.row(id)).state).toBe('returned')
  })
})

describe('product recognition', () => {
  const process = declaredProcesses.of('recognition')
  const productOf = async (name: string) =>
    (
      await db.owner<{ recognised_from: string; recognised_to: string }>(
        'select recognised_from, recognised_to from product where id = $1',
        [world.id(name)],
      )
    )[0]!

  it('recognises for the term of the listing, says so in a fact, and ends it when withdrawn', async () => {
    const d = await drive()
    const id = await opened(d, process)
    expect(await d.straight(id)).toBe('listed')
    const { valid_from, valid_to } = await d.row(id)
    const listed = await productOf('mango')
    expect([listed.recognised_from, listed.recognised_to < valid_to!]).toEqual([valid_from, true])
    const withdraw = (await d.tasks(id)).find(({ role }) => role === 'county_officer')!
    await d.pass(30)
    must(await d.decide(withdraw, { outcome: 'withdraw' }))
    const after = await productOf('mango')
    expect(after.recognised_from).toBe(valid_from)
    expect(after.recognised_to < d.day).toBe(true)
    const facts = await db.owner<{ type: string }>(
      `select type from fact where subject = $1 and type in ('product.recognised', 'product.withdrawn') order by id`,
      [world.id('mango')],
    )
    expect(facts.map(({ type }) => type).slice(-2)).toEqual(['product.recognised', 'product.withdrawn'])
  })

  it('is for a product there is, of the township’s county', async () => {
    const d = await drive()
    const about = { about: world.id('kiwi') }
    expect(await d.open(process, { ...about })).toMatchObject({ code: 'recognition.another_county' })
    expect(await d.open(process, { about: world.id('nothing') })).toMatchObject({
      code: 'subject.not_found',
    })
  })
})

describe('base recognition', () => {
  const process = declaredProcesses.of('base_recognition')
  const about = () => ({ about: world.id('base 451003901001') })
  const baseOf = async () =>
    (
      await db.owner<{ recognised_on: string | null; recognised_until: string | null }>(
        'select recognised_on, recognised_until from base where id = $1',
        [about().about],
      )
    )[0]!

  it('sends documents of less than 60 points back, and takes those of 60', async () => {
    const d = await drive()
    const id = must(await d.open(process, about())).id
    for (const seat of await d.tasks(id)) must(await d.decide(seat, { points: 0.5 }))
    expect(await d.row(id)).toMatchObject({ state: 'returned', scores: { documents: expect.any(Number) } })
    expect((await d.row(id)).scores.documents).toBeLessThan(6000)
    expect(await d.straight(id)).toBe('recognised')
    expect((await d.row(id)).scores).toMatchObject({ documents: 10_000, on_site: 10_000 })
  })

  it('writes the recognition into the register, is monitored after its first year, and ends there when withdrawn', async () => {
    const d = await drive()
    const id = must(await d.open(process, about())).id
    await d.straight(id)
    expect(await baseOf()).toEqual({ recognised_on: (await d.row(id)).valid_from, recognised_until: null })
    await d.pass(330)
    expect((await d.row(id)).state).toBe('recognised')
    await d.pass(40)
    expect((await d.row(id)).state).toBe('monitoring')
    const [check] = await d.tasks(id)
    must(await d.decide(check!, { outcome: 'withdraw' }))
    expect((await baseOf()).recognised_until).toBe(d.day)
  })

  it('is not opened for a base that lacks what every base must have', async () => {
    const d = await drive()
    await db.owner(`update base set gaps = '{records,share}'`)
    expect(await d.open(process, about())).toEqual({
      ...{ ok: false, code: 'base_recognition.must_haves', params: { missing: ['records', 'share'] } },
    })
    await db.owner(`update base set gaps = '{}'`)
  })
})
