import { describe, expect, it } from 'vitest'
import { organisationOf, organisationsOfType } from './organisations.ts'
import { declarations2025, enterpriseBudgets2025, minimumBpFor, quotaRules } from './quota.ts'
import { rowId } from './source.ts'

describe('quota rules', () => {
  it('were 30 percent in Shenzhen and Tongzhou in 2020 and are 10 percent everywhere since', () => {
    expect(minimumBpFor(2020, '440304')).toBe(3000)
    expect(minimumBpFor(2020, '110112')).toBe(3000)
    expect(minimumBpFor(2021, '440304')).toBe(1000)
    expect(minimumBpFor(2026, '650000')).toBe(1000)
  })

  it('are stricter in some places in 2025', () => {
    expect(['141102', '340705', '341524', '341525'].map(code => minimumBpFor(2025, code))).toEqual([
      1500, 1500, 1500, 1000,
    ])
  })

  it('did not exist in 2019', () => {
    expect(minimumBpFor(2019, '440300')).toBeNull()
  })

  it('cite a row each', () => {
    for (const { source } of quotaRules) expect(source).toMatch(rowId)
    expect(new Set(quotaRules.map(({ key }) => key)).size).toBe(quotaRules.length)
  })
})

describe('declarations of 2025', () => {
  it('come from every budget unit once', () => {
    expect(declarations2025.map(({ unit }) => unit).toSorted()).toEqual(
      organisationsOfType('budget_unit')
        .map(({ key }) => key)
        .toSorted(),
    )
  })

  it('reserve whole fen, and at least what the rule asks where there is a canteen to declare', () => {
    for (const { unit, canteenFoodFen, reservedFen, reservedBp } of declarations2025) {
      expect(reservedFen * 10_000).toBe(canteenFoodFen * reservedBp)
      if (canteenFoodFen === 0) continue
      expect(reservedBp).toBeGreaterThanOrEqual(minimumBpFor(2025, organisationOf(unit).areaCode) as number)
    }
    expect(declarations2025.reduce((sum, { reservedFen }) => sum + reservedFen, 0)).toBe(775_100_000)
  })

  it('show each special case once', () => {
    const of = (kind: string) => declarations2025.filter(({ canteen }) => canteen === kind)
    expect(of('shared_lead').map(({ unit }) => unit)).toEqual(['unit.second'])
    expect(of('shared_member')).toMatchObject([{ declaredBy: 'unit.second', reservedFen: 0 }])
    expect(of('none')).toMatchObject([{ unit: 'unit.library', reservedFen: 0, note: '无食堂' }])
    expect(of('outsourced')).toMatchObject([{ contractor: 'contractor.canteen', reservedFen: 75_000_000 }])
  })

  it('leave the companies out', () => {
    expect(enterpriseBudgets2025.map(({ unit }) => organisationOf(unit).type)).toEqual(
      Array(3).fill('enterprise_buyer'),
    )
  })
})
