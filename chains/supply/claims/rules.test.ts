import { describe, expect, it } from 'vitest'
import { claimKinds, claimStates } from './contract.ts'
import {
  type ClaimMove,
  checkAsked,
  checkClaim,
  claimSpan,
  claimsFrom,
  dueAfter,
  isClosed,
  moves,
  onDue,
  openKinds,
} from './rules.ts'

const day = (n: number) => new Date(Date.UTC(2026, 0, n))
const order = { state: 'shipped', deliveredAt: day(1), acceptedAt: null, shippedAt: day(1) }

describe('a claim', () => {
  it('may be asked for in its time, with what its kind needs', () => {
    const asked = { photos: 1, fresh: undefined, at: day(2) }
    expect(checkAsked('quality', order, asked)).toEqual({ ok: true, value: null })
    expect(checkAsked('quality', order, { ...asked, at: day(4) })).toMatchObject({ code: 'claim.too_late' })
    expect(checkAsked('quality', order, { ...asked, photos: 0 })).toMatchObject({
      code: 'claim.photo_needed',
    })
    expect(checkAsked('return', order, { ...asked, at: day(8), fresh: 2 })).toMatchObject({
      code: 'claim.fresh',
      params: { no: 2 },
    })
    expect(checkAsked('return', order, { ...asked, at: day(8) }).ok).toBe(true)
    expect(checkAsked('return', { ...order, state: 'approved' }, asked)).toMatchObject({
      code: 'claim.too_early',
    })
  })

  it('of what never came may be asked for when it is long overdue', () => {
    const lost = { ...order, deliveredAt: null }
    expect(claimSpan('quality', lost)).toBeNull()
    const asked = { photos: 0, fresh: undefined }
    expect(checkAsked('missing', lost, { ...asked, at: day(10) })).toMatchObject({ code: 'claim.too_early' })
    expect(checkAsked('missing', lost, { ...asked, at: day(17) }).ok).toBe(true)
  })

  it('is offered exactly when it may be asked for, and before that it is told from when', () => {
    const onTheWay = { ...order, deliveredAt: null }
    const offered = (seen: typeof onTheWay | typeof order, at: Date) =>
      openKinds(seen, at).map(({ kind }) => kind)
    expect(offered(onTheWay, day(10))).toEqual([])
    expect(claimsFrom(onTheWay, day(10))).toEqual(day(16))
    expect(offered(onTheWay, day(16))).toEqual(['missing'])
    expect(claimsFrom(onTheWay, day(16))).toBeNull()
    expect(offered(order, day(2))).toEqual(['return', 'quality', 'missing'])
    expect(offered(order, day(5))).toEqual(['return'])
    expect(claimsFrom(order, day(2))).toBeNull()
    for (const seen of [onTheWay, order, { ...order, state: 'approved' }])
      for (let at = 1; at < 70; at++)
        for (const kind of claimKinds)
          expect([at, kind, checkAsked(kind, seen, { photos: 1, fresh: undefined, at: day(at) }).ok]).toEqual(
            [...[at, kind, offered(seen, day(at)).includes(kind)]],
          )
  })

  it('moves by whom the move belongs to, and by nobody else', () => {
    const asked = { state: 'asked', kind: 'return', isFinal: false } as const
    expect(checkClaim(asked, 'agree', 'seller')).toEqual({ ok: true, value: 'agreed' })
    expect(checkClaim(asked, 'agree', 'buyer')).toMatchObject({ code: 'claim.wrong_state' })
    expect(checkClaim(asked, 'receive', 'seller')).toMatchObject({ params: { state: 'asked' } })
    expect(checkClaim({ ...asked, state: 'agreed', kind: 'quality' }, 'send', 'buyer').ok).toBe(false)
    expect(checkClaim({ ...asked, state: 'refused', isFinal: true }, 'object', 'buyer').ok).toBe(false)
  })

  it('waits for nobody for ever, unless it is over', () => {
    for (const state of claimStates) {
      const isOver = isClosed({ state, isFinal: true })
      expect([state, dueAfter(state, day(1)) !== null || isOver]).toEqual([state, true])
      const move = onDue[state]
      if (move && move !== 'close') expect(moves[move as ClaimMove].by).toContain('silence')
    }
  })
})
