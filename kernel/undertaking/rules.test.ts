import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../time/shanghai.ts'
import { cover, isKept, isSchedule, remainder, standingOf } from './rules.ts'

const dues = fc.array(
  fc.integer({ min: 1, max: 1000 }).map(amount => ({ dueOn: '2026-06-30', amount })),
  { maxLength: 8 },
)
const done = fc.integer({ min: -500, max: 9000 })
const total = (all: readonly { amount: number }[]) => all.reduce((sum, due) => sum + due.amount, 0)

describe('what was done', () => {
  it('covers the earliest dues first, none beyond its amount, and leaves the rest owed exactly', () => {
    fc.assert(
      fc.property(dues, done, (schedule, n) => {
        const covered = cover(schedule, n)
        const sum = covered.reduce((all, due) => all + due.done, 0)
        expect(sum).toBe(Math.min(Math.max(n, 0), total(schedule)))
        expect(total(remainder(schedule, n))).toBe(total(schedule) - sum)
        const short = covered.findIndex(due => due.done < due.amount)
        if (short >= 0) expect(covered.slice(short + 1).every(due => due.done === 0)).toBe(true)
      }),
    )
  })

  it('keeps what is partly done as a smaller due of the same day', () => {
    const schedule = [
      { dueOn: '2026-03-31', amount: 100 },
      { dueOn: '2026-06-30', amount: 50 },
      { dueOn: '2026-09-30', amount: 50 },
    ]
    expect(remainder(schedule, 120)).toEqual([
      { dueOn: '2026-06-30', amount: 30 },
      { dueOn: '2026-09-30', amount: 50 },
    ])
    expect(remainder(schedule, -5)).toEqual(schedule)
    expect(remainder(schedule, 201)).toEqual([])
  })
})

describe('a schedule', () => {
  const [from, to] = ['2026-01-01', '2026-12-31']
  const on = (...days: string[]) =>
    isSchedule(
      days.map(dueOn => ({ dueOn, amount: 1 })),
      from,
      to,
    )

  it('runs forward within the days in force, both included', () => {
    expect(on()).toBe(true)
    expect(on(from, '2026-05-01', '2026-05-01', to)).toBe(true)
    expect(on('2026-05-02', '2026-05-01')).toBe(false)
    expect(on(addDays(from, -1))).toBe(false)
    expect(on(addDays(to, 1))).toBe(false)
    expect(isSchedule([], to, from)).toBe(false)
  })

  it('is of whole positive amounts', () => {
    expect(isSchedule([{ dueOn: from, amount: 0 }], from, to)).toBe(false)
    expect(() => isSchedule([{ dueOn: from, amount: 1.5 }], from, to)).toThrow('not a safe whole number')
  })
})

describe('standing', () => {
  const floor = (promised: number, due: number, is: number) =>
    standingOf({ bound: 'floor', promised, due, done: is })

  it('of a floor: overdue when less was done than was due, kept when all was, 106 % included', () => {
    expect([floor(100, 0, 0), floor(100, 50, 49), floor(100, 50, 50)]).toEqual(['open', 'overdue', 'open'])
    expect([floor(100, 100, 99), floor(100, 100, 100), floor(100, 50, 106)]).toEqual([
      'overdue',
      'kept',
      'kept',
    ])
    expect(floor(0, 0, 500)).toBe('open')
  })

  it('of a ceiling: exceeded when more was done, never overdue', () => {
    const ceiling = (is: number) => standingOf({ bound: 'ceiling', promised: 100, due: 100, done: is })
    expect([ceiling(0), ceiling(100), ceiling(101)]).toEqual(['open', 'open', 'exceeded'])
  })

  it('at the end is kept or not', () => {
    const kept = (bound: 'floor' | 'ceiling', is: number) => isKept({ bound, promised: 100, done: is })
    expect([kept('floor', 99), kept('floor', 100), kept('floor', 106)]).toEqual([false, true, true])
    expect([kept('ceiling', 99), kept('ceiling', 100), kept('ceiling', 106)]).toEqual([true, true, false])
  })
})
