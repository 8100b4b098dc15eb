import { describe, expect, it } from 'vitest'
import { stageOf, stepsOf } from './stage.ts'

const order = {
  ...{ placedAt: 'placed', paidAt: null, shippedAt: null, deliveredAt: null },
  ...{ acceptedAt: null, evaluatedAt: null, completedAt: null, facts: [] },
}

describe('stageOf', () => {
  it.each([
    ['toPay', { state: 'awaiting_payment' as const }],
    ['toShip', { state: 'approved' as const }],
    ['onTheWay', { state: 'shipped' as const }],
    ['partShipped', { state: 'partly_shipped' as const }],
    ['partShipped', { state: 'partly_shipped' as const, deliveredAt: 't' }],
    ['delivered', { state: 'shipped' as const, deliveredAt: 't' }],
    ['toEvaluate', { state: 'accepted' as const, deliveredAt: 't' }],
    ['done', { state: 'accepted' as const, evaluatedAt: 't' }],
    ['done', { state: 'accepted' as const, completedAt: 't' }],
    ['expired', { state: 'expired' as const }],
    ['cancelled', { state: 'cancelled' as const }],
  ])('is %s', (stage, given) => expect(stageOf({ ...order, ...given })).toBe(stage))
})

describe('stepsOf', () => {
  const told = (given: Partial<Parameters<typeof stepsOf>[0]>) =>
    stepsOf({ ...order, state: 'approved', ...given }).map(({ word, look, at }) => `${word} ${look} ${at}`)

  it('has what is behind and what is ahead', () =>
    expect(told({ paidAt: 'paid' })).toEqual([
      ...['placed done placed', 'paid done paid', 'shipped ahead null', 'delivered ahead null'],
      ...['accepted ahead null', 'evaluated ahead null'],
    ]))

  it('tells of the parcels that are still to come, until all have gone', () => {
    const facts = [{ id: 'f', type: 'order.part_shipped', at: 'first', logIndex: null }]
    expect(told({ state: 'partly_shipped', paidAt: 'p', facts })).toEqual([
      ...['placed done placed', 'paid done p', 'partShipped done first', 'restShipped ahead null'],
      ...['delivered ahead null', 'accepted ahead null', 'evaluated ahead null'],
    ])
    expect(told({ state: 'shipped', paidAt: 'p', shippedAt: 's', facts }).slice(1, 4)).toEqual([
      ...['paid done p', 'shipped done s', 'delivered ahead null'],
    ])
  })

  it('does not wait for a carrier where the goods were handed over', () =>
    expect(told({ state: 'accepted', paidAt: 'p', shippedAt: 's', acceptedAt: 'a' })).toEqual([
      ...['placed done placed', 'paid done p', 'shipped done s', 'accepted done a', 'evaluated ahead null'],
    ]))

  it('completes by silence', () =>
    expect(
      told({ state: 'accepted', paidAt: 'p', shippedAt: 's', acceptedAt: 'a', completedAt: 'c' }).at(-1),
    ).toBe('completed done c'))

  it('ends where it was cancelled, expired, or reduced to nothing', () => {
    const fact = (type: string, at: string) => ({ id: type, type, at, logIndex: null })
    expect(told({ state: 'cancelled', paidAt: 'p', facts: [fact('order.cancelled', 'x')] })).toEqual([
      ...['placed done placed', 'paid done p', 'cancelled ended x'],
    ])
    expect(told({ state: 'expired', facts: [fact('order.expired', 'x')] }).at(-1)).toBe('expired ended x')
    expect(told({ state: 'cancelled', facts: [fact('order.reduced', 'x')] }).at(-1)).toBe('cancelled ended x')
  })
})
