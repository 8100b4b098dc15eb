import { expect, it } from 'vitest'
import { worstDay } from './worst-day.ts'

it('adds up a day over providers and verdicts, and looks seven days back', () => {
  const now = new Date('2025-10-08T12:00:00+08:00')
  expect(worstDay([], now)).toBeUndefined()
  expect(
    worstDay(
      [
        { day: '2025-10-08', count: 3 },
        { day: '2025-10-02', count: 12 },
        { day: '2025-10-02', count: 9 },
        { day: '2025-10-01', count: 99 },
      ],
      now,
    ),
  ).toEqual({ day: '2025-10-02', count: 21 })
})
