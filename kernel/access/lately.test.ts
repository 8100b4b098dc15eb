import { expect, it } from 'vitest'
import { credentialsEnded, Lately } from './lately.ts'

const at = (ms: number) => new Date(ms)

it('believes for its time, then reads again, and at once after anything has ended', async () => {
  const kept = new Lately<number>(1000, 10)
  let reads = 0
  const read = async () => ++reads
  expect(await kept.get('a', at(0), read)).toBe(1)
  expect(await kept.get('a', at(999), read)).toBe(1)
  expect(await kept.get('b', at(999), read)).toBe(2)
  expect(await kept.get('a', at(1000), read)).toBe(3)
  credentialsEnded()
  expect(await kept.get('a', at(1001), read)).toBe(4)
})

it('does not believe what was read while something ended', async () => {
  const kept = new Lately<string>(1000, 10)
  await kept.get('a', at(0), async () => {
    credentialsEnded()
    return 'before'
  })
  expect(await kept.get('a', at(1), async () => 'after')).toBe('after')
})

it('forgets the oldest rather than grow', async () => {
  const kept = new Lately<string>(1000, 2)
  for (const key of ['a', 'b', 'c']) await kept.get(key, at(0), async () => key)
  expect(await kept.get('a', at(1), async () => 'again')).toBe('again')
  expect(await kept.get('c', at(1), async () => 'again')).toBe('c')
})
