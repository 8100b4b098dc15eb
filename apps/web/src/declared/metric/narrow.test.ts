import type { Role } from '@silian/kernel/access/roles.ts'
import { expect, it } from 'vitest'
import { narrowedTo } from './narrow.ts'

const held = (role: Role, areaPath: string | null) => ({
  ...{ role, organisation: null, areaCode: null, areaPath },
})
const member = (...roles: ReturnType<typeof held>[]) => ({ roles })
const area = (name: string) => ({ name, kind: 'area' as const })
const purchases = { dimensions: [area('county')], open: true }
const quotas = { dimensions: [{ name: 'year', kind: 'code' as const }, area('district')], open: false }
const buyers = { dimensions: [], open: true }

it('narrows to the county or district of those who answer for one, and says so', () => {
  const county = member(held('county_officer', '45/4510/451003'))
  const district = member(held('district_officer', '44/4403/440304'))
  expect(narrowedTo(purchases, county, 2026)).toEqual({
    ...{ where: { county: '451003' }, year: undefined, scope: 'own' },
  })
  expect(narrowedTo(buyers, county, 2026)).toEqual({ where: {}, year: undefined, scope: 'all' })
  expect(narrowedTo(quotas, district, 2026)).toEqual({
    ...{ where: { year: '2026', district: '440304' }, year: '2026', scope: 'own' },
  })
  expect(narrowedTo(purchases, district, 2026)).toMatchObject({ where: {}, scope: 'all' })
  expect(narrowedTo(purchases, member(held('county_officer', '45/4510')), 2026).where).toEqual({
    county: '451000',
  })
})

it('leaves the whole to everybody else; what is kept by years is this year’s', () => {
  const force = member(held('task_force', '44/4403'), held('county_officer', '45/4510/451003'))
  for (const reader of [force, member(held('buyer', '44/4403/440304')), undefined]) {
    expect(narrowedTo(purchases, reader, 2026)).toEqual({ where: {}, year: undefined, scope: undefined })
    expect(narrowedTo(quotas, reader, 2026)).toMatchObject({ where: { year: '2026' }, scope: undefined })
  }
})
