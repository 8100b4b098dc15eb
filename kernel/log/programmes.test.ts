import { expect, it, vi } from 'vitest'
import { forEachProgramme } from './programmes.ts'

it('works for those named, once each, and ends with them', async () => {
  const seen: string[] = []
  const signal = new AbortController().signal
  await forEachProgramme({ programmes: ['a', 'b', 'a'], signal }, async id => seen.push(id))
  expect(seen).toEqual(['a', 'b'])
})

it('finds those that are made meanwhile, survives a list that fails, and waits for all when stopped', async () => {
  const stop = new AbortController()
  const errors: unknown[] = []
  const lists = [['platform'], new Error('gone'), ['platform', 'new']]
  const seen: string[] = []
  let ended = 0
  const programmes = async () => {
    const next = lists.shift() ?? ['platform', 'new']
    if (next instanceof Error) throw next
    return next
  }
  const work = forEachProgramme(
    { programmes, signal: stop.signal, onError: (_, error) => errors.push(error) },
    async id => {
      seen.push(id)
      await new Promise(resolve => stop.signal.addEventListener('abort', resolve))
      ended++
    },
  )
  await vi.waitFor(() => expect(seen).toEqual(['platform', 'new']), { timeout: 10_000 })
  expect(errors).toHaveLength(1)
  stop.abort()
  await work
  expect(ended).toBe(2)
})
