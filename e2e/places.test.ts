import { readReceivers } from '@silian/chains/supply/delivery/sheets.ts'
import { moveLot } from '@silian/chains/value/lots/move.ts'
import { listLots, lotsByPlace } from '@silian/chains/value/lots/reads.ts'
import { bringIn } from '@silian/chains/value/lots/service.ts'
import { storagePlace } from '@silian/chains/value/places/storage_place.register.ts'
import type { Reach } from '@silian/kernel/access/permit.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { changeRow, createRow } from '@silian/kernel/register/service.ts'
import { must, ok, type Result } from '@silian/kernel/result/result.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codesOf, RaceStage, race } from './races/stage.ts'

let stage: RaceStage
let own: Reach
beforeAll(async () => {
  stage = await RaceStage.open()
  own = { ...stage.reach, everything: false, organisationIds: [stage.id('coop')] }
  for (const name of ['冷库', '地头', '旧仓']) await open(name, 'coop')
  await open('别家的仓', 'coop2')
  await closePlace('旧仓')
})
afterAll(() => stage.close())

async function open(name: string, seller: string): Promise<void> {
  const values = { name, kind: 'chilled', areaCode: '451003', sellerId: stage.id(seller), state: 'open' }
  const made = await stage.run(async tx =>
    ok(await createRow(tx, stage.kit, storagePlace, stage.reach, { id: stage.id(name), values })),
  )
  must(made)
}
const closePlace = (name: string): Promise<Result<unknown>> =>
  stage.run(async tx =>
    ok(
      await changeRow(tx, stage.kit, storagePlace, stage.reach, {
        ...{ id: stage.id(name), version: 1, values: { state: 'closed' } },
      }),
    ),
  )

/** Grams of mangoes harvested on a day of October. */
const bring = (code: string, day: string, place?: string, reach = own) =>
  stage.run(tx =>
    bringIn(tx, stage.kit, reach, {
      ...{ id: stage.id(code), code, productId: stage.id('mango'), harvestedOn: `2025-09-${day}` },
      ...{ ownQuantity: 1000, sources: [], ...(place ? { placeId: stage.id(place) } : {}) },
    }),
  )
const move = (code: string, from: string | null, to: string, reach = own) =>
  stage.run(tx =>
    moveLot(tx, stage.kit, reach, stage.id(code), {
      ...{ placeId: stage.id(to), from: from === null ? null : stage.id(from) },
    }),
  )
const read = <T>(work: (tx: Reader) => Promise<T>): Promise<T> =>
  stage.kit.app.read({ programme: 'shenzhen', actor: 'system' }, work)

/** What a refusal must leave as it was. */
const held = () =>
  stage.db.owner(
    `select (select count(*) from fact)::int as facts, (select count(*) from lot)::int as lots,
       (select count(*) from ledger_entry)::int as entries, (select count(*) from idempotency)::int as keys,
       (select string_agg(concat(code, place_id, encode(moved_leaf, 'hex')), ',' order by code) from lot) as lying`,
  )
async function refused(send: () => Promise<Result<unknown>>): Promise<unknown> {
  const before = await held()
  const result = await send()
  expect(await held()).toEqual(before)
  return result.ok ? 'ok' : [result.code, result.params]
}

const factsOf = async (lot: string) =>
  (
    await stage.db.owner<{ type: string; pub: object; refs: string[] }>(
      `select type, convert_from(entry, 'utf8')::jsonb->'pub' as pub, convert_from(entry, 'utf8')::jsonb->'refs' as refs
       from fact where subject = $1 order by recorded_at, id`,
      [stage.id(lot)],
    )
  ).map(({ type, pub, refs }) => ({ type, pub, refs: refs?.length ?? 0 }))

describe('a lot', () => {
  it('is brought to an open place of its seller, which stands in its fact', async () => {
    must(await bring('P-1', '10', '地头'))
    const page = await read(tx => listLots(tx, own, { limit: 10, place: stage.id('地头') }))
    expect(page).toMatchObject({
      items: [{ code: 'P-1', placeId: stage.id('地头'), placeName: '地头', stored: 1000, available: 1000 }],
      next: null,
    })
    expect(await factsOf('P-1')).toMatchObject([{ type: 'lot.harvested', pub: { place: stage.id('地头') } }])
  })

  it.each([
    ['that is closed', '旧仓', ['place.closed', { place: '旧仓' }]],
    ["that is another seller's", '别家的仓', ['place.not_found', {}]],
    ['that there is not', '没有的仓', ['place.not_found', {}]],
  ])('is not brought to a place %s, and nothing of it stays', async (_, place, told) => {
    expect(await refused(() => bring('P-X', '10', place))).toEqual(told)
  })

  it('moves whole, with a fact that tells from where and follows the one before; its stock stays', async () => {
    const before = await stage.account(`stock/lot/${stage.id('P-1')}`)
    must(await move('P-1', '地头', '冷库'))
    must(await move('P-1', '冷库', '地头'))
    expect(await factsOf('P-1')).toMatchObject([
      { type: 'lot.harvested' },
      {
        type: 'lot.moved',
        pub: { lot: stage.id('P-1'), from: stage.id('地头'), to: stage.id('冷库') },
        refs: 1,
      },
      {
        type: 'lot.moved',
        pub: { lot: stage.id('P-1'), from: stage.id('冷库'), to: stage.id('地头') },
        refs: 1,
      },
    ])
    expect(await stage.account(`stock/lot/${stage.id('P-1')}`)).toEqual(before)
  })

  it('of before, which lies nowhere, is moved from there', async () => {
    must(await bring('P-2', '11'))
    expect(await refused(() => move('P-2', '地头', '冷库'))).toEqual(['lot.moved', { place: '—' }])
    must(await move('P-2', null, '冷库'))
    expect((await factsOf('P-2')).at(-1)).toMatchObject({
      ...{ type: 'lot.moved', pub: { lot: stage.id('P-2'), to: stage.id('冷库') }, refs: 1 },
    })
  })

  it.each([
    ['to where it lies', ['P-1', '地头', '地头'], ['lot.there_already', {}]],
    ['from where it no longer lies', ['P-1', '冷库', '地头'], ['lot.moved', { place: '地头' }]],
    ['to a closed place', ['P-1', '地头', '旧仓'], ['place.closed', { place: '旧仓' }]],
    ["to another seller's", ['P-1', '地头', '别家的仓'], ['place.not_found', {}]],
    ['that there is not', ['P-9', '地头', '冷库'], ['lot.not_found', {}]],
    ["that is another seller's", ['lot2', null, '别家的仓'], ['lot.not_found', {}]],
  ] as const)('is not moved %s, and nothing changes', async (_, [lot, from, to], told) => {
    expect(await refused(() => move(lot, from, to))).toEqual(told)
  })

  it('that two move at once goes to one of the places, and the other is told', async () => {
    await open('西仓', 'coop')
    for (let n = 0; n < 5; n++) {
      must(await bring(`R-${n}`, '12', '地头'))
      const results = await race(['冷库', '西仓', '冷库', '西仓'].map(to => () => move(`R-${n}`, '地头', to)))
      expect(codesOf(results)).toEqual({ ok: 1, 'lot.moved': 3 })
      const [{ name } = { name: '' }] = await stage.db.owner<{ name: string }>(
        'select p.name from lot l join storage_place p on p.id = l.place_id where l.id = $1',
        [stage.id(`R-${n}`)],
      )
      const losers = results.flatMap(result => (result.ok ? [] : [result.params]))
      expect(losers).toEqual([{ place: name }, { place: name }, { place: name }])
      expect((await factsOf(`R-${n}`)).map(({ type }) => type)).toEqual(['lot.harvested', 'lot.moved'])
    }
  })

  it('does not come to a place that is closed at the same moment: one waits for the other', async () => {
    await open('临时仓', 'coop')
    must(await bring('C-1', '12', '地头'))
    const [, moved] = await race<Result<unknown>>([
      () => closePlace('临时仓'),
      () => move('C-1', '地头', '临时仓'),
    ])
    const states = await stage.db.owner<{ state: string; lots: number }>(
      `select state, (select count(*) from lot where place_id = p.id)::int as lots from storage_place p where id = $1`,
      [stage.id('临时仓')],
    )
    expect(states).toEqual([{ state: 'closed', lots: moved!.ok ? 1 : 0 }])
    expect(moved!.ok ? 'ok' : moved!.code).toMatch(/^(ok|place\.closed)$/)
  })
})

describe('the lists', () => {
  it('show the newest harvest first, page by page', async () => {
    const all = await read(tx => listLots(tx, own, { limit: 200 }))
    const days = all.items.map(({ harvestedOn, id }) => `${harvestedOn}|${id}`)
    expect(days).toEqual(days.toSorted().reverse())
    const paged: string[] = []
    for (let after: string | null | undefined; after !== null; ) {
      const page = await read(tx => listLots(tx, own, { limit: 3, ...(after ? { after } : {}) }))
      paged.push(...page.items.map(({ code }) => code))
      after = page.next
    }
    expect(paged).toEqual(all.items.map(({ code }) => code))
    const nowhere = await read(tx => listLots(tx, own, { limit: 200, place: 'none' }))
    expect(nowhere.items.map(({ code }) => code)).toEqual(['L1'])
  })

  it('sum up each place by unit, empty ones too, and what lies at none', async () => {
    const lying = await read(tx => lotsByPlace(tx, own))
    const at = Object.fromEntries(lying.map(({ name, ...rest }) => [name, rest]))
    const count = (place: string | null) =>
      stage.count(`lot where place_id is not distinct from $1 and cooperative_id = $2`, [
        ...[place === null ? null : stage.id(place), stage.id('coop')],
      ])
    for (const name of ['冷库', '地头', '西仓']) {
      const lots = await count(name)
      const goods = lots === 0 ? [] : [{ unit: 'g', stored: lots * 1000, available: lots * 1000 }]
      expect(at[name]).toEqual({ placeId: stage.id(name), kind: 'chilled', state: 'open', lots, goods })
    }
    expect(at['旧仓']).toMatchObject({ state: 'closed', lots: 0, goods: [] })
    expect(at['别家的仓']).toBeUndefined()
    expect(lying.at(-1)).toEqual({
      ...{ placeId: null, name: null, kind: null, state: null, lots: 1 },
      goods: [{ unit: 'g', stored: 1_000_000, available: 1_000_000 }],
    })
  })

  it('of a packer say of which lot and place each line is, one place after the other', async () => {
    for (const [code, place] of [
      ['K-1', '冷库'],
      ['K-2', '西仓'],
    ] as const) {
      await stage.lot(code, 50_000)
      must(
        await stage.run(tx =>
          moveLot(tx, stage.kit, own, stage.id(`lot ${code}`), { placeId: stage.id(place), from: null }),
        ),
      )
    }
    const order = stage.id('walked')
    const offers = ['K-2', 'offer1', 'K-1', 'K-2 half']
    must(
      await stage.place(
        order,
        offers.map(offer => ({ offer, pieces: 1 })),
      ),
    )
    must(await stage.approve(order))
    const told = must(await stage.run(tx => readReceivers(tx, stage.kit, own, [order], newId())))
    expect(told.items.map(({ orderId, from }) => [orderId, from])).toEqual([
      [
        order,
        [
          { no: 3, lot: 'K-1', place: '冷库' },
          { no: 1, lot: 'K-2', place: '西仓' },
          { no: 4, lot: 'K-2', place: '西仓' },
          { no: 2, lot: 'L1', place: null },
        ],
      ],
    ])
  })

  it('agree with the facts', async () => {
    expect(await stage.differences()).toEqual([])
  })
})
