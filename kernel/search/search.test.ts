import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { definePermissions } from '../access/permit.ts'
import type { Principal } from '../access/principal.ts'
import { idFrom } from '../ids/ids.ts'
import { must, ok } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { dropEntries, putEntries, type SearchEntry } from './entries.ts'
import { type Findable, search } from './find.ts'
import { lexemesOf, searchQuery } from './words.ts'

const id = (name: string) => idFrom('search', name)
const entry = (kind: string, titleZh: string, more: Partial<SearchEntry> = {}): SearchEntry => ({
  kind,
  id: id(titleZh),
  titleZh,
  ...more,
})

const permit = definePermissions([
  { action: 'organisation.read', roles: { public: 'programme' } },
  { action: 'base.read', roles: { coop_clerk: 'organisation', county_officer: 'area' } },
])
const kinds: readonly Findable[] = [
  { kind: 'organisation', action: 'organisation.read' },
  { kind: 'base', action: 'base.read' },
]
const nobody: Principal = { kind: 'public', id: 'public', programme: 'shenzhen', roles: [] }
const clerk: Principal = {
  ...nobody,
  kind: 'person',
  id: 'a',
  roles: [{ role: 'coop_clerk', organisationId: id('coop'), areaPath: '45/4510/451028' }],
}
const officer: Principal = {
  ...nobody,
  kind: 'person',
  id: 'b',
  roles: [{ role: 'county_officer', organisationId: id('office'), areaPath: '45/4510' }],
}

describe('words', () => {
  it('are every part of a name that somebody may begin with, its pinyin and its initials', () => {
    expect(lexemesOf(['百色芒果']).sort()).toEqual(
      [
        ...['百色芒果', '色芒果', '芒果', '果'],
        ...['baisemangguo', 'semangguo', 'mangguo', 'guo', 'bsmg', 'smg', 'mg', 'g'],
      ].sort(),
    )
    expect(lexemesOf(['HH-12', ' '])).toEqual(['hh', '12'])
    expect(lexemesOf(['第5仓'])).toContain('5仓')
  })

  it('read a character by its word', () => {
    expect(lexemesOf(['重庆'])).toContain('chongqing')
    expect(lexemesOf(['绿豆'])).toContain('lvdou')
  })

  it('become a query of beginnings, with nothing in it that has a meaning of its own', () => {
    expect(searchQuery(' 芒果  Baise ')).toBe(`'芒果':* & 'baise':*`)
    expect(searchQuery(`a'b | !c\\ & :*`)).toBe(`'a':* & 'b':* & 'c':*`)
    expect(searchQuery(' — ')).toBeUndefined()
  })
})

describe('search', () => {
  let db: TestDatabase
  const write = async (programme: string, ...entries: SearchEntry[]) =>
    must(await db.app.write({ programme, actor: 'test' }, async tx => ok(await putEntries(tx, entries))))
  const titles = async (principal: Principal, text: string, programme = 'shenzhen') => {
    const who = { permit, principal: { ...principal, programme } }
    const { groups } = await db.app.read({ programme, actor: 'test' }, tx => search(tx, kinds, who, text))
    return groups.flatMap(({ kind, hits }) => hits.map(({ titleZh }) => `${kind} ${titleZh}`))
  }

  beforeAll(async () => {
    db = await testDatabase()
    await write(
      'shenzhen',
      entry('organisation', '乐业县猕猴桃合作社', { titleEn: 'Leye Kiwi', texts: ['coop.leye'] }),
      entry('organisation', '猕猴桃'),
      entry('base', '猕猴桃基地', { areaPath: '45/4510/451028', organisationIds: [id('coop')] }),
      entry('base', '猕猴桃邻县基地', { areaPath: '45/4511', organisationIds: [id('other')] }),
    )
    await write('tongzhou', entry('organisation', '通州猕猴桃'))
  })
  afterAll(() => db.close())

  it('finds by a part of the name, pinyin, initials, the English name and a code; the shortest first', async () => {
    const both = ['organisation 猕猴桃', 'organisation 乐业县猕猴桃合作社']
    for (const text of ['猕猴', 'mihoutao', 'mht']) expect(await titles(nobody, text)).toEqual(both)
    for (const text of ['kiwi', 'Leye', 'coop.leye', '乐业 hzs'])
      expect(await titles(nobody, text)).toEqual([both[1]])
    expect(await titles(nobody, '苹果')).toEqual([])
  })

  it('finds what the caller may read, of the programme alone', async () => {
    expect(await titles(clerk, '基地')).toEqual(['base 猕猴桃基地'])
    expect(await titles(officer, '基地')).toEqual(['base 猕猴桃基地'])
    expect(await titles(nobody, '基地')).toEqual([])
    expect(await titles(nobody, '猕猴桃', 'tongzhou')).toEqual(['organisation 通州猕猴桃'])
    expect(await titles(clerk, '基地', 'tongzhou')).toEqual([])
  })

  it('finds a thing by what it is called now, and not at all once dropped', async () => {
    await write('shenzhen', { ...entry('organisation', '旧名'), titleZh: '新名' })
    expect(await titles(nobody, '新名')).toEqual(['organisation 新名'])
    expect(await titles(nobody, '旧名')).toEqual([])
    must(
      await db.app.write({ programme: 'shenzhen', actor: 'test' }, async tx =>
        ok(await dropEntries(tx, 'organisation', [id('旧名')])),
      ),
    )
    expect(await titles(nobody, '新名')).toEqual([])
  })

  it('shows six of a kind and says that there are more, in one statement for all kinds', async () => {
    const many = Array.from({ length: 8 }, (_, i) => entry('organisation', `苹果园${i}`))
    await write('shenzhen', ...many)
    let statements = 0
    const found = await db.app.read({ programme: 'shenzhen', actor: 'test' }, tx => {
      const counted = { ...tx, programme: tx.programme, actor: tx.actor, at: tx.at, db: tx.db }
      const query: typeof tx.query = (...given) => {
        statements++
        return tx.query(...given)
      }
      return search({ ...counted, query }, kinds, { permit, principal: clerk }, '苹果')
    })
    expect(found.groups.map(({ hits, more }) => [hits.length, more])).toEqual([[6, true]])
    expect(statements).toBe(1)
  })

  it('narrows by id for a list of its own', async () => {
    const ids = await db.app.read({ programme: 'shenzhen', actor: 'test' }, tx =>
      tx.query<{ id: string }>('select search_ids($1, $2, 10) as id', ['base', searchQuery('jidi')]),
    )
    expect(ids.map(row => row.id).sort()).toEqual([id('猕猴桃基地'), id('猕猴桃邻县基地')].sort())
  })
})
