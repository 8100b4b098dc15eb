import { dateOf } from '@silian/kernel/time/shanghai.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWorkingDay, workingDays } from '../world/calendar.ts'
import type { Outcome } from '../world/orders-plan.ts'
import { planFrom, planTo } from './clock.ts'
import { scheduleOf, stepKinds } from './schedule.ts'

const placingDays = workingDays(planFrom, planTo)
const placing = fc.constantFrom(...placingDays)
const seeds = fc.integer({ min: 0, max: 100_000 })
const kindsOf = (day: string, outcome: Outcome, seed: number) =>
  scheduleOf(day, outcome, seed).map(({ kind }) => kind)

describe('the schedule of a basket', () => {
  it('is the same for the same seed', () => {
    expect(scheduleOf('2025-09-01', 'completed', 7)).toEqual(scheduleOf('2025-09-01', 'completed', 7))
  })

  it('completes within the year, on working days', () => {
    fc.assert(
      fc.property(placing, seeds, (day, seed) => {
        for (const step of scheduleOf(day, 'completed', seed)) {
          expect(dateOf(step.at) <= '2025-12-31').toBe(true)
          expect(isWorkingDay(dateOf(step.at))).toBe(true)
        }
      }),
    )
  })

  it('approves before shipping, ships before accepting, opens before paying, accepts before evaluating', () => {
    fc.assert(
      fc.property(placing, seeds, (day, seed) => {
        const when = new Map(scheduleOf(day, 'completed', seed).map(({ kind, at }) => [kind, at.getTime()]))
        for (const [first, then] of [
          ['place', 'approve'],
          ['approve', 'ship'],
          ['ship', 'accept'],
          ['accept', 'evaluate'],
          ['approve', 'open'],
          ['open', 'pay'],
        ] as const)
          expect(when.get(first)!).toBeLessThan(when.get(then)!)
      }),
    )
  })

  it('pays late after its first code has run out', () => {
    fc.assert(
      fc.property(fc.constantFrom(...placingDays.slice(0, 80)), seeds, (day, seed) => {
        const opened = scheduleOf(day, 'paid_late', seed).filter(({ kind }) => kind === 'open')
        const days = (opened[1]!.at.getTime() - opened[0]!.at.getTime()) / 86_400_000
        expect(days).toBeGreaterThan(30)
        expect(opened.map(({ round }) => round)).toEqual([undefined, 2])
      }),
    )
  })

  it('ends other outcomes where they end', () => {
    expect(kindsOf('2025-12-01', 'awaiting_approval', 1)).toEqual(['place', 'expire'])
    for (let seed = 0; seed < 20; seed++) {
      expect(kindsOf('2025-12-01', 'cancelled', seed).at(-1)).toBe('cancel')
      expect(kindsOf('2025-12-01', 'shipped_unpaid', seed)).not.toContain('pay')
    }
  })

  it('does the kinds of step in the order in which a day has them', () => {
    fc.assert(
      fc.property(placing, seeds, (day, seed) => {
        const steps = scheduleOf(day, 'completed', seed).toSorted((a, b) => a.at.getTime() - b.at.getTime())
        for (const [n, step] of steps.entries()) {
          const next = steps[n + 1]
          if (!next || dateOf(next.at) !== dateOf(step.at)) continue
          expect(stepKinds.indexOf(step.kind)).toBeLessThan(stepKinds.indexOf(next.kind))
        }
      }),
    )
  })
})
