import { describe, expect, it } from 'vitest'
import { searchedBy } from './searched.ts'

const column = (name: string, more: object = {}) =>
  ({ name, kind: 'text', search: false, filter: false, personal: null, ...more }) as never

describe('what a list is searched by', () => {
  it('is its key and its words, and whole personal values of the row and its parts', () => {
    const shape = {
      key: 'code',
      columns: [
        column('code'),
        column('name', { search: true }),
        column('phone', { filter: true, personal: 'personal' }),
        column('note', { filter: true }),
      ],
      parts: [
        {
          name: 'member',
          columns: [
            column('idNumber', { filter: true, personal: 'sensitive' }),
            column('health', { personal: 'sensitive' }),
          ],
        },
      ],
    }
    expect(searchedBy(shape as never)).toEqual({
      words: ['code', 'name'],
      whole: [
        { name: 'phone', within: undefined },
        { name: 'idNumber', within: 'member' },
      ],
    })
  })
})
