import type { Register } from '@silian/kernel/register/define.ts'
import { base } from './production/bases/base.register.ts'
import { household } from './production/households/household.register.ts'
import { supplier } from './production/suppliers/supplier.register.ts'
import { visit } from './production/visits/visit.register.ts'
import { flagship } from './supply/catalogue/flagship.register.ts'
import { pavilion } from './supply/catalogue/pavilion.register.ts'
import { vendingPoint } from './supply/vending-points/vending_point.register.ts'
import { storagePlace } from './value/places/storage_place.register.ts'
import { harvestSeason } from './value/products/harvest_season.register.ts'

/**
 * Every declared register: what stands here has its routes, permissions, pages, import, export, refusal tests and check.
 * By itself, because `silian check` reads it and must reach nothing of what it checks.
 */
export const registers: readonly Register[] = [
  ...[household, base, visit, supplier],
  ...[harvestSeason, storagePlace],
  ...[vendingPoint, pavilion, flagship],
]
