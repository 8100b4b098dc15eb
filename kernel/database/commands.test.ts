import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { must, ok, type Result, refuse } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { command, inputHash } from './command.ts'
import { type Claim, commands } from './commands.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const scope = { programme: 'shenzhen', actor: 'system' }
const claim = (key: string, input: unknown, actor = 'a'): Claim => ({
  ...{ actor, key },
  hash: inputHash({ name: 'do', input }),
})

/** Does each of a batch by its place; what was done is told. */
async function batch(
  claims: readonly Claim[],
  each: (place: number) => Result<unknown> = place => ok(`did ${place}`),
  before: () => Promise<unknown> = async () => undefined,
) {
  const done: number[][] = []
  const outcomes = must(
    await db.app.write(scope, async tx =>
      ok(
        await commands(tx, claims, before, async places => {
          done.push([...places])
          return places.map(each)
        }),
      ),
    ),
  )
  return { done, outcomes }
}
const keys = async () =>
  (await db.owner<{ key: string }>('select key from idempotency order by key')).map(({ key }) => key)

describe('commands of many callers', () => {
  it('are each done once per key, and answered again as they were', async () => {
    const first = await batch([claim('k1', 1), claim('k2', 2), claim('k1', 1, 'b')])
    expect(first.done).toEqual([[0, 1, 2]])
    const again = await batch([claim('k3', 3), claim('k2', 2), claim('k1', 1)])
    expect(again.done).toEqual([[0]])
    expect(again.outcomes).toEqual([ok('did 0'), ok('did 1'), ok('did 0')])
  })

  it('are one command with those that came singly', async () => {
    const single = (input: unknown) =>
      command(db.app, { ...scope, actor: 'a' }, { key: 'k4', name: 'do', input }, async () => ok('singly'))
    expect(await single(4)).toEqual(ok('singly'))
    expect((await batch([claim('k4', 4)])).outcomes).toEqual([ok('singly')])
    await batch([claim('k5', 5)])
    expect(
      await command(db.app, { ...scope, actor: 'a' }, { key: 'k5', name: 'do', input: 5 }, async () =>
        ok('no'),
      ),
    ).toEqual(ok('did 0'))
  })

  it('refuse another input under a key, and keep no key of what was refused', async () => {
    const before = await keys()
    const refused = await batch([claim('k6', 6), claim('k2', 'other')], () => refuse('thing.missing'))
    expect(refused.outcomes).toEqual([refuse('thing.missing'), refuse('idempotency.mismatch')])
    expect(refused.done).toEqual([[0]])
    expect(await keys()).toEqual(before)
    expect((await batch([claim('k6', 'something else')])).outcomes).toEqual([ok('did 0')])
  })

  it('begin again where another transaction took a key meanwhile, and answer as that one did', async () => {
    let turn = 0
    const meanwhile = async () => {
      turn += 1
      if (turn === 1) await batch([claim('k7', 7)], () => ok('the other'))
    }
    const { done, outcomes } = await batch([claim('k8', 8), claim('k7', 7)], undefined, meanwhile)
    expect(outcomes).toEqual([ok('did 0'), ok('the other')])
    // the reads go together: the first time the key was still free
    expect(done.at(-1)).toEqual([0])
    expect(turn).toBe(2)
  })
})
