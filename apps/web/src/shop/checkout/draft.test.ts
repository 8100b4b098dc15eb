import { describe, expect, it } from 'vitest'
import { Problem } from '../../api/problem.ts'
import { afterFailure, bodyOf, emptyForm, keptFor, missingOf, newDraft, stepOf } from './draft.ts'
import { leftOf } from './left.ts'

const form = {
  ...emptyForm,
  ...{ phone: '138 0000 0000', name: ' A ', areaCode: '440304', address: ' 1 Road ', note: ' ring ' },
}
const draft = newDraft('p', form)
const line = {
  ...{ programme: 'p', offerId: 'o1', pieces: 2, chosen: true, addedAt: 1 },
  seen: { version: 7 } as never,
}

describe('bodyOf', () => {
  it('names the version that was agreed to and where it goes', () =>
    expect(bodyOf(draft, [line], 500)).toEqual({
      ...{ buyer: 'citizen', id: draft.id, note: 'ring', walletFen: 0 },
      lines: [{ offerId: 'o1', offerVersion: 7, pieces: 2 }],
      delivery: { name: 'A', phone: '13800000000', areaCode: '440304', address: '1 Road' },
    }))
  it('takes the wallet only where it is asked for, and an address that is kept', () =>
    expect(
      bodyOf({ ...draft, form: { ...form, fromWallet: true, addressId: 'a1' } }, [line], 500),
    ).toMatchObject({ walletFen: 500, delivery: { addressId: 'a1' } }))
})

describe('afterFailure', () => {
  const sent = { ...draft, sent: bodyOf(draft, [line], 0) }
  it('keeps key and body where the order may have arrived', () => {
    for (const status of [0, 429, 500, 503])
      expect(afterFailure(sent, new Problem('x', status)), String(status)).toBe(sent)
    expect(stepOf(sent)).toBe('unsure')
  })
  it('begins anew with what was written where it was refused', () => {
    const next = afterFailure(sent, new Problem('order.out_of_stock', 409))
    expect(next.form).toBe(form)
    expect(stepOf(next)).toBe('writing')
    expect([next.key, next.id, next.payKey, next.paymentId]).not.toContain(sent.key)
  })
})

describe('missingOf', () => {
  it('finds nothing in a whole form', () => expect(missingOf(form, true)).toEqual({}))
  it('names every field that is missing', () =>
    expect(Object.keys(missingOf(emptyForm, true)).sort()).toEqual(['address', 'areaCode', 'name', 'phone']))
  it('asks a known customer with a kept address for nothing', () =>
    expect(missingOf({ ...emptyForm, addressId: 'a1' }, false)).toEqual({}))
  it.each(['12800000000', '1380000000', 'x'])('does not take %s for a mobile number', phone =>
    expect(missingOf({ ...form, phone }, true)).toEqual({ phone: 'field.phone.bad' }),
  )
})

describe('keptFor', () => {
  const home = { id: 'a1', name: 'A', areaCode: '440304', address: '1 Road' }
  const kept = [{ ...home, id: 'a2', address: '2 Road' }, home]
  it('begins with the one used last', () => expect(keptFor(emptyForm, kept)).toBe('a2'))
  it('keeps the one chosen, and finds what was written', () => {
    expect(keptFor({ ...emptyForm, addressId: 'a1' }, kept)).toBe('a1')
    expect(keptFor(form, kept)).toBe('a1')
  })
  it('leaves another that is being written, and forgets one that is not kept', () => {
    expect(keptFor({ ...form, address: '3 Road' }, kept)).toBe('')
    expect(keptFor({ ...emptyForm, addressId: 'gone' }, [])).toBe('')
  })
})

it('tells the time that is left', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  expect(leftOf('2026-01-01T00:29:05Z', now)).toBe('29:05')
  expect(leftOf('2026-01-01T02:00:01Z', now)).toBe('2:00:01')
  expect(leftOf('2025-12-31T23:59:59Z', now)).toBe('00:00')
})
