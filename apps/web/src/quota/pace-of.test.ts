import { expect, it } from 'vitest'
import { paceOf } from './pace-of.ts'

const share = { year: 2026, state: 'confirmed' as const, reservedFen: 100, completedFen: 40, behind: true }

it.each([
  ['the year runs', { ...share }, 'behind'],
  ['the year runs', { ...share, behind: false }, 'kept'],
  ['the year runs', { ...share, completedFen: 100, behind: false }, 'met'],
  ['the year is over', { ...share, year: 2025 }, 'missed'],
  ['the year is over', { ...share, year: 2025, completedFen: 120 }, 'met'],
  ['nothing is reserved', { ...share, reservedFen: 0 }, undefined],
  ['not confirmed yet', { ...share, state: 'declared' as const }, undefined],
])('%s: %j is %s', (_, declaration, expected) => expect(paceOf(declaration, 2026)).toBe(expected))
