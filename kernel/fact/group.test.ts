import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../ids/ids.ts'
import { type TestLog, testLog } from '../log/test-log.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { groupRecord, type NamedFact } from './group.ts'
import { factById } from './read.ts'

let db: TestDatabase
let log: TestLog
beforeAll(async () => {
  db = await testDatabase()
  log = await testLog(db)
})
afterAll(() => db.close())

const fact = (more: Partial<NamedFact> = {}): NamedFact => ({
  id: newId(),
  type: 'thing.done',
  subject: 'thing-1',
  holder: 'village-1',
  pub: { n: 1 },
  ...more,
})
const stored = (id: string) => db.app.read(log.scope, tx => factById(tx, id))
/** Transactions that wrote these facts: rows of one transaction bear its number. */
const transactions = async (facts: readonly NamedFact[]) => {
  const [row] = await db.owner<{ n: number }>(
    'select count(distinct xmin::text)::int as n from fact where id = any($1)',
    [facts.map(({ id }) => id)],
  )
  return row!.n
}

describe('facts of many callers', () => {
  it('are written together, each answered with its own leaf, in the order they came', async () => {
    const group = groupRecord(db.app, log.scope, log.recorder)
    const facts = Array.from({ length: 50 }, (_, n) => fact({ subject: `thing-${n}`, pub: { n } }))
    const recorded = await Promise.all(facts.map(f => group.submit(f)))
    expect(recorded.map(({ id }) => id)).toEqual(facts.map(({ id }) => id))
    expect(await transactions(facts)).toBe(1)
    await log.drain()
    const found = await Promise.all(facts.map(({ id }) => stored(id)))
    expect(found.map(f => [f?.pub, f?.leafHash])).toEqual(
      recorded.map(({ leafHash }, n) => [{ n }, leafHash]),
    )
    const indexes = found.map(f => f!.index!)
    expect(indexes).toEqual([...indexes].sort((a, b) => a - b))
  })

  it('fail alone, and once sent are not recorded again', async () => {
    const group = groupRecord(db.app, log.scope, log.recorder)
    const once = fact()
    const sent = [once, fact({ pub: { n: 0.5 } }), fact({ refs: [Buffer.alloc(32)] }), fact(), once]
    const answers = await Promise.allSettled(sent.map(f => group.submit(f)))
    expect(answers.map(a => (a.status === 'fulfilled' ? 'recorded' : (a.reason as Error).message))).toEqual([
      'recorded',
      'pub.n is not a safe integer',
      'fact.unknown_ref',
      'recorded',
      'fact.exists',
    ])
    expect((await Promise.all(sent.map(({ id }) => stored(id)))).map(f => f !== undefined)).toEqual([
      true,
      false,
      false,
      true,
      true,
    ])
  })

  it('are all answered when the group is closed in flight', async () => {
    const group = groupRecord(db.app, log.scope, log.recorder)
    const facts = [fact(), fact()]
    const taken = facts.map(f => group.submit(f))
    await group.close()
    expect((await Promise.all(taken)).map(({ id }) => id)).toEqual(facts.map(({ id }) => id))
  })
})
