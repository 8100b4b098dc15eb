import { describe, expect, it } from 'vitest'
import { Signal } from './signal.ts'

const never = new AbortController().signal
const HOUR = 3_600_000

describe('a signal', () => {
  it('wakes those that wait for its programme, and no others', async () => {
    const signal = new Signal()
    const woken: string[] = []
    const stop = new AbortController()
    const wait = (name: string, programme: string) =>
      signal.wait(programme, signal.count(programme), HOUR, stop.signal).then(() => woken.push(name))
    const waiting = [wait('a', 'x'), wait('b', 'x'), wait('c', 'y')]
    signal.raise('x')
    await Promise.all(waiting.slice(0, 2))
    expect(woken).toEqual(['a', 'b'])
    stop.abort()
    await waiting[2]
  })

  it('is not slept through when raised between looking and waiting', async () => {
    const signal = new Signal()
    const seen = signal.count('x')
    signal.raise('x')
    await signal.wait('x', seen, HOUR, never)
    expect(signal.count('x')).toBe(seen + 1)
  })

  it('ends with its time or when stopped', async () => {
    const signal = new Signal()
    await signal.wait('x', 0, 1, never)
    await signal.wait('x', 0, HOUR, AbortSignal.abort())
    expect(signal.count('x')).toBe(0)
  })
})
