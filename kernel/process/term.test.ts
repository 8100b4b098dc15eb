import { describe, expect, it } from 'vitest'
import { end, standing } from './states.ts'
import { termOf } from './term.ts'

const state = standing({ for: { years: 3 }, next: 'over', on: {} })
const never = { valid_from: null, valid_to: null }
const first = { valid_from: '2025-10-17', valid_to: '2028-10-17' }

describe('a term', () => {
  it('begins when the state is first entered', () => {
    expect(termOf(state, never, '2025-10-17', false)).toEqual(first)
  })

  it('goes on after a check, also after one that took longer than the term: then it is over', () => {
    expect(termOf(state, first, '2027-01-05', false)).toEqual(first)
    expect(termOf(state, first, '2028-11-01', false)).toEqual(first)
  })

  it('begins anew where the outcome renews it', () => {
    expect(termOf(state, first, '2028-11-01', true)).toEqual({
      valid_from: '2028-11-01',
      valid_to: '2031-11-01',
    })
  })

  it('is kept by states that do not stand', () => {
    expect(termOf(end(), first, '2029-01-01', false)).toEqual(first)
  })
})
