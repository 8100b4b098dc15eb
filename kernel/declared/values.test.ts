import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { checkCharacter } from '../personal/identity-number.ts'
import type { Column } from './columns.ts'
import { creditCheck, creditCodeIsRight } from './credit-code.ts'
import { columnShapes } from './shape.ts'
import { checkValue, checkValues, missing } from './values.ts'
import { valuesShape } from './zod.ts'

const text = (more: object = {}): Column => ({ kind: 'text', max: 22, ...more }) as Column
const person = '999999198001010' + '18'
const id = person + checkCharacter(person)
const checked = (column: Column, given: unknown) => {
  const result = checkValue(column, given as string)
  return 'value' in result ? { is: result.value } : result.code
}

describe('a value', () => {
  test.each<[string, Column, unknown, unknown]>([
    ['is trimmed', text(), ' 百色  冷库 ', { is: '百色 冷库' }],
    ['is in one form', text(), 'e\u0301', { is: '\u00e9' }],
    ['is nothing where it is empty', text(), '  ', { is: null }],
    ['is not too long', text(), 'x'.repeat(23), 'value.too_long'],
    ['has no control characters', text(), 'a\u0001b', 'value.type'],
    ['is a code', text({ format: 'code' }), 'A 1', 'value.format'],
    [
      'is a telephone number as people write it',
      text({ format: 'phone' }),
      '+86 138-1234-1234',
      { is: '13812341234' },
    ],
    ['is an account', text({ format: 'account' }), '6222 0000 1234', { is: '622200001234' }],
    ['is an identity number', text({ format: 'identity' }), id.toLowerCase(), { is: id }],
    ['with a wrong check place is none', text({ format: 'identity' }), `${person}#`, 'value.identity'],
    [
      'of a disability certificate has more places',
      text({ format: 'identity' }),
      `${id}43`,
      { is: `${id}43` },
    ],
    ['of 19 places is none', text({ format: 'identity' }), `${id}4`, 'value.identity'],
    ['that is public is nobody’s number', text({ open: true }), '13812341234', 'value.personal'],
    ['is a number', { kind: 'number', min: 1, max: 9 }, 0, 'value.too_small'],
    ['is a whole number', { kind: 'number' }, 1.5, 'value.type'],
    ['is a day of the calendar', { kind: 'date' }, '2025-02-29', 'value.type'],
    ['is one of the words', { kind: 'choice', of: ['a'] }, 'b', 'value.choice'],
    [
      'is some of the words, in their order, each once',
      { kind: 'choices', of: ['a', 'b'] },
      ['b', 'a', 'b'],
      { is: ['a', 'b'] },
    ],
    ['is an area’s code', { kind: 'area' }, '4510', 'value.type'],
    [
      'is an id, in one form',
      { kind: 'organisation' },
      'A0000000-0000-4000-8000-000000000000',
      { is: 'a0000000-0000-4000-8000-000000000000' },
    ],
  ])('%s', (_, column, given, wanted) => {
    expect(checked(column, given)).toEqual(wanted)
  })

  it('is in its stored form already when it comes again', () => {
    const columns = [
      text(),
      text({ format: 'phone' }),
      text({ format: 'identity' }),
      text({ format: 'long', max: 500 }),
    ]
    fc.assert(
      fc.property(fc.constantFrom(...columns), fc.string({ unit: 'grapheme' }), (column, given) => {
        const first = checkValue(column, given)
        if ('value' in first) expect(checkValue(column, first.value)).toEqual(first)
      }),
    )
  })
})

it('columns that nobody declared, or that are computed, are not given', () => {
  const columns = { a: text(), b: text({ computed: true }), c: text({ required: false }) }
  expect(checkValues(columns, { a: '1', b: '2', z: '3' }, 'part.1.')).toEqual({
    values: { a: '1' },
    faults: [
      { column: 'part.1.b', code: 'value.unknown_column', params: {} },
      { column: 'part.1.z', code: 'value.unknown_column', params: {} },
    ],
  })
  expect(missing(columns, {})).toEqual([{ column: 'a', code: 'value.required', params: {} }])
  expect(Object.keys(valuesShape(columns).shape)).toEqual(['a', 'c'])
  expect(columnShapes(columns).map(shape => [shape.name, shape.required, shape.computed])).toEqual([
    ['a', true, false],
    ['b', true, true],
    ['c', false, false],
  ])
})

it('a credit code has its right last place', () => {
  // of the standard's example
  expect(creditCodeIsRight('91350100M000100Y43')).toBe(true)
  expect(creditCodeIsRight('91350100M000100Y44')).toBe(false)
  expect(creditCheck('91350100M000100Y4')).toBe('3')
})
