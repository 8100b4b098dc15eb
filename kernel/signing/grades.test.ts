import { expect, it } from 'vitest'
import { ownGrade } from './grades.ts'

it('takes a bank’s or a device’s word from a key that was registered as theirs, by nobody else', () => {
  const grade = (type: string, as: 'party' | 'bank' | 'device') => ownGrade({ type, signedBy: 'own', as })
  expect([grade('bank.credited', 'bank'), grade('device.opened', 'device')]).toEqual(['bank', 'device'])
  expect([grade('bank.credited', 'party'), grade('bank.credited', 'device')]).toEqual([undefined, undefined])
  expect([grade('device.opened', 'bank'), grade('order.accepted', 'bank')]).toEqual([undefined, undefined])
  expect(ownGrade({ type: 'bank.credited', signedBy: 'held', as: 'bank' })).toBeUndefined()
})

it('judges keys that were registered before that was told by the kind of the fact', () => {
  const grade = (type: string) => ownGrade({ type, signedBy: 'own', as: null })
  expect([grade('bank.credited'), grade('device.opened'), grade('order.accepted')]).toEqual([
    ...['bank', 'device', undefined],
  ])
})
