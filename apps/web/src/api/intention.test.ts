import { describe, expect, it } from 'vitest'
import { newId } from './ids.ts'
import { readIntention } from './intention.ts'

/** A store as a browser has it. */
function store(): Storage {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    clear: () => kept.clear(),
    getItem: name => kept.get(name) ?? null,
    key: at => [...kept.keys()][at] ?? null,
    removeItem: name => void kept.delete(name),
    setItem: (name, value) => void kept.set(name, value),
  }
}

describe('readIntention', () => {
  it('makes a key once and finds it again after a reload', () => {
    const storage = store()
    const first = readIntention(storage, 'order', { note: '' })
    expect(first.key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(readIntention(storage, 'order', { note: 'other' })).toEqual(first)
  })

  it('keeps intentions of other names apart', () => {
    const storage = store()
    expect(readIntention(storage, 'a', null).key).not.toBe(readIntention(storage, 'b', null).key)
  })

  it('begins anew over what it cannot read', () => {
    const storage = store()
    storage.setItem('silian.intention.order', '{"key":')
    expect(readIntention(storage, 'order', 1).draft).toBe(1)
    storage.setItem('silian.intention.order', '{"draft":2}')
    expect(readIntention(storage, 'order', 1).draft).toBe(1)
  })

  it('still gives a key where nothing can be stored', () => {
    const full = {
      ...store(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    }
    expect(readIntention(full, 'order', 1).key).toHaveLength(36)
  })
})

describe('newId', () => {
  it('begins with the time, so that later ids are larger', () => {
    expect(newId(1_700_000_000_000).slice(0, 13)).toBe('018bcfe5-6800')
    expect(newId(1_700_000_000_000) < newId(1_700_000_000_001)).toBe(true)
  })

  it('does not repeat itself', () => {
    expect(new Set(Array.from({ length: 1000 }, () => newId(0))).size).toBe(1000)
  })
})
