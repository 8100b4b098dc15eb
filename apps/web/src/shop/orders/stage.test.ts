import { describe, expect, it } from 'vitest'
import { stageOf } from './stage.ts'

const order = {
  ...{ dueFen: 0, placedAt: 't', paidAt: null, shippedAt: null, deliveredAt: null },
  ...{ acceptedAt: null, evaluatedAt: null },
}

describe('stageOf', () => {
  it.each([
    ['toPay', { state: 'awaiting_payment' as const }],
    ['toShip', { state: 'approved' as const }],
    ['onTheWay', { state: 'shipped' as const }],
    ['delivered', { state: 'shipped' as const, deliveredAt: 't' }],
    ['toEvaluate', { state: 'accepted' as const, deliveredAt: 't' }],
    ['done', { state: 'accepted' as const, evaluatedAt: 't' }],
    ['cancelled', { state: 'expired' as const }],
    ['cancelled', { state: 'cancelled' as const }],
  ])('is %s', (stage, given) => expect(stageOf({ ...order, ...given })).toBe(stage))
})
