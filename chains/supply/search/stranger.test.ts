import { publicPrincipal } from '@silian/kernel/access/principal.ts'
import { must } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SearchCache } from './cache.ts'
import { shopQuery } from './contract.ts'
import { findOffers } from './find.ts'
import { type Catalogue, catalogueOf, load } from './fixtures/catalogue.ts'
import { scope, stage } from './fixtures/stage.ts'

/** A query, what its first result is of (see the file's note), and whether everything found is. */
type Row = readonly [q: string, first: string, only?: 'only']
type Kinds = Readonly<Record<string, readonly Row[]>>

const sets = ['stranger.json', 'stranger-again.json'].map(file => load<{ sample: Kinds; own: Kinds }>(file))
const all = (of: 'sample' | 'own'): [string, Row[]][] =>
  sets.flatMap(set => Object.entries(set[of]) as [string, Row[]][])

describe.each([
  ['catalogue.json', all('sample')],
  ['own-catalogue.json', all('own')],
])('what strangers ask of %s', (file, kinds) => {
  const catalogue = catalogueOf(file)
  let database: TestDatabase
  let cache: SearchCache

  beforeAll(async () => {
    database = await testDatabase()
    await stage(database, catalogue)
    cache = new SearchCache(database.app)
  })
  afterAll(() => database.close())

  /** What is wrong with the answer to a query; undefined where nothing is. */
  async function missOf([q, first, only]: Row): Promise<string | undefined> {
    const query = shopQuery.safeParse({ q, limit: only ? '100' : '5' })
    if (!query.success) return `${q}: not taken`
    const found = await database.app.look(scope, tx =>
      findOffers(tx, publicPrincipal('shop'), query.data, cache),
    )
    const { items, corrected, loose } = must(found)
    const names = [...new Set(items.map(({ nameZh }) => nameZh))]
    const isTold = names.length === 0 || loose || corrected !== null
    const isMet =
      (first.split('|').includes('') && isTold) ||
      (only
        ? names.length > 0 && names.every(isOneOf(catalogue, first))
        : names.slice(0, 1).some(isOneOf(catalogue, first)))
    return isMet
      ? undefined
      : `${q}: ${names.slice(0, 5).join(' ') || 'nothing'}${corrected ? ` (as ${corrected})` : ''}${loose ? ' (like it)' : ''}`
  }

  test('at least 95 % have the right first result', async () => {
    const told: string[] = []
    let misses = 0
    for (const [kind, rows] of kinds) {
      const missed: string[] = []
      for (const row of rows) {
        const miss = await missOf(row)
        if (miss) missed.push(miss)
      }
      misses += missed.length
      told.push(
        `${kind}: ${rows.length - missed.length} of ${rows.length}`,
        ...missed.map(miss => `  ${miss}`),
      )
    }
    const asked = kinds.flatMap(([, rows]) => rows).length
    const text = `${file}: ${asked - misses} of ${asked}\n${told.join('\n')}\n`
    if (misses > 0) process.stderr.write(text)
    expect(misses, text).toBeLessThanOrEqual(asked * 0.05)
  })
})

const isOneOf =
  ({ products }: Catalogue, first: string) =>
  (name: string): boolean => {
    const product = products.find(each => each.name === name)
    return first
      .split('|')
      .some(wanted => wanted === '*' || wanted === name || `${product?.path}/`.startsWith(`${wanted}/`))
  }
