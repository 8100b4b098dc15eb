import { expect, test } from 'vitest'
import { Replayed } from './replayed.ts'

async function first<T>(all: AsyncIterable<T>, most = 10): Promise<T[]> {
  const found: T[] = []
  for await (const each of all) {
    found.push(each)
    if (found.length === most) break
  }
  return found
}

test('what was made is told again, and only as far as somebody asks', async () => {
  const made: number[] = []
  const all = new Replayed(async function* () {
    for (const n of [1, 2, 3]) {
      made.push(n)
      yield n
    }
  })
  expect(await Promise.all([first(all, 1), first(all, 2)])).toEqual([[1], [1, 2]])
  expect(made).toEqual([1, 2])
  expect(await first(all)).toEqual([1, 2, 3])
  expect(await first(all)).toEqual([1, 2, 3])
  expect(made).toEqual([1, 2, 3])
})

test('what failed is begun again', async () => {
  let fails = true
  const all = new Replayed(async function* () {
    yield 1
    if (fails) throw new Error('lost')
    yield 2
  })
  await expect(first(all)).rejects.toThrow('lost')
  fails = false
  expect(await first(all)).toEqual([1, 2])
})
