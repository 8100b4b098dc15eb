import { expect, it } from 'vitest'
import { recognitionOf } from './recognition.ts'

it('warns ninety days before a recognition ends, by the days of Shanghai', () => {
  const now = new Date('2025-10-07T17:00:00Z')
  const until = (to: string) => recognitionOf({ from: '2025-01-01', to }, now)
  expect(recognitionOf(null, now)).toBe('none')
  expect(['2025-10-07', '2025-10-08', '2026-01-06', '2026-01-07'].map(until)).toEqual([
    'over',
    'ending',
    'ending',
    'valid',
  ])
})
