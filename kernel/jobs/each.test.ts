import { expect, it } from 'vitest'
import { eachInTurn } from './each.ts'

it('gives everybody their turn, and tells of the first that failed', async () => {
  const had: number[] = []
  const run = eachInTurn([1, 2, 3, 4], async n => {
    had.push(n)
    if (n % 2 === 0) throw new Error(`no ${n}`)
  })
  await expect(run).rejects.toThrow('no 2')
  expect(had).toEqual([1, 2, 3, 4])
})
