import { areaCode, fenAmount, id, pageById, pageOf, publicText, text } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'

export const year = z.number().int().min(2016).max(2100)

/** A rule of the reserved share is data: for a year and an area, so much of a base, for these products (2.1). */
export const newRule = z.object({
  id: id.optional(),
  year,
  areaCode,
  base: z.enum(['canteen_food', 'union']),
  ratioBp: z.number().int().min(1).max(10_000),
  /** Area code prefixes the products must come from; empty: all paired areas. */
  productAreas: z.array(areaCode).max(1000).default([]),
  /** Buying ways that count. */
  channels: z.array(z.enum(['platform', 'union', 'employee'])).min(1),
  recognisedOnly: z.boolean(),
  source: publicText(40),
})
export const rule = newRule.extend({ id })
export type Rule = z.infer<typeof rule>
export const rules = z.array(rule)

export const newCanteen = z.object({
  id: id.optional(),
  nameZh: text(80),
  nameEn: text(120),
  areaCode,
  contractorId: id.optional(),
  /** Units it serves; the first declares for all of them. */
  unitIds: z.array(id).min(1).max(50),
})
export type NewCanteen = z.infer<typeof newCanteen>
export const canteen = z.object({
  id,
  nameZh: z.string(),
  nameEn: z.string(),
  areaCode: z.string(),
  contractorId: id.nullable(),
  unitIds: z.array(id),
})
export const canteens = z.array(canteen)

/** `none`: no canteen, a zero declaration (无食堂); `shared`: another unit of the canteen declares (P8, P10). */
export const declarationKind = z.enum(['own', 'outsourced', 'shared', 'none'])

export const newDeclaration = z.object({
  id: id.optional(),
  unitId: id,
  canteenId: id.optional(),
  year,
  kind: declarationKind,
  /** The year's whole food budget of the canteen. */
  baseFen: fenAmount,
  reservedFen: fenAmount,
})
export type NewDeclaration = z.infer<typeof newDeclaration>

export const declaration = z.object({
  id,
  unitId: id,
  unitName: z.string(),
  canteenId: id.nullable(),
  year,
  kind: declarationKind,
  baseFen: fenAmount,
  reservedFen: fenAmount,
  ratioBp: z.number().int(),
  state: z.enum(['declared', 'confirmed', 'returned']),
  /** The four figures of a quota: in approval, ordered, COMPLETED, and what may still be spent of the base. */
  inApprovalFen: fenAmount,
  orderedFen: fenAmount,
  completedFen: fenAmount,
  leftFen: fenAmount,
})
export type Declaration = z.infer<typeof declaration>
export const declarationQuery = pageById.extend({ year: z.coerce.number().pipe(year).optional() })
export const declarationPage = pageOf(declaration)
export const decision = z.object({ approve: z.boolean(), note: z.string().max(500).default('') })
