import { expect, it } from 'vitest'
import { chunks, inParallel } from './stage.ts'

it('works on no more items at once than asked, and on every one', async () => {
  let [running, most] = [0, 0]
  const seen: number[] = []
  await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async item => {
    running += 1
    most = Math.max(most, running)
    await Promise.resolve()
    seen.push(item)
    running -= 1
  })
  expect(most).toBe(3)
  expect(seen.sort()).toEqual([1, 2, 3, 4, 5, 6, 7])
})

it('after a failure begins nothing new and lets end what is under way', async () => {
  const slow = Promise.withResolvers<void>()
  const begun: number[] = []
  let ended = false
  const all = inParallel([1, 2, 3, 4], 2, async item => {
    begun.push(item)
    if (item === 1) {
      await slow.promise
      ended = true
    } else {
      slow.resolve()
      throw new Error('broken')
    }
  })
  await expect(all).rejects.toThrow('broken')
  expect(ended).toBe(true)
  expect(begun).toEqual([1, 2])
})

it('cuts into pieces', () => {
  expect(chunks([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]])
  expect(chunks([], 2)).toEqual([])
})
