import type { Whole } from '@silian/server/compose.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { stockOf } from '../world/products.ts'
import type { Basket } from './baskets.ts'
import { fullScale } from './load.ts'
import { type Arrival, arrivalsOf, createSelling } from './lots.ts'
import { basketsOf, planOf } from './past.ts'
import { Stage } from './stage.ts'

let arrivals: Arrival[]
let baskets: Basket[]
beforeAll(async () => {
  // nothing here touches a database
  const kit = { app: { read: async () => [] } } as unknown as Whole
  const stage = await Stage.open(kit, 'shenzhen', () => undefined)
  const plan = planOf(fullScale.baskets)
  arrivals = arrivalsOf(stage, plan)
  baskets = basketsOf(stage, plan, arrivals)
})

describe('the lots of the full plan', () => {
  it('make somewhat more than three thousand orders', () => {
    const orders = baskets.reduce((sum, { parts }) => sum + parts.length, 0)
    expect(orders).toBeGreaterThanOrEqual(3000)
    expect(orders).toBeLessThanOrEqual(3200)
  })

  it('are in stock before what is sold of them, and hold enough for all of it', () => {
    const left = new Map(arrivals.map(({ id, quantity }) => [id, quantity]))
    for (const { lines, steps } of baskets)
      for (const { product, pieces, lot } of lines) {
        expect(lot.product.key).toBe(product.key)
        expect(lot.at <= steps[0]!.at).toBe(true)
        left.set(lot.id, left.get(lot.id)! - stockOf(product, pieces))
      }
    expect([...left.values()].filter(rest => rest < 0)).toEqual([])
  })

  it('follow each other in the offers of their product, each harvested no later than it comes', () => {
    for (const own of Map.groupBy(arrivals, ({ product }) => product.key).values()) {
      expect(own.map(({ version }) => version)).toEqual(own.map((_, n) => n + 1))
      expect(own.map(({ at }) => at.getTime())).toEqual(
        [...new Set(own.map(({ at }) => at.getTime()))].sort(),
      )
      for (const { harvestedOn, at } of own)
        expect(new Date(`${harvestedOn}T00:00:00+08:00`) <= at).toBe(true)
    }
  })

  it('have codes that fit, all different', () => {
    const codes = arrivals.map(({ code }) => code)
    expect(Math.max(...codes.map(code => code.length))).toBeLessThanOrEqual(40)
    expect(new Set(codes).size).toBe(codes.length)
  })

  it('are not there before they come', () => {
    const selling = createSelling(arrivals)
    expect(() => selling(arrivals[0]!.product.key, new Date('2025-06-01'))).toThrow(RangeError)
  })
})
