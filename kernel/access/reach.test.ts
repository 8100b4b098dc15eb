import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '../database/database.ts'
import { idFrom } from '../ids/ids.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { covers, type Reach } from './permit.ts'
import { type Parties, reachExpression, reachPredicate } from './reach.ts'

const scope: Scope = { programme: 'shenzhen', actor: 'tester' }
const [o1, o2, m1, m2] = ['o1', 'o2', 'm1', 'm2'].map(name => idFrom(name)) as [
  string,
  string,
  string,
  string,
]
const none: Reach = {
  programme: 'shenzhen',
  everything: false,
  areaPaths: [],
  organisationIds: [],
  personIds: [],
}
const parties: Parties = {
  programme: 'r.programme_id',
  organisations: ['r.buyer_id', 'r.seller_id'],
  areaPath: 'r.area_path',
  persons: ['r.member_id'],
}

interface Row {
  id: string
  buyer_id: string | null
  seller_id: string | null
  member_id: string | null
  area_path: string | null
}
const rows: Row[] = [
  { id: 'bought', buyer_id: o1, seller_id: o2, member_id: m1, area_path: '45/4510/451028' },
  { id: 'sold', buyer_id: o2, seller_id: o1, member_id: m2, area_path: '45/4510/451028/451028101' },
  { id: 'other', buyer_id: o2, seller_id: null, member_id: m2, area_path: '45/4510/451022' },
  { id: 'alike', buyer_id: null, seller_id: null, member_id: null, area_path: '45/45102/451028' },
  { id: 'text', buyer_id: null, seller_id: null, member_id: null, area_path: '45/4510281' },
  { id: 'nobody', buyer_id: null, seller_id: null, member_id: null, area_path: null },
]

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  await db.owner(
    `create table deal (programme_id text not null, id text not null, buyer_id uuid, seller_id uuid, member_id uuid,
       area_path text collate "C", area_code text, primary key (programme_id, id))`,
  )
  await db.owner(`select scoped('deal', 'select', 'select')`)
  await db.owner(`insert into area (code, name_zh, name_en, level, parent_code, path, valid_from) values
    ('450000', '', '', 'province', null, '45', '2000-01-01'),
    ('451000', '', '', 'prefecture', '450000', '45/4510', '2000-01-01'),
    ('451028', '', '', 'county', '451000', '45/4510/451028', '2000-01-01'),
    ('451022', '', '', 'county', '451000', '45/4510/451022', '2000-01-01')`)
  for (const programme of ['shenzhen', 'beijing'])
    for (const row of rows)
      await db.owner('insert into deal values ($1, $2, $3, $4, $5, $6, $7)', [
        programme,
        row.id,
        row.buyer_id,
        row.seller_id,
        row.member_id,
        row.area_path,
        row.area_path?.split('/')[2] ?? null,
      ])
})
afterAll(() => db.close())

/** Ids of the rows in reach, by plain SQL; the same by Kysely and in memory must agree. */
async function inReach(reach: Reach, where: Scope = scope): Promise<string[]> {
  const { sql: condition, values } = reachPredicate(reach, parties, 2)
  const found = await db.app.read(where, async tx => {
    const plain = await tx.query<Row>(
      `select r.* from deal r where r.id <> $1 and ${condition} order by r.id`,
      ['', ...values],
    )
    const typed =
      await sql<Row>`select r.* from deal r where ${reachExpression(reach, parties)} order by r.id`.execute(
        tx.db,
      )
    expect(typed.rows).toEqual(plain)
    return plain
  })
  const ids = found.map(row => row.id)
  if (where.programme === reach.programme)
    expect(
      rows
        .filter(row => covers(reach, partiesOf(row)))
        .map(row => row.id)
        .sort(),
    ).toEqual(ids)
  return ids
}

const partiesOf = (row: Row) => ({
  organisationIds: [row.buyer_id, row.seller_id],
  areaPath: row.area_path,
  personIds: [row.member_id],
})

describe('a reach', () => {
  it('over the programme is all its rows', async () => {
    expect(await inReach({ ...none, everything: true })).toEqual(rows.map(row => row.id).sort())
  })

  it('over an organisation is the rows that name it in any party', async () => {
    expect(await inReach({ ...none, organisationIds: [o1] })).toEqual(['bought', 'sold'])
    expect(await inReach({ ...none, organisationIds: [o1, o2] })).toEqual(['bought', 'other', 'sold'])
    expect(await inReach({ ...none, organisationIds: [m1] })).toEqual([])
  })

  it('over oneself is the rows that name the member', async () => {
    expect(await inReach({ ...none, personIds: [m1] })).toEqual(['bought'])
  })

  it('over an area is its rows and those below, and not those whose text only begins alike', async () => {
    expect(await inReach({ ...none, areaPaths: ['45/4510/451028'] })).toEqual(['bought', 'sold'])
    expect(await inReach({ ...none, areaPaths: ['45/4510'] })).toEqual(['bought', 'other', 'sold'])
    expect(await inReach({ ...none, areaPaths: ['45'] })).toEqual([
      'alike',
      'bought',
      'other',
      'sold',
      'text',
    ])
    expect(await inReach({ ...none, areaPaths: ['45/4510/45102'] })).toEqual([])
    expect(await inReach({ ...none, areaPaths: ['4'] })).toEqual([])
    expect(await inReach({ ...none, areaPaths: ['45/4510/%'] })).toEqual([])
  })

  it('joins its ways', async () => {
    expect(await inReach({ ...none, areaPaths: ['45/4510/451022', '45/45102'], personIds: [m1] })).toEqual([
      'alike',
      'bought',
      'other',
    ])
  })

  it('of nothing is nothing', async () => {
    expect(await inReach(none)).toEqual([])
  })

  it('is nothing in another programme, even where it is everything', async () => {
    const everywhere = { ...none, everything: true, organisationIds: [o1] }
    expect(await inReach(everywhere, { ...scope, programme: 'beijing' })).toEqual([])
    expect(await inReach({ ...everywhere, programme: 'beijing' })).toEqual([])
  })
})

describe('a predicate', () => {
  const idsBy = async (reach: Reach, by: Parties) => {
    const { sql: condition, values } = reachPredicate(reach, by)
    const found = await db.app.read(scope, tx =>
      tx.query<Row>(`select id from deal where ${condition} order by id`, [...values]),
    )
    return found.map(row => row.id)
  }

  it('goes by the code of an area, and so follows the area when it is put elsewhere', async () => {
    expect(await idsBy({ ...none, areaPaths: ['45/4510/451028'] }, { areaCode: 'area_code' })).toEqual([
      'alike',
      'bought',
      'sold',
    ])
    expect(await idsBy({ ...none, areaPaths: ['45/4510'] }, { areaCode: 'area_code' })).toEqual([
      'alike',
      'bought',
      'other',
      'sold',
    ])
  })

  it('gives nothing for a reach the register has no party for', async () => {
    const reach = { ...none, areaPaths: ['45'], organisationIds: [o1], personIds: [m1] }
    expect(await idsBy(reach, {})).toEqual([])
    expect(await idsBy(reach, { persons: ['member_id'] })).toEqual(['bought'])
  })

  it('reads with values, never with text, and takes only names of columns', () => {
    const evil = `'; drop table deal; --`
    const { sql: text, values } = reachPredicate({ ...none, areaPaths: [evil] }, parties, 3)
    expect(text).toBe(
      'r.programme_id = $3 and ((r.area_path collate "C" >= $4 and r.area_path collate "C" < $5))',
    )
    expect(values).toEqual(['shenzhen', evil, `${evil}0`])
    for (const name of ['id; drop table deal', 'a.b.c', 'A', '1a', '', 'a b'])
      expect(() => reachPredicate({ ...none, personIds: [m1] }, { persons: [name] })).toThrow('not a column')
  })

  it('finds an area by the index', async () => {
    await db.owner('create index on deal (programme_id, area_path)')
    await db.owner(`insert into deal (programme_id, id, area_path)
      select 'shenzhen', 'n' || i, '44/4401/44' || (i % 1000) from generate_series(1, 20000) i`)
    await db.owner('analyze deal')
    const { sql: condition, values } = reachPredicate(
      { ...none, areaPaths: ['45/4510'] },
      { areaPath: 'area_path' },
    )
    const plan = await db.app.read(scope, tx =>
      tx.query(`explain select * from deal where ${condition}`, [...values]),
    )
    expect(JSON.stringify(plan)).toMatch(/Index Scan.*area_path >=/)
  })
})
