import { describe, expect, it } from 'vitest'
import { Group } from './group.ts'

/** A group whose batches end when told to; what it was given, batch by batch. */
function held<Answer>(answer: (item: number) => Answer, most?: number) {
  const batches: number[][] = []
  const gates: PromiseWithResolvers<void>[] = []
  const group = new Group<number, Answer>({
    run: async items => {
      batches.push([...items])
      const gate = Promise.withResolvers<void>()
      gates.push(gate)
      await gate.promise
      return items.map(answer)
    },
    ...(most ? { most } : {}),
  })
  /** Ends the batch in flight, and lets the next begin. */
  const end = async () => {
    gates.at(-1)!.resolve()
    await turn()
  }
  return { group, batches, end }
}
const turn = () => new Promise<void>(resolve => setImmediate(resolve))

describe('a group', () => {
  it('sends the first at once and gathers the rest while it is in flight', async () => {
    const { group, batches, end } = held(item => item * 10)
    const first = group.submit(1)
    await turn()
    const rest = [2, 3, 4].map(item => group.submit(item))
    await turn()
    expect(batches).toEqual([[1]])
    await end()
    expect(await first).toBe(10)
    expect(batches).toEqual([[1], [2, 3, 4]])
    await end()
    expect(await Promise.all(rest)).toEqual([20, 30, 40])
  })

  it('has as many batches in flight as it may', async () => {
    const given: number[][] = []
    const gates: PromiseWithResolvers<void>[] = []
    const group = new Group<number, number>({
      flights: 2,
      run: async items => {
        given.push([...items])
        const gate = Promise.withResolvers<void>()
        gates.push(gate)
        await gate.promise
        return items
      },
    })
    const all: Promise<number>[] = []
    for (const item of [1, 2, 3, 4]) {
      all.push(group.submit(item))
      await turn()
    }
    expect(given).toEqual([[1], [2]])
    gates[1]!.resolve()
    await turn()
    expect(given).toEqual([[1], [2], [3, 4]])
    gates[0]!.resolve()
    gates[2]!.resolve()
    expect(await Promise.all(all)).toEqual([1, 2, 3, 4])
    const last = group.submit(5)
    await turn()
    gates[3]!.resolve()
    expect(await last).toBe(5)
  })

  it('puts no more into a batch than it may, in the order they came', async () => {
    const { group, batches, end } = held(item => item, 2)
    const all = [1, 2, 3, 4, 5].map(item => group.submit(item))
    await turn()
    for (let batch = 0; batch < 3; batch++) await end()
    expect(await Promise.all(all)).toEqual([1, 2, 3, 4, 5])
    expect(batches).toEqual([[1, 2], [3, 4], [5]])
  })

  it('does a batch that errors again one by one: one bad item fails alone', async () => {
    const tried: number[][] = []
    const group = new Group<number, string>({
      run: async items => {
        tried.push([...items])
        if (items.includes(2)) throw new Error('bad')
        return items.map(item => `done ${item}`)
      },
    })
    const answers = await Promise.allSettled([1, 2, 3].map(item => group.submit(item)))
    expect(answers).toEqual([
      { status: 'fulfilled', value: 'done 1' },
      { status: 'rejected', reason: new Error('bad') },
      { status: 'fulfilled', value: 'done 3' },
    ])
    expect(tried).toEqual([[1, 2, 3], [1], [2], [3]])
    expect(await group.submit(4)).toBe('done 4')
  })

  it('gathers anew after it was idle', async () => {
    const { group, batches, end } = held(item => item)
    for (const item of [1, 2]) {
      const answer = group.submit(item)
      await turn()
      await end()
      expect(await answer).toBe(item)
    }
    expect(batches).toEqual([[1], [2]])
  })

  it('answers all that it took before it is closed, and takes nothing more', async () => {
    const { group, batches, end } = held(item => item)
    const taken = [group.submit(1)]
    await turn()
    taken.push(group.submit(2))
    let closed = false
    const closing = group.close().then(() => {
      closed = true
    })
    await expect(group.submit(3)).rejects.toThrow('the group is closed')
    await end()
    expect(closed).toBe(false)
    await end()
    await closing
    expect(await Promise.all(taken)).toEqual([1, 2])
    expect(batches).toEqual([[1], [2]])
  })

  it('closes at once when nothing is in flight', async () => {
    const { group, batches } = held(item => item)
    await group.close()
    expect(batches).toEqual([])
  })
})
