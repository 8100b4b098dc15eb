import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { definePermissions } from '../access/permit.ts'
import type { Principal } from '../access/principal.ts'
import { idFrom } from '../ids/ids.ts'
import { dropTexts, keepTexts } from '../register/search.ts'
import { must, ok } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { type Sought, search } from './find.ts'

const id = (name: string) => idFrom('search', name)
const permit = definePermissions([
  { action: 'organisation.read', roles: { public: 'programme' } },
  { action: 'base.read', roles: { coop_clerk: 'organisation', county_officer: 'area' } },
  { action: 'order.read', roles: { auditor: 'programme' } },
])
// the things themselves are not needed: what is kept of them is told by the test's own statement
const titles = (kind: string) =>
  `select row_id, split_part(words, ' ', 2), '', '' from register_search where programme_id = $1 and register = '${kind}' and row_id = any($2)`
const kinds: readonly Sought[] = [
  { kind: 'organisation', action: 'organisation.read', titles: titles('organisation') },
  { kind: 'base', action: 'base.read', titles: titles('base') },
  {
    kind: 'order',
    action: 'order.read',
    find: async (_, reach, text, most) => [
      { id: id('o'), titleZh: `${text} ${reach.everything} ${most}`, titleEn: '', note: '' },
    ],
  },
]
const nobody: Principal = { kind: 'public', id: 'public', programme: 'shenzhen', roles: [] }
const as = (role: 'coop_clerk' | 'county_officer' | 'auditor', areaPath: string): Principal => ({
  ...nobody,
  kind: 'person',
  id: 'a',
  roles: [{ role, organisationId: id('coop'), areaPath }],
})
const clerk = as('coop_clerk', '45/4510/451028')
const officer = as('county_officer', '45/4510')

let db: TestDatabase
const keep = (kind: string, programme: string, ...rows: [string, object?, string?][]) =>
  db.app.write({ programme, actor: 'test' }, async tx =>
    ok(
      await keepTexts(
        tx,
        kind,
        rows.map(([text, parties = {}, other = '']) => ({ id: id(text), texts: [text, other], parties })),
      ),
    ),
  )
const found = async (principal: Principal, text: string, programme = 'shenzhen') => {
  const who = { permit, principal: { ...principal, programme } }
  const { groups } = await db.app.read({ programme, actor: 'test' }, tx => search(tx, kinds, who, text))
  return groups.flatMap(({ kind, hits }) => hits.map(({ titleZh }) => `${kind} ${titleZh}`))
}

beforeAll(async () => {
  db = await testDatabase()
  const own = { areaPath: '45/4510/451028', organisationIds: [id('coop')] }
  await keep('organisation', 'shenzhen', ['乐业县猕猴桃合作社', {}, 'Leye Kiwi'], ['猕猴桃'])
  await keep('base', 'shenzhen', ['猕猴桃基地', own], ['猕猴桃邻县基地', { areaPath: '45/4511' }])
  await keep('organisation', 'tongzhou', ['通州猕猴桃'])
})
afterAll(() => db.close())

describe('search', () => {
  it('finds by a part of the name, pinyin, initials and the English name; the shortest first', async () => {
    const both = ['organisation 猕猴桃', 'organisation 乐业县猕猴桃合作社']
    for (const text of ['猕猴', 'mihoutao', 'mht'])
      expect([text, await found(nobody, text)]).toEqual([text, both])
    for (const text of ['kiwi', 'Leye', '乐业 合作'])
      expect([text, await found(nobody, text)]).toEqual([text, [both[1]]])
    for (const text of ['苹果', ' — ', '%']) expect(await found(nobody, text)).toEqual([])
  })

  it('finds what the caller may read, of the programme alone', async () => {
    expect(await found(clerk, '基地')).toEqual(['base 猕猴桃基地'])
    expect(await found(officer, '基地')).toEqual(['base 猕猴桃基地'])
    expect(await found(nobody, '基地')).toEqual([])
    expect(await found(nobody, '猕猴桃', 'tongzhou')).toEqual(['organisation 通州猕猴桃'])
    expect(await found(clerk, '基地', 'tongzhou')).toEqual([])
  })

  it('looks for numbers where they are kept, within the reach, and only for whom it is granted', async () => {
    expect(await found(as('auditor', '45'), ' 2025 ')).toEqual(['order 2025 true 7'])
    expect(await found(nobody, '2025')).toEqual([])
  })

  it('finds a thing no more once dropped', async () => {
    await keep('organisation', 'shenzhen', ['旧社'])
    expect(await found(nobody, '旧社')).toEqual(['organisation 旧社'])
    const scope = { programme: 'shenzhen', actor: 'test' }
    must(await db.app.write(scope, async tx => ok(await dropTexts(tx, 'organisation', [id('旧社')]))))
    expect(await found(nobody, '旧社')).toEqual([])
  })

  it('shows six of a kind and says that there are more, in two statements whatever the kinds', async () => {
    const many = Array.from({ length: 8 }, (_, i): [string] => [`苹果园${'甲乙丙丁戊己庚辛'[i]}`])
    await keep('organisation', 'shenzhen', ...many)
    let statements = 0
    const { groups } = await db.app.read({ programme: 'shenzhen', actor: 'test' }, tx => {
      const query: typeof tx.query = (...given) => {
        statements++
        return tx.query(...given)
      }
      const counted = { programme: tx.programme, actor: tx.actor, at: tx.at, db: tx.db, query }
      return search(counted, kinds, { permit, principal: clerk }, '苹果')
    })
    expect(groups.map(({ hits, more }) => [hits.length, more])).toEqual([[6, true]])
    expect(statements).toBe(2)
  })
})
