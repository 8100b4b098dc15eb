import { describe, expect, it } from 'vitest'
import { askedOf, countOf, sortOf, toggled, withPart } from './asked.ts'

describe('what is asked', () => {
  it('is read from an address, the known parts of it', () =>
    expect(askedOf({ q: 'a', county: '451003', colour: 'red', mark: '' })).toEqual({
      q: 'a',
      county: '451003',
    }))

  it('takes several values of one filter and one of others', () => {
    const two = toggled({ county: '451003' }, 'county', '451028')
    expect(two).toEqual({ county: '451003,451028' })
    expect(toggled(two, 'county', '451003')).toEqual({ county: '451028' })
    expect(toggled({ county: '1' }, 'county', '1')).toEqual({})
    expect(toggled({ pavilion: 'a' }, 'pavilion', 'b')).toEqual({ pavilion: 'b' })
    expect(countOf(two)).toBe(2)
  })

  it('says one part anew', () => {
    expect(withPart({ q: 'a' }, 'q', 'b')).toEqual({ q: 'b' })
    expect(withPart({ q: 'a', sort: 'price' }, 'q', '')).toEqual({ sort: 'price' })
  })

  it('is sorted by what there is', () => {
    expect(sortOf({ sort: 'benefit' })).toBe('benefit')
    expect(sortOf({ sort: 'colour' })).toBe('relevance')
  })
})
