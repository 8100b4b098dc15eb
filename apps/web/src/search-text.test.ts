import { expect, it } from 'vitest'
import { parseSearch, stringifySearch } from './search-text.ts'

it('writes plain words and leaves out what is not given', () => {
  expect(stringifySearch({ county: '451028', class: undefined, state: '' })).toBe('?county=451028')
  expect(stringifySearch({})).toBe('')
})

it('reads back what it wrote, numbers and signs as texts', () => {
  const search = { county: '451028', to: '/p/x/orders?state=shipped&a=b', month: '2025-10' }
  expect(parseSearch(stringifySearch(search))).toEqual(search)
})
