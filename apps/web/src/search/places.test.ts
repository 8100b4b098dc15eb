import type { Role } from '@silian/kernel/access/roles.ts'
import { describe, expect, it } from 'vitest'
import type { Programme } from '../api/access.ts'
import { placeOf } from './places.ts'

const as = (...roles: Role[]) => ({ roles: roles.map(role => ({ role })) }) as unknown as Programme

describe('what was found', () => {
  it('leads whoever may read an order to it: its sides and the offices', () => {
    const placeFor = (role: Role) => placeOf('order', '1', as(role), [])
    expect(placeFor('approver')).toBe('/buyer/orders/1')
    expect(placeFor('coop_clerk')).toBe('/supplier/orders/1')
    for (const role of ['district_officer', 'finance_officer', 'task_force', 'auditor'] as const)
      expect(placeFor(role)).toBe('/office/orders/1')
  })

  it('leads to pages that the reader has, and to declared things by their kind', () => {
    expect(placeOf('organisation', '1', as('platform_admin'), [])).toBe('/admin/organisations?open=1')
    expect(placeOf('organisation', '1', as('buyer'), [])).toBe(undefined)
    expect(placeOf('visit', '1', as('buyer'), [])).toBe('/registers/visit?row=1')
    expect(placeOf('recognition', '1', as('buyer'), ['recognition'])).toBe('/cases/recognition/1')
  })
})
