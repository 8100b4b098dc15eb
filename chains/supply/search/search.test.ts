import { publicPrincipal } from '@silian/kernel/access/principal.ts'
import { must } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SearchCache } from './cache.ts'
import { shopQuery } from './contract.ts'
import { findOffers } from './find.ts'
import { load, type SampleQuery } from './fixtures/catalogue.ts'
import { scope, stage } from './fixtures/stage.ts'

let database: TestDatabase
let cache: SearchCache

beforeAll(async () => {
  database = await testDatabase()
  await stage(database)
  cache = new SearchCache(database.app)
})
afterAll(() => database.close())

const find = async (query: Record<string, string>) =>
  must(
    await database.app.look(scope, tx =>
      findOffers(tx, publicPrincipal('shop'), shopQuery.parse(query), cache),
    ),
  )

/** What is wrong with the answer to a query; undefined where nothing is. */
async function missOf({ q, first, only }: SampleQuery): Promise<string | undefined> {
  const { items, corrected } = await find({ q, limit: only ? '100' : '5' })
  const names = [...new Set(items.map(({ nameZh }) => nameZh))]
  const told = `${q}: ${names.slice(0, 5).join(' ') || 'nothing'}${corrected ? ` (as ${corrected})` : ''}`
  if (first === null) return names.length > 0 ? undefined : told
  if (first.length === 0) return names.length === 0 ? undefined : told
  if (only) return names.toSorted().join() === first.toSorted().join() ? undefined : told
  return first.includes(names[0] ?? '') ? undefined : told
}

describe('queries that were written down before the search was made', () => {
  test.each(['queries.json', 'generated.json'])(
    'at least 95 % of %s have the right first result',
    async file => {
      const queries = load<SampleQuery[]>(file)
      const misses: string[] = []
      for (const query of queries) {
        const miss = await missOf(query)
        if (miss) misses.push(miss)
      }
      const told = `${misses.length} of ${queries.length} missed\n${misses.join('\n')}`
      if (misses.length > 0) process.stderr.write(`${file}: ${told}\n`)
      expect(misses.length, told).toBeLessThanOrEqual(queries.length * 0.05)
    },
  )
})
