import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../ids/ids.ts'
import { must, ok } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import type { ListQuery } from './query.ts'
import { listRows, readRow } from './reads.ts'
import { type Outcome, type RowInput, saveRows } from './save.ts'
import { changeRow, closeRow, createRow } from './service.ts'
import { check, coldStore, type RegisterStage, setRegisterStage } from './stage.ts'

let db: TestDatabase
let stage: RegisterStage
beforeAll(async () => {
  db = await testDatabase()
  stage = await setRegisterStage(db)
})
afterAll(() => db.close())

let count = 0
let code = ''
beforeEach(() => {
  code = `CS-${++count}`
})

const store = (more: Partial<RowInput['values']> = {}, rooms: RowInput['parts'] = undefined): RowInput => ({
  values: {
    ...{ code, name: '百色冷库', areaCode: '451003901001', operatorId: stage.coop, cooling: 'ammonia' },
    ...{ capacity: 5_000_000, uses: ['meat', 'fruit'], keeper: '王小明', keeperPhone: '13812341234' },
    ...more,
  },
  parts: rooms ?? { room: [{ label: 'A', celsius: -18, lock: `L${code}` }] },
})

const save = (rows: readonly RowInput[], at?: string, reach = stage.here): Promise<Outcome[]> =>
  stage.write(tx => saveRows(tx, stage.kit, coldStore, reach, rows), at)

const faults = async (row: RowInput, reach = stage.here): Promise<string[]> => {
  const [outcome] = await save([row], undefined, reach)
  return outcome!.kind === 'refused'
    ? outcome!.faults.map(each => `${each.column}: ${each.code}`)
    : [outcome!.kind]
}

const kept = async (): Promise<object> =>
  (
    await db.owner<object>(
      `select (select count(*)::int from cold_store) as rows, (select count(*)::int from cold_store_room) as rooms,
         (select count(*)::int from register_past) as past, (select count(*)::int from fact where type like 'cold_store.%') as facts,
         (select count(*)::int from register_proposal) as proposals`,
    )
  )[0]!

describe('rows that are saved', () => {
  it('are added, unchanged when they come again, and changed where they differ', async () => {
    const before = await kept()
    const [added] = await save([store()])
    expect(added).toEqual({ kind: 'added', id: expect.any(String), version: 1, proposal: null })
    const after = await kept()
    expect(after).toEqual(plus(before, { rows: 1, rooms: 1, facts: 1 }))
    expect(await save([store()])).toEqual([{ ...added, kind: 'unchanged' }])
    expect(await kept()).toEqual(after)
    const [changed] = await save([store({ name: '新冷库' })])
    expect(changed).toEqual({ ...added, kind: 'changed', version: 2 })
    expect(await kept()).toEqual(plus(after, { past: 1, facts: 1 }))
  })

  it('keep what is left out and clear what is given as null; a part is given whole, the same one keeps its id', async () => {
    await save([store({}, { room: [room('A', -18), room('B', -5)] })])
    const ids = await roomIds()
    await save([{ values: { code, capacity: null }, parts: { room: [room('C', 1), room('B', -5)] } }])
    const [row] = await db.owner<object>(
      'select name, capacity, rooms, uses, area_path from cold_store where code = $1',
      [code],
    )
    expect(row).toEqual({
      ...{ name: '百色冷库', capacity: null, rooms: 2, uses: ['fruit', 'meat'] },
      area_path: '45/4510/451003/451003901/451003901001',
    })
    const now = await roomIds()
    expect(now.map(each => each.label)).toEqual(['C', 'B'])
    expect(now[1]!.id).toBe(ids[1]!.id)
  })

  it('are each judged alone: the good are written, the bad say what is wrong where', async () => {
    const before = await kept()
    const good = store()
    const bad: RowInput[] = [
      store({ code: 'no blanks here', capacity: 0, uses: ['wood'], keeperPhone: '12', colour: 'red' }),
      store(
        { code: 'X-1', name: null, areaCode: '999999', operatorId: stage.union },
        { room: [room('A', 20)] },
      ),
      store({ code: 'X-2' }, { room: [room('A', 20), { label: 'B', celsius: 'cold' }] }),
      store({ code: 'X-3' }, { room: [room('A', 20)] }),
      store(),
    ]
    const outcomes = await save([good, ...bad])
    expect(outcomes.map(each => (each.kind === 'refused' ? each.faults : each.kind))).toEqual([
      'added',
      [
        { column: 'code', code: 'value.format', params: { format: 'code' } },
        { column: 'capacity', code: 'value.too_small', params: { min: 0.001 } },
        { column: 'uses', code: 'value.choice', params: { of: ['fruit', 'meat', 'fish'] } },
        { column: 'keeperPhone', code: 'value.format', params: { format: 'phone' } },
        { column: 'colour', code: 'value.unknown_column', params: {} },
      ],
      [
        { column: 'areaCode', code: 'area.not_found', params: { code: '999999' } },
        { column: 'operatorId', code: 'organisation.not_found', params: { id: stage.union } },
      ],
      [{ column: 'room.2.celsius', code: 'value.type', params: {} }],
      [{ column: 'room.1.celsius', code: 'cold_store.warm', params: { celsius: 20 } }],
      [{ column: 'code', code: 'row.repeated', params: {} }],
    ])
    expect(await kept()).toEqual(plus(before, { rows: 1, rooms: 1, facts: 1 }))
  })

  it('leave what a process writes to it: nobody else gives it, and what stands may come again', async () => {
    const before = await kept()
    expect(await faults(store({ passedOn: '2026-01-02' }))).toEqual(['passedOn: value.by_process'])
    expect(await kept()).toEqual(before)
    const [{ id }] = (await save([store()])) as unknown as [{ id: string }]
    const passed: RowInput = { id, values: { passedOn: '2026-01-02' } }
    expect(await faults(passed)).toEqual(['passedOn: value.by_process'])
    const byProcess = { mode: 'change', byProcess: true } as const
    const [done] = await stage.write(tx =>
      saveRows(tx, stage.kit, coldStore, stage.here, [passed], byProcess),
    )
    expect(done).toMatchObject({ kind: 'changed', version: 2 })
    expect(await faults(passed)).toEqual(['unchanged'])
    expect(await faults({ id, values: { passedOn: null } })).toEqual(['passedOn: value.by_process'])
  })

  it('are told as the word of the organisation that acts, or of the operator', async () => {
    const holders = async (id: string) =>
      db.owner(
        `select k.holder from fact f join signing_key k on k.programme_id = f.programme_id and k.key_id = f.key_id
          where f.subject = $1 order by f.id`,
        [id],
      )
    const [{ id }] = (await save([store()])) as unknown as [{ id: string }]
    await db.app.write({ ...stage.log.scope, actor: 'clerk', holder: stage.coop }, async tx =>
      ok(await saveRows(tx, stage.kit, coldStore, stage.here, [{ id, values: { name: '合作社的' } }])),
    )
    expect(await holders(id)).toEqual([{ holder: 'operator' }, { holder: stage.coop }])
  })

  describe('pass a unique value on', () => {
    const named = (name: string, meter: string | null, more: RowInput['values'] = {}): RowInput => ({
      ...store({ code: `${code}-${name}`, meter, ...more }),
      parts: { room: [] },
    })
    const meters = async () => {
      const rows = await db.owner<{ code: string; meter: string }>(
        'select code, meter from cold_store where starts_with(code, $1) order by code',
        [`${code}-`],
      )
      return rows.map(row => `${row.code.slice(code.length + 1)} ${row.meter}`)
    }
    const kinds = async (...rows: RowInput[]) =>
      (await save(rows)).map(each =>
        each.kind === 'refused'
          ? each.faults.map(({ column, code: why }) => `${column} ${why}`).join()
          : each.kind,
      )

    it('to a new row, and in a ring', async () => {
      await save([named('a', `${code}1`), named('b', `${code}2`)])
      expect(await kinds(named('c', `${code}1`), named('a', `${code}2`), named('b', `${code}3`))).toEqual([
        ...['added', 'changed', 'changed'],
      ])
      expect(await kinds(named('a', `${code}3`), named('b', `${code}1`), named('c', `${code}2`))).toEqual([
        ...['changed', 'changed', 'changed'],
      ])
      expect(await meters()).toEqual([`a ${code}3`, `b ${code}1`, `c ${code}2`])
    })

    it('and not from a row that is refused itself, nor from one refused for that', async () => {
      await save([named('a', `${code}1`), named('b', `${code}2`), named('z', `${code}9`)])
      const rows = [named('d', `${code}1`), named('a', `${code}2`), named('b', `${code}9`)]
      expect(await kinds(...rows)).toEqual(['meter row.taken', 'meter row.taken', 'meter row.taken'])
      expect(await meters()).toEqual([`a ${code}1`, `b ${code}2`, `z ${code}9`])
      expect(await kinds(named('d', `${code}9`), named('z', `${code}8`, { name: '' }))).toEqual([
        ...['meter row.taken', 'name value.required'],
      ])
    })
  })

  it('leave what is unique among their parts to others when they end, and stay readable as they were', async () => {
    const lock = `L${code}`
    const [{ id }] = (await save([store()], '2026-03-08')) as unknown as [{ id: string }]
    const next = (name: string) => ({
      ...store({ code: `${code}-${name}` }),
      parts: { room: [{ ...room('A', 1), lock }] },
    })
    expect(await faults(next('b'))).toEqual(['room.1.lock: row.taken'])
    await stage.write(tx => closeRow(tx, stage.kit, coldStore, stage.here, id, { reason: 'merged' }))
    expect(await faults(next('b'))).toEqual(['added'])
    expect(await faults(next('c'))).toEqual(['room.1.lock: row.taken'])
    const then = await stage.read(tx =>
      readRow(tx, stage.kit, coldStore, stage.here, id, { masked: false, at: '2026-03-09' }),
    )
    const now = await stage.read(tx => readRow(tx, stage.kit, coldStore, stage.here, id, { masked: false }))
    const locks = [then, now].map(row => must(row).parts.room!.map(each => each.lock))
    expect(locks).toEqual([[lock], [lock]])
  })

  it('take along what lies where they lie, when they move to another area', async () => {
    const [{ id }] = (await save([store()])) as unknown as [{ id: string }]
    const made = await stage.write(tx =>
      saveRows(tx, stage.kit, check, stage.here, [{ values: { code: `${code}-K`, storeId: id } }]),
    )
    expect(made[0]!.kind).toBe('added')
    const found = async (reach: typeof stage.here, q?: string) => {
      const asked = { limit: 50, ...(q ? { q } : { storeId: [id] }) }
      const page = await stage.read(tx => listRows(tx, stage.kit, check, reach, asked as ListQuery))
      return page.items.map(item => item.values.code)
    }
    const before = await Promise.all([found(stage.here), found(stage.there), found(stage.there, `${code}-K`)])
    expect(before).toEqual([[`${code}-K`], [], []])
    await save([{ id, values: { areaCode: '451028901001' } }], undefined, stage.all)
    const after = await Promise.all([found(stage.here), found(stage.there), found(stage.there, `${code}-K`)])
    expect(after).toEqual([[], [`${code}-K`], [`${code}-K`]])
  })

  it('take only files that their writer sent, and attach them', async () => {
    const [own, foreign] = [newId(), newId()]
    for (const [file, who] of [
      [own, 'tester'],
      [foreign, 'another'],
    ])
      await db.owner(
        `insert into file (programme_id, id, name, type, size, sha256, stored_sha256, uploaded_by, uploaded_at, retention_class)
         values ($1, $2, 'plan', 'image/png', 1, $3, $3, $4, now(), 'record')`,
        [stage.log.scope.programme, file, Buffer.alloc(32), who],
      )
    const before = await kept()
    expect(await faults(store({ plans: [own, foreign] }))).toEqual(['plans: file.not_found'])
    expect(await kept()).toEqual(before)
    const [{ id }] = (await save([store({ plans: [own] })])) as unknown as [{ id: string }]
    expect(await db.owner('select file_id, subject_type, subject_id from file_use')).toEqual([
      { file_id: own, subject_type: 'cold_store', subject_id: id },
    ])
    // what stands there already may be sent along by somebody else
    const again = await stage.write(
      tx => saveRows(tx, stage.kit, coldStore, stage.here, [{ id, values: { plans: [own], name: '新' } }]),
      undefined,
      'colleague',
    )
    expect(again[0]!.kind).toBe('changed')
  })

  it('are found by a filter among more rows than a search by words alone looks at', async () => {
    const [{ id }] = (await save([store({ name: '藏在众多之中', capacity: 77 })])) as unknown as [
      { id: string },
    ]
    await db.owner(
      `insert into register_search select programme_id, register, gen_random_uuid(), area_path, organisation_ids, words, pieces
         from register_search, generate_series(1, 1200) where row_id = $1`,
      [id],
    )
    const [kept] = await db.owner<object>(
      'delete from register_search where row_id = $1 returning to_jsonb(register_search) as row',
      [id],
    )
    await db.owner(
      'insert into register_search select * from jsonb_populate_record(null::register_search, $1)',
      [(kept as { row: object }).row],
    )
    const page = await stage.read(tx =>
      listRows(tx, stage.kit, coldStore, stage.here, {
        limit: 5,
        q: '藏在众多之中',
        filters: { capacity: [77] },
      } as ListQuery),
    )
    expect(page.items.map(item => item.id)).toEqual([id])
    await db.owner(
      `delete from register_search s where not exists (select from cold_store t where t.id = s.row_id) and register = 'cold_store'`,
    )
  })

  it('refuse a frozen value, what is missing, and what is of another', async () => {
    const [{ id }] = (await save([store()])) as unknown as [{ id: string }]
    expect(await faults({ id, values: { code: 'other' } })).toEqual(['code: value.frozen'])
    expect(await faults({ id, values: { name: '' } })).toEqual(['name: value.required'])
    expect(await faults({ values: { code: `${code}x`, areaCode: '451003' } })).toEqual(
      ['operatorId: value.required', 'cooling: value.required', 'name: value.required'].sort((a, b) =>
        a.startsWith('name') ? -1 : b.startsWith('name') ? 1 : 0,
      ),
    )
    expect(await faults({ id, values: { name: 'x' } }, stage.there)).toEqual([': row.not_found'])
    expect(await faults(store(), stage.there)).toEqual(['code: row.taken'])
    expect(await faults({ id, values: { areaCode: '451028901001' } })).toEqual(['areaCode: area.not_found'])
    expect(await faults({ id: newId(), values: store().values }, stage.there)).toEqual([
      'areaCode: area.not_found',
    ])
  })

  it('refuse a sealed value that another has, in the register or in the same call', async () => {
    const lock = `lock ${code}`
    await save([store({}, { room: [{ label: 'A', celsius: 0, lock }] })])
    const other = (n: number) =>
      store(
        { code: `${code}-${n}` },
        {
          room: [
            { label: 'A', celsius: 0, lock },
            { label: 'B', celsius: 0, lock: 'one' },
          ],
        },
      )
    const [first, second] = await save([other(1), other(2)])
    expect([first, second]).toMatchObject([
      { kind: 'refused', faults: [{ column: 'room.1.lock', code: 'row.taken', params: { column: 'lock' } }] },
      { kind: 'refused' },
    ])
    // given up and taken in one call
    const outcomes = await save([
      store({ code: `${code}-3` }, { room: [{ label: 'A', celsius: 0, lock }] }),
      { values: { code }, parts: { room: [] } },
    ])
    expect(outcomes.map(each => each.kind)).toEqual(['added', 'changed'])
  })

  it('name rows of other registers only within reach', async () => {
    const [{ id }] = (await save([store()])) as unknown as [{ id: string }]
    const make = (reach = stage.here, storeId = id) =>
      stage.refused(tx => createRow(tx, stage.kit, check, reach, { values: { code: `${code}-C`, storeId } }))
    expect(await make(stage.there)).toBe('row.not_found')
    expect(await make(stage.here, newId())).toBe('row.not_found')
    expect(await make()).toBe('done')
  })
})

describe('a change', () => {
  it('of a version that another has changed is refused; of two at once one wins', async () => {
    const [{ id }] = (await save([store()])) as unknown as [{ id: string }]
    const change = (name: string) =>
      stage.refused(tx =>
        changeRow(tx, stage.kit, coldStore, stage.here, { id, version: 1, values: { name } }),
      )
    expect((await Promise.all([change('一'), change('二')])).sort()).toEqual(['done', 'row.changed'])
    expect(await change('三')).toBe('row.changed')
    expect(await db.owner('select version from cold_store where id = $1', [id])).toEqual([{ version: 2 }])
  })

  it('of two new rows with one key at once one is taken', async () => {
    const make = () => stage.refused(tx => createRow(tx, stage.kit, coldStore, stage.here, store()))
    expect((await Promise.all([make(), make()])).sort()).toEqual(['done', 'row.taken'])
  })

  it('begins no earlier than the state before, and never in the future', async () => {
    const [{ id }] = (await save([store()], '2026-03-10')) as unknown as [{ id: string }]
    const change = (validFrom: string) =>
      stage.refused(
        tx => changeRow(tx, stage.kit, coldStore, stage.here, { id, validFrom, values: { name: validFrom } }),
        '2026-03-20',
      )
    expect([await change('2026-03-09'), await change('2026-03-21'), await change('2026-03-15')]).toEqual([
      'row.out_of_order',
      'row.out_of_order',
      'done',
    ])
  })
})

it('personal values stand nowhere in clear, and facts hold none', async () => {
  await save([store({ keeper: '欧阳示例', keeperPhone: '13900001111' })])
  await save([store({ keeper: '诸葛示例', keeperPhone: '13900002222' })])
  const tables = await db.owner<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'`,
  )
  for (const { name } of tables) {
    const [row] = await db.owner<{ held: string | null }>(
      `select string_agg(t::text, ' ') as held from "${name}" t`,
    )
    for (const word of ['欧阳示例', '诸葛示例', '13900001111', '13900002222', `L${code}`])
      expect([name, row!.held?.includes(word) ?? false]).toEqual([name, false])
  }
})

it('takes as many statements for 1,000 rows as for 10', async () => {
  const statements = async (n: number): Promise<number> => {
    let asked = 0
    await stage.write(tx => {
      const query = tx.query.bind(tx)
      const counting = Object.assign(Object.create(tx), {
        ...{ programme: tx.programme, actor: tx.actor, at: tx.at, notes: tx.notes },
        query: (...all: Parameters<typeof query>) => {
          asked += 1
          return query(...all)
        },
        lastly: tx.lastly.bind(tx),
        afterCommit: tx.afterCommit.bind(tx),
      })
      const rows = Array.from({ length: n }, (_, i) =>
        store(
          { code: `${code}-${n}-${i}` },
          { room: [{ label: 'A', celsius: 0, lock: `${code}/${n}/${i}` }] },
        ),
      )
      return saveRows(counting, stage.kit, coldStore, stage.here, rows)
    })
    return asked
  }
  expect(await statements(1000)).toBe(await statements(10))
})

const room = (label: string, celsius: number) => ({ label, celsius })
const roomIds = () =>
  db.owner<{ id: string; label: string }>(
    `select r.id, r.label from cold_store_room r join cold_store s on s.id = r.cold_store_id where s.code = $1 order by r.no`,
    [code],
  )
const plus = (before: object, more: Record<string, number>): object =>
  Object.fromEntries(Object.entries(before).map(([name, n]) => [name, n + (more[name] ?? 0)]))
