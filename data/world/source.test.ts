import { describe, expect, it } from 'vitest'
import {
  areas,
  bases,
  candidates,
  causes,
  figures,
  healthStates,
  householdClasses,
  isCited,
  labourAbilities,
  linkTemplates,
  organisations,
  productFamilies,
  products,
  programmes,
  quotaRules,
  relations,
  rowId,
  storagePlaces,
  vendingPoints,
} from './index.ts'

describe('row ids', () => {
  it('are those of the inventory, of pages and of repositories', () => {
    for (const id of ['S0-01', 'S3-46', 'P22', 'P116', 'G9']) expect(id).toMatch(rowId)
    for (const id of ['S5-01', 'S3-1', 'S3-461', 'P', 'invented', 's3-46']) expect(id).not.toMatch(rowId)
  })
})

describe('every value', () => {
  it.each([
    ['areas', areas],
    ['bases', bases],
    ['candidates', candidates],
    ['causes', causes],
    ['health states', healthStates],
    ['household classes', householdClasses],
    ['labour abilities', labourAbilities],
    ['link templates', linkTemplates],
    ['organisations', organisations],
    ['product families', productFamilies],
    ['products', products],
    ['programmes', programmes],
    ['quota rules', quotaRules],
    ['relations', relations],
    ['storage places', storagePlaces],
    ['vending points', vendingPoints],
  ])('of the %s cites a row or says that it is invented', (_, items) => {
    for (const { source } of items) expect(isCited(source) || source === 'invented').toBe(true)
  })

  it('of the figures cites a row', () => {
    for (const { row } of figures) expect(isCited(row)).toBe(true)
  })
})
