import { describe, expect, it } from 'vitest'
import { changed, listSearch, nextSort, queryOf, queryText, searchOf } from './list-query.ts'

describe('the address of a list', () => {
  it('holds texts only', () => expect(listSearch({ q: 'x', a: 1, b: '', c: undefined })).toEqual({ q: 'x' }))

  it('becomes a query: filters with several values apart, the words of the page left out', () => {
    const search = { q: 'a,b', class: 'lifted,watched', county: '451003', row: 'r', new: '1', sort: '-code' }
    expect(queryOf(search)).toEqual({
      q: 'a,b',
      class: ['lifted', 'watched'],
      county: '451003',
      sort: '-code',
    })
    expect(queryText(search)).toBe('class=lifted&class=watched&county=451003&q=a%2Cb&sort=-code')
  })

  it('is found again from a saved text', () => {
    expect(searchOf('class=lifted&class=watched&county=451003')).toEqual({
      class: 'lifted,watched',
      county: '451003',
    })
  })

  it('loses a word that is set to nothing', () =>
    expect(changed({ a: '1', b: '2' }, { a: '', c: '3' })).toEqual({ b: '2', c: '3' }))

  it('sorts up, down and no more', () => {
    expect(nextSort(undefined, 'code')).toBe('code')
    expect(nextSort('code', 'code')).toBe('-code')
    expect(nextSort('-code', 'code')).toBeUndefined()
    expect(nextSort('-name', 'code')).toBe('code')
  })
})
