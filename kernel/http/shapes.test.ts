import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { date, id, month, pageById, pageByTime, publicText, text } from './shapes.ts'

const takes = (shape: z.ZodType, ...values: unknown[]) =>
  values.filter(value => shape.safeParse(value).success)
const row = '0199c0a0-0000-7000-8000-0000000000ab'

it('an id has one form', () => {
  expect(id.parse(row.toUpperCase())).toBe(row)
  expect(takes(id, '', row.slice(1), `${row} `, 1)).toEqual([])
})

it('a date is a day of the calendar', () => {
  const days = ['2024-02-29', '2025-12-31', '1949-10-01']
  expect(takes(date, ...days)).toEqual(days)
  expect(takes(date, '2025-02-29', '2025-13-01', '2025-00-01', '0001-01-01', '2025-1-1', 'infinity')).toEqual(
    [],
  )
  expect(takes(month, '2025-01', '2025-12', '2025-00', '2025-13')).toEqual(['2025-01', '2025-12'])
})

describe('text', () => {
  it('is trimmed and in one form, and then neither empty nor too long', () => {
    expect(text(1).parse(' e\u0301 ')).toBe('é')
    expect(takes(text(3), ' ', 'abcd')).toEqual([])
  })

  it('that anyone may read is no number that people are known by', () => {
    expect(takes(publicText(20), '13812341234', '110101199001011234', '百色芒果', '138')).toEqual([
      '百色芒果',
      '138',
    ])
  })
})

describe("a page's mark", () => {
  const after = (shape: typeof pageById | typeof pageByTime, mark: string) =>
    shape.safeParse({ after: mark }).success

  it('is an id where rows are in the order of their ids', () => {
    expect([after(pageById, row), after(pageById, 'x'), after(pageById, '')]).toEqual([true, false, false])
  })

  it('is an instant and an id where the newest are first', () => {
    expect(after(pageByTime, `2025-10-08T02:00:00.000Z|${row}`)).toBe(true)
    for (const mark of [row, `|${row}`, `2025-13-08T02:00:00.000Z|${row}`, `infinity|${row}`])
      expect(after(pageByTime, mark)).toBe(false)
    expect(after(pageByTime, `2025-10-08T02:00:00.000Z|${row}|1`)).toBe(false)
    expect(after(pageByTime, `0000-10-08T02:00:00.000Z|${row}`)).toBe(false)
  })
})
