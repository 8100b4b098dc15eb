import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Reach } from '../access/permit.ts'
import { newId } from '../ids/ids.ts'
import { must } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { decideProposal } from './decide.ts'
import { heirsOf } from './heirs.ts'
import { readHistory } from './history.ts'
import { type ListQuery, listQuery } from './query.ts'
import { listRows, readRow } from './reads.ts'
import { type RowInput, type Saved, saveRows } from './save.ts'
import { changeRow, closeRow, revealRow } from './service.ts'
import { coldStore, type RegisterStage, setRegisterStage } from './stage.ts'
import { succeedRows } from './succession.ts'

let db: TestDatabase
let stage: RegisterStage
const ids: Record<string, string> = {}
beforeAll(async () => {
  db = await testDatabase()
  stage = await setRegisterStage(db)
  const rows = Array.from({ length: 12 }, (_, i) => ({
    values: {
      code: `CS-${String(i + 1).padStart(2, '0')}`,
      name: i === 4 ? '乐业猕猴桃冷库' : `百色第${i + 1}冷库`,
      areaCode: i < 6 ? '451003901001' : '451028901001',
      operatorId: stage.coop,
      capacity: i % 3 === 0 ? null : (12 - i) * 1000,
      cooling: i % 2 === 0 ? 'ammonia' : 'freon',
      uses: i === 7 ? ['fish'] : i === 8 ? ['fish', 'meat'] : null,
      keeper: '王小明',
      keeperPhone: `1390000${String(i).padStart(4, '0')}`,
    },
    parts: { room: [{ label: 'A', celsius: i, lock: `lock ${i}` }] },
  }))
  const saved = (await stage.write(
    tx => saveRows(tx, stage.kit, coldStore, stage.all, rows),
    '2026-01-10',
  )) as Saved[]
  saved.forEach((row, i) => {
    ids[rows[i]!.values.code] = row.id
  })
})
afterAll(() => db.close())

const list = (query: Partial<ListQuery> = {}, reach: Reach = stage.all) =>
  stage.read(tx => listRows(tx, stage.kit, coldStore, reach, { limit: 50, ...query }))
const codes = async (query: Partial<ListQuery> = {}, reach?: Reach): Promise<string> =>
  (await list(query, reach)).items.map(item => String(item.values.code).slice(3)).join(' ')
async function paged(query: Partial<ListQuery>, reach?: Reach): Promise<string[]> {
  const seen: string[] = []
  for (let after: string | undefined; ; ) {
    const page = await list({ ...query, after }, reach)
    seen.push(...page.items.map(item => String(item.values.code).slice(3)))
    if (page.next === null) return seen
    after = page.next
  }
}
const read = (code: string, more: object = {}, reach = stage.all) =>
  stage.read(tx => readRow(tx, stage.kit, coldStore, reach, ids[code]!, more))
const save = (row: RowInput, at?: string) =>
  stage.write(tx => saveRows(tx, stage.kit, coldStore, stage.all, [row]), at)

describe('a list', () => {
  it('is by place and key, within reach, masked, with names', async () => {
    expect(await codes({}, stage.here)).toBe('01 02 03 04 05 06')
    expect(await codes({}, stage.there)).toBe('07 08 09 10 11 12')
    const { items, names } = await list({ limit: 1 })
    expect(items[0]).toMatchObject({
      version: 1,
      validFrom: '2026-01-10',
      validTo: null,
      values: { keeper: '王**', keeperPhone: '139****0000', rooms: 1, capacity: null },
    })
    expect(names).toEqual({
      '451003901001': { zh: '地451003901001', en: 'Place 451003901001' },
      [stage.coop]: { zh: 'coop', en: 'coop' },
    })
  })

  it.each([
    [undefined, '01 02 03 04 05 06 07 08 09 10 11 12'],
    ['-code', '12 11 10 09 08 07 06 05 04 03 02 01'],
    ['capacity', '12 11 09 08 06 05 03 02'],
    ['-capacity', '02 03 05 06 08 09 11 12'],
  ])('sorted by %s is read in pages of any size, empty values last', async (sort, wanted) => {
    for (const limit of [1, 5, 12, 50]) {
      const seen = await paged({ limit, sort })
      expect(seen.length).toBe(12)
      expect(seen.join(' ').startsWith(wanted)).toBe(true)
      expect([...seen].sort().join(' ')).toBe('01 02 03 04 05 06 07 08 09 10 11 12')
    }
  })

  it.each(['code', '-code'])(
    'below an area sorted by %s is that part of the whole, in pages of any size',
    async sort => {
      const whole = (await codes({ sort })).split(' ')
      for (const [query, reach, wanted] of [
        [{}, stage.here, whole.filter(code => code <= '06')],
        [{ filters: { areaCode: ['450000', '451028'] } }, stage.all, whole],
        [
          { filters: { areaCode: ['451028'], cooling: ['freon'] } },
          stage.all,
          whole.filter(code => code > '06' && Number(code) % 2 === 0),
        ],
      ] as const)
        for (const limit of [1, 5, 50]) expect(await paged({ ...query, sort, limit }, reach)).toEqual(wanted)
    },
  )

  it('is filtered by several values, ranges, areas above, words of many, and whole sealed values', async () => {
    expect(await codes({ filters: { cooling: ['freon'] } })).toBe('02 04 06 08 10 12')
    expect(await codes({ filters: { uses: ['fish'] } })).toBe('08 09')
    expect(await codes({ filters: { uses: ['meat', 'fruit'] } })).toBe('09')
    expect(await codes({ filters: { areaCode: ['451028'] } })).toBe('07 08 09 10 11 12')
    expect(
      await codes({ filters: { areaCode: ['450000'], cooling: ['ammonia', 'freon'] } }, stage.here),
    ).toBe('01 02 03 04 05 06')
    expect(await codes({ filters: { areaCode: ['999999'] } })).toBe('')
    expect(await codes({ ranges: { capacity: { from: 4000, to: 7000 } } })).toBe('06 08 09')
    expect(await codes({ filters: { keeperPhone: ['139-0000-0003'] } })).toBe('04')
    expect(await codes({ filters: { operatorId: [stage.union] } })).toBe('')
  })

  it.each([
    ['猕猴', '05'],
    ['mihoutao', '05'],
    ['lymht', '05'],
    ['库', '01 02 03 04 05 06 07 08 09 10 11 12'],
    ['百色 第3', '03'],
    ['cs-07', '07'],
    ['CS－07', '07'],
    ['1390000', ''],
    ['没有', ''],
    ['--', ''],
  ])('finds %s', async (q, wanted) => {
    expect(await codes({ q })).toBe(wanted)
  })

  it.each([
    ['13900000003', '04'],
    ['lock 7', '08'],
    ['猕猴', '05'],
    ['王小明', ''],
  ])('finds %s as a whole personal value only where it came in a body', async (q, wanted) => {
    expect(await codes({ q, whole: true })).toBe(wanted)
    expect(await codes({ q })).toBe(q === '猕猴' ? '05' : '')
  })

  it('finds only within reach, however many hold the words', async () => {
    expect(await codes({ q: '冷库' }, stage.there)).toBe('07 08 09 10 11 12')
    expect(await codes({ q: '猕猴' }, stage.there)).toBe('')
  })

  it('says where it found more than it put in order', async () => {
    expect([(await list({ q: '冷库' })).most, (await list({ q: '冷库', limit: 5 })).most]).toEqual([
      null,
      null,
    ])
    const more = `insert into register_search (programme_id, register, row_id, area_path, organisation_ids, words, pieces)
      select programme_id, register, gen_random_uuid(), area_path, organisation_ids, words, pieces
        from register_search cross join generate_series(1, 100)
       where register = 'cold_store' and words like '%冷库%'`
    await db.owner(more)
    const cut = await list({ q: '冷库', limit: 1 })
    const narrowed = await list({ q: '冷库', limit: 1, filters: { cooling: ['freon'] } })
    await db.owner(`delete from register_search s where register = 'cold_store'
      and not exists (select from cold_store c where c.id = s.row_id)`)
    expect([cut.most, narrowed.most]).toEqual([cut.next === null ? null : 1000, null])
  })

  it('takes its parameters by a shape that names the wrong one', () => {
    const shape = listQuery(coldStore)
    expect(shape.parse({ cooling: 'freon', capacityFrom: '5', sort: ' capacity' })).toMatchObject({
      ...{ limit: 50, sort: 'capacity', filters: { cooling: ['freon'] } },
      ranges: { capacity: { from: 5 } },
    })
    for (const [name, value] of Object.entries({
      ...{ after: 'x', sort: 'keeper', at: '2026-02-30', cooling: 'wood', capacityFrom: 'x', areaCode: "'" },
      ...{ operatorId: '1', limit: '201', closed: 'x' },
    }))
      expect(shape.safeParse({ [name]: value }).error?.issues[0]?.path).toEqual([name])
    const after = Buffer.from(JSON.stringify(['x', newId()])).toString('base64url')
    expect(shape.safeParse({ after, sort: 'capacity' }).error?.issues[0]?.path).toEqual(['after'])
  })

  it('and a row take as many statements for 10 rows as for 1', async () => {
    const statements = async (limit: number): Promise<number> => {
      let asked = 0
      await stage.read(tx => {
        const query = tx.query.bind(tx)
        const counting = Object.assign(Object.create(tx), {
          ...{ programme: tx.programme, actor: tx.actor, at: tx.at },
          query: (...all: Parameters<typeof query>) => {
            asked += 1
            return query(...all)
          },
        })
        return listRows(counting, stage.kit, coldStore, stage.all, { limit })
      })
      return asked
    }
    expect([await statements(1), await statements(10)]).toEqual([4, 4])
  })
})

describe('the past', () => {
  it('is read as it was on a day, and as it was known at a moment', async () => {
    const code = 'CS-01'
    await save(
      { values: { code, name: '二月的名', areaCode: '451028901001' }, validFrom: '2026-02-01' },
      '2026-02-05',
    )
    await save({ values: { code, name: '三月的名' }, parts: { room: [] } }, '2026-03-01')
    const seen = async (more: object) => {
      const row = must(await read(code, more))
      return [row.values.name, row.version, row.parts.room!.length]
    }
    expect(await seen({ at: '2026-01-31' })).toEqual(['百色第1冷库', 1, 1])
    expect(await seen({ at: '2026-02-01' })).toEqual(['二月的名', 2, 1])
    expect(await seen({})).toEqual(['三月的名', 3, 0])
    expect(await seen({ at: '2026-02-03', known: '2026-02-04T00:00:00Z' })).toEqual(['百色第1冷库', 1, 1])
    expect(await read(code, { at: '2026-01-09' })).toMatchObject({ ok: false, code: 'row.not_found' })
    // it stood in another county then: who governs that one finds it there
    expect(await codes({ at: '2026-01-31' }, stage.here)).toBe('01 02 03 04 05 06')
    expect(await codes({ at: '2026-02-01' }, stage.here)).toBe('02 03 04 05 06')
    expect(await codes({ at: '2026-02-03', known: '2026-02-04T00:00:00Z' }, stage.here)).toBe(
      '01 02 03 04 05 06',
    )
    expect(
      await codes({ at: '2026-02-01', filters: { cooling: ['ammonia'] }, sort: '-code' }, stage.there),
    ).toBe('11 09 07 01')
    for (const [at, wanted] of [
      ['2026-01-31', '01 02 03 04 05 06 07 08 09 10 11 12'],
      ['2026-02-01', '02 03 04 05 06 01 07 08 09 10 11 12'],
    ] as const)
      for (const limit of [1, 5]) expect((await paged({ at, limit })).join(' ')).toBe(wanted)
    for (const sort of ['capacity', '-capacity'])
      expect(await paged({ at: '2026-01-31', sort, limit: 2 })).toEqual(await paged({ sort, limit: 50 }))
  })

  it('is told version by version, newest first, with the facts and masked', async () => {
    await save({ values: { code: 'CS-02', keeper: '欧阳建国', cooling: 'ammonia' } }, '2026-02-10')
    const history = must(
      await stage.read(tx => readHistory(tx, stage.kit, coldStore, stage.all, ids['CS-02']!)),
    )
    const facts = await db.owner<{ id: string }>(`select id from fact where subject = $1 order by at`, [
      ids['CS-02'],
    ])
    expect(history.items).toMatchObject([
      {
        ...{ version: 2, what: 'changed', validFrom: '2026-02-10', byName: '', factId: facts[1]!.id },
        before: { keeper: '王**', cooling: 'freon' },
        after: { keeper: '欧阳**', cooling: 'ammonia' },
      },
      { version: 1, what: 'created', factId: facts[0]!.id, after: { code: 'CS-02', room: 1 } },
    ])
    expect(
      await stage.read(tx => readHistory(tx, stage.kit, coldStore, stage.there, ids['CS-02']!)),
    ).toMatchObject({ code: 'row.not_found' })
  })
})

it('personal values are shown to whoever said why, on record', async () => {
  const reveal = (reach: Reach) =>
    stage.refused(tx =>
      revealRow(tx, stage.kit, coldStore, reach, ids['CS-03']!, { purpose: 'a visit', requestId: 'r' }),
    )
  expect([await reveal(stage.there), await reveal(stage.here)]).toEqual(['row.not_found', 'done'])
  expect(await db.owner('select action, subject_id, fields, purpose from access_audit')).toEqual([
    {
      ...{ action: 'cold_store.reveal', subject_id: ids['CS-03'], purpose: 'a visit' },
      fields: ['keeper', 'keeperPhone', 'room.lock'],
    },
  ])
  expect(must(await read('CS-03', { masked: false })).values.keeper).toBe('王小明')
})

describe('a proposed value', () => {
  it('waits for a second person, sealed; the rest of the change stands', async () => {
    const change = (values: RowInput['values']) =>
      stage.write(
        async tx =>
          must(await changeRow(tx, stage.kit, coldStore, stage.here, { id: ids['CS-04']!, values })),
        undefined,
        'first',
      )
    const saved = await change({ keeperPhone: '13711112222', name: '新名' })
    expect(saved).toMatchObject({ version: 2, proposal: expect.any(String) })
    // the same again is the same proposal
    expect(await change({ keeperPhone: '13711112222' })).toEqual(saved)
    expect(must(await read('CS-04'))).toMatchObject({
      values: { name: '新名', keeperPhone: '139****0003' },
      proposals: [{ id: saved.proposal, values: { keeperPhone: '137****2222' } }],
    })
    const [held] = await db.owner<{ held: string }>('select t::text as held from register_proposal t')
    expect(held!.held).not.toContain('13711112222')
    const decide = (reach: Reach, actor: string, accept = true) =>
      stage
        .write(
          tx => decideProposal(tx, stage.kit, coldStore, reach, saved.proposal!, { accept }),
          undefined,
          actor,
        )
        .then(result => (result.ok ? 'done' : result.code))
    expect(await decide(stage.there, 'second')).toBe('proposal.not_found')
    expect(await decide(stage.here, 'first')).toBe('proposal.own')
    expect(await decide(stage.here, 'second')).toBe('done')
    expect(await decide(stage.here, 'second')).toBe('proposal.decided')
    expect(must(await read('CS-04'))).toMatchObject({
      ...{ version: 3, values: { keeperPhone: '137****2222' }, proposals: [] },
    })
  })
})

describe('rows that end', () => {
  it('are closed once, stay readable, and were open as was known before', async () => {
    const id = ids['CS-05']!
    const close = (version: number, on?: string, reach = stage.here) =>
      stage.refused(
        tx => closeRow(tx, stage.kit, coldStore, reach, id, { version, on, reason: '拆除' }),
        '2026-03-05',
      )
    expect(await close(1, undefined, stage.there)).toBe('row.not_found')
    expect(await close(2)).toBe('row.changed')
    expect(await close(1, '2026-03-06')).toBe('row.out_of_order')
    expect(await close(1, '2026-01-09')).toBe('row.out_of_order')
    expect(await close(1, '2026-03-01')).toBe('done')
    expect(await close(2)).toBe('row.closed')
    expect(await codes({}, stage.here)).toBe('02 03 04 06')
    expect(await codes({ closed: true }, stage.here)).toBe('02 03 04 05 06')
    expect(await codes({ at: '2026-02-28' }, stage.here)).toBe('02 03 04 05 06')
    expect(await codes({ at: '2026-03-01' }, stage.here)).toBe('02 03 04 06')
    expect(await codes({ at: '2026-03-01', known: '2026-03-02T00:00:00Z' }, stage.here)).toBe(
      '02 03 04 05 06',
    )
    const [outcome] = await save({ values: { code: 'CS-05', name: 'x' } })
    expect(outcome).toMatchObject({ kind: 'refused', faults: [{ code: 'row.closed' }] })
  })

  it('pass on to those that go on', async () => {
    const [a, b, c] = ['CS-10', 'CS-11', 'CS-12'].map(code => ids[code]!) as [string, string, string]
    const succeed = (from: string[], to: string[], reach = stage.there) =>
      stage.refused(tx => succeedRows(tx, stage.kit, coldStore, reach, { from, to, reason: '合并' }))
    expect(await succeed([a, b], [b])).toBe('row.own_successor')
    expect(await succeed([a, b], [c], stage.here)).toBe('row.not_found')
    expect(await succeed([a, b], [c])).toBe('done')
    expect(await succeed([a], [c])).toBe('row.closed')
    expect(must(await read('CS-10'))).toMatchObject({ validTo: '2026-03-10', successors: [c] })
    expect(must(await read('CS-12')).predecessors.sort()).toEqual([a, b].sort())
    const heirs = () => stage.read(tx => heirsOf(tx, 'cold_store', [a, b, c]))
    expect(await heirs()).toEqual(new Map([a, b].map(id => [id, c])))
    // what is split is nobody's alone
    const [d, e] = [ids['CS-08']!, ids['CS-09']!]
    expect(await succeed([c], [d, e])).toBe('done')
    expect(await heirs()).toEqual(new Map([a, b].map(id => [id, c])))
    expect(await succeed([d], [e])).toBe('done')
    expect(await stage.read(tx => heirsOf(tx, 'cold_store', [d, e]))).toEqual(new Map([[d, e]]))
    const history = must(await stage.read(tx => readHistory(tx, stage.kit, coldStore, stage.all, a)))
    expect(history.items.map(item => item.what)).toEqual(['succeeded', 'created'])
  })
})
