import { beforeAll, describe, expect, it } from 'vitest'
import { areaOf } from './areas.ts'
import { isWorkingDay, monthOf } from './calendar.ts'
import { lotsNeeded } from './lots.ts'
import {
  generateOrderPlan,
  type Outcome,
  orderFen,
  outcomePercent,
  type PlannedOrder,
} from './orders-plan.ts'
import { productOf, stockOf } from './products.ts'
import { purses } from './purses.ts'
import { harvestDayFor } from './seasons.ts'

const options = { orders: 3000, from: '2025-07-01', to: '2025-12-31', seed: 1 }
let plan: PlannedOrder[]
beforeAll(() => {
  plan = generateOrderPlan(options)
})

const withOutcome = (outcome: Outcome) => plan.filter(order => order.outcome === outcome)

describe('the order plan', () => {
  it('has exactly 3,000 orders with the outcomes asked for', () => {
    expect(plan).toHaveLength(3000)
    expect(Object.keys(outcomePercent).map(outcome => withOutcome(outcome as Outcome).length)).toEqual([
      2700, 120, 90, 60, 30,
    ])
  })

  it('is the same for one seed and another for another', () => {
    const small = { ...options, orders: 100 }
    expect(generateOrderPlan(small)).toEqual(generateOrderPlan(small))
    expect(generateOrderPlan(small)).not.toEqual(generateOrderPlan({ ...small, seed: 2 }))
  })

  it('lies on working days, in order, and grows towards the end of the year', () => {
    expect(plan.every(({ day }) => isWorkingDay(day) && day >= options.from && day <= options.to)).toBe(true)
    expect(plan.map(({ day }) => day)).toEqual(plan.map(({ day }) => day).toSorted())
    const inMonth = (month: number) => plan.filter(({ day }) => monthOf(day) === month).length
    expect(inMonth(12)).toBeGreaterThan(2 * inMonth(7))
  })

  it('has one to four different products a line, in whole pieces', () => {
    for (const { lines } of plan) {
      expect(lines.length).toBeGreaterThanOrEqual(1)
      expect(lines.length).toBeLessThanOrEqual(4)
      expect(new Set(lines.map(({ product }) => product)).size).toBe(lines.length)
      for (const { pieces } of lines) expect(Number.isInteger(pieces) && pieces >= 1).toBe(true)
    }
    expect(new Set(plan.map(({ lines }) => lines.length))).toEqual(new Set([1, 2, 3, 4]))
  })

  it('sells only what is in season or in store, of the Shenzhen programme', () => {
    for (const { day, lines } of plan) {
      for (const line of lines) {
        const product = productOf(line.product)
        expect(harvestDayFor(product, day)).not.toBeNull()
        expect(areaOf(product.county).programme).toBe('shenzhen')
      }
    }
    const peaches = plan.filter(({ lines }) => lines.some(({ product }) => product.startsWith('peach.')))
    expect(new Set(peaches.map(({ day }) => monthOf(day)))).toEqual(new Set([7, 8, 9]))
  })
})

describe('money', () => {
  it('keeps every purse under its plan and its ceiling, and nearly uses the plan', () => {
    for (const { unit, fund, plannedFen, ceilingFen } of purses) {
      const spent = plan
        .filter(order => order.unit === unit && order.fund === fund)
        .reduce((sum, order) => sum + orderFen(order), 0)
      expect(spent).toBeLessThanOrEqual(plannedFen)
      expect(plannedFen).toBeLessThan(ceilingFen)
      expect(spent).toBeGreaterThan(plannedFen * 0.93)
    }
  })

  it('comes from 21 purses of 13 units', () => {
    expect(purses).toHaveLength(21)
    expect(new Set(plan.map(({ unit }) => unit)).size).toBe(13)
  })

  it('refuses more orders than the budgets can feed', () => {
    expect(() => generateOrderPlan({ ...options, orders: 2_000_000 })).toThrow('too many orders')
  })
})

describe('people', () => {
  it('lets another than the requester approve, in the unit whose money it is', () => {
    for (const { requester, approver } of plan) expect(requester).not.toBe(approver)
    const outsourced = plan.find(({ buyer }) => buyer === 'contractor.canteen')
    expect(outsourced).toMatchObject({
      unit: 'unit.school',
      fund: 'canteen',
      requester: 'buyer.contractor-canteen',
      approver: 'approver.school',
    })
  })

  it('leaves the unfinished to the end of the plan', () => {
    const place = (order: PlannedOrder) => plan.indexOf(order)
    for (const order of withOutcome('awaiting_approval')) expect(place(order)).toBeGreaterThanOrEqual(2700)
    for (const order of withOutcome('shipped_unpaid')) expect(place(order)).toBeGreaterThanOrEqual(2100)
    for (const order of withOutcome('paid_late')) expect(place(order)).toBeLessThan(2100)
  })
})

describe('lots', () => {
  it('add up to what the plan takes, at every grain', () => {
    const taken = plan
      .flatMap(({ lines }) => lines)
      .reduce((sum, { product, pieces }) => sum + stockOf(productOf(product), pieces), 0)
    for (const grain of ['month', 'xun', 'day'] as const) {
      expect(lotsNeeded(plan, grain).reduce((sum, { quantity }) => sum + quantity, 0)).toBe(taken)
    }
  })

  it('are one per product and period, harvested before their first sale', () => {
    const needs = lotsNeeded(plan)
    expect(new Set(needs.map(({ product, period }) => `${product} ${period}`)).size).toBe(needs.length)
    for (const { harvestDay, firstSold, lastSold, quantity, product, period } of needs) {
      expect(harvestDay <= firstSold && firstSold <= lastSold).toBe(true)
      expect(quantity).toBeGreaterThan(0)
      expect(productOf(product).harvestMonths).toContain(Number(period.slice(5, 7)))
    }
  })

  it('take stored goods from their last harvest', () => {
    const order: PlannedOrder = {
      ...(plan[0] as PlannedOrder),
      day: '2025-07-15',
      lines: [
        { product: 'jujube.kashgar.a.500g', pieces: 4 },
        { product: 'mango.tianyang.a.5jin', pieces: 2 },
        { product: 'chicken.dahua.hen', pieces: 3 },
      ],
    }
    expect(lotsNeeded([order], 'xun')).toMatchObject([
      {
        product: 'jujube.kashgar.a.500g',
        period: '2024-11-3',
        harvestDay: '2024-11-21',
        quantity: 2000,
        unit: 'g',
      },
      {
        product: 'chicken.dahua.hen',
        period: '2025-07-2',
        harvestDay: '2025-07-11',
        quantity: 3,
        unit: 'piece',
      },
      { product: 'mango.tianyang.a.5jin', period: '2025-07-2', quantity: 5000, unit: 'g' },
    ])
  })

  it('refuse what nobody can have harvested', () => {
    const order = { ...(plan[0] as PlannedOrder), day: '2025-12-15' }
    const impossible = { ...order, lines: [{ product: 'peach.lianping.a.5jin', pieces: 1 }] }
    expect(() => lotsNeeded([impossible])).toThrow('no peach.lianping.a.5jin to sell on 2025-12-15')
  })
})
