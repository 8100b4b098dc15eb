import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPieces, isAllSent, kept, partOf, sandboxWaybill, stateAfter, toSend } from './rules.ts'

const line = { no: 1, pieces: 3, quantity: 15_000, amountFen: 10_000 }
const none = { packed: 0, sent: 0, short: 0, off: 0 }

describe('pieces of a line', () => {
  it('carry goods and money that add up to the line, however it is taken apart', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 9_000_000_000_000 }),
        fc.integer({ min: 1, max: 9_000_000_000 }),
        (cuts, amountFen, quantity) => {
          const whole = { no: 1, pieces: cuts.reduce((a, b) => a + b, 0), quantity, amountFen }
          let before = 0
          const sum = { quantity: 0, amountFen: 0 }
          for (const pieces of cuts) {
            const part = partOf(whole, before, pieces)
            sum.quantity += part.quantity
            sum.amountFen += part.amountFen
            before += pieces
          }
          expect(sum).toEqual({ quantity, amountFen })
        },
      ),
      { numRuns: 200 },
    )
    expect([0, 1, 2].map(before => partOf(line, before, 1).amountFen)).toEqual([3333, 3333, 3334])
  })

  it('are to be sent unless they are packed, sent or short', () => {
    expect(toSend(line, none)).toBe(3)
    expect(toSend(line, { packed: 1, sent: 1, short: 1, off: 1 })).toBe(0)
    expect(kept({ packed: 0, sent: 2, short: 1, off: 2 })).toBe(1)
  })

  it('are refused where a line is unknown or has not so many', () => {
    expect(checkPieces([line], [{ no: 1, pieces: 3 }], () => 3)).toEqual({ ok: true, value: null })
    expect(checkPieces([line], [{ no: 2, pieces: 1 }], () => 3)).toMatchObject({
      code: 'order.line_not_found',
      params: { no: 2 },
    })
    expect(checkPieces([line], [{ no: 1, pieces: 3 }], () => 2)).toMatchObject({
      code: 'order.too_many_pieces',
      params: { no: 1, left: 2 },
    })
  })

  it('are all sent when only what is short stays', () => {
    expect(isAllSent([line], () => ({ ...none, sent: 2 }))).toBe(false)
    expect(isAllSent([line], () => ({ ...none, sent: 2, short: 1, off: 1 }))).toBe(true)
  })
})

describe('a parcel', () => {
  it('goes forward by its carrier’s word, never back', () => {
    expect(stateAfter('packed', 'collected')).toBe('shipped')
    expect(stateAfter('packed', 'delivered')).toBe('delivered')
    expect(stateAfter('delivered', 'in_transit')).toBe('delivered')
    expect(stateAfter('delivered', 'returned')).toBe('delivered')
    expect(stateAfter('cancelled', 'collected')).toBe('cancelled')
  })

  it('of the sandbox has a number that follows from it', () => {
    expect(sandboxWaybill('a')).toMatch(/^SL\d{13}$/)
    expect(sandboxWaybill('a')).toBe(sandboxWaybill('a'))
    expect(sandboxWaybill('a')).not.toBe(sandboxWaybill('b'))
  })
})
