import {
  areaCode,
  date,
  fenAmount,
  id,
  instant,
  pageById,
  pageOf,
  publicText,
  text,
} from '@silian/kernel/http/shapes.ts'
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
  /** No unit declares less than it did last year. */
  notBelowLastYear: z.boolean().optional(),
  /** The last day to declare; who has not by then is overdue. */
  declareBy: date.optional(),
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

/** Trading permission: who runs the canteen may order for its unit; null takes it back. */
export const contracting = z.object({ contractorId: id.nullable() })

/** `none`: no canteen, a zero declaration (无食堂); `shared`: another unit of the canteen declares (P8, P10). */
export const declarationKind = z.enum(['own', 'outsourced', 'shared', 'none'])

export const declarationState = z.enum(['declared', 'confirmed', 'returned'])

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
  canteenName: z.string().nullable(),
  /** The other units that eat there. */
  sharing: z.array(z.string()),
  /** Who runs an outsourced canteen and may order for the unit. */
  contractorName: z.string().nullable(),
  year,
  kind: declarationKind,
  baseFen: fenAmount,
  reservedFen: fenAmount,
  ratioBp: z.number().int(),
  state: declarationState,
  declaredAt: instant,
  decidedAt: instant.nullable(),
  /** Why it was returned. */
  note: z.string(),
  /** What the unit, and those it took over, reserved the year before; null where nothing was confirmed. */
  lastYearFen: fenAmount.nullable(),
  /** What would be COMPLETED today of a share bought evenly over the year. */
  expectedFen: fenAmount,
  /** A confirmed share of which less is COMPLETED than that. */
  behind: z.boolean(),
  /** The four figures of a quota: in approval, ordered, COMPLETED, and what may still be spent of the base. */
  inApprovalFen: fenAmount,
  orderedFen: fenAmount,
  completedFen: fenAmount,
  leftFen: fenAmount,
})
export type Declaration = z.infer<typeof declaration>
const inYear = z.coerce.number().pipe(year)
export const declarationQuery = pageById.extend({
  year: inYear.optional(),
  state: declarationState.optional(),
  behind: z.literal('true').optional(),
})
export const declarationPage = pageOf(declaration)
export const decision = z.object({ approve: z.boolean(), note: z.string().max(500).default('') })

/** How the declarations of a year stand; returned ones count once they are made again. */
export const yearSummary = z.object({
  year,
  /** Units that have to declare. */
  units: z.number().int(),
  declared: z.number().int(),
  confirmed: z.number().int(),
  zero: z.number().int(),
  missing: z.number().int(),
  baseFen: fenAmount,
  reservedFen: fenAmount,
  completedFen: fenAmount,
  /** The rule's last day, where it names one. */
  declareBy: date.nullable(),
})
export type YearSummary = z.infer<typeof yearSummary>
/** Without a year the running one. */
export const yearQuery = z.object({ year: inYear.optional() })

/** A unit without a declaration for the year. */
export const missingUnit = z.object({
  unitId: id,
  unitName: z.string(),
  areaName: z.string(),
  returned: z.boolean(),
})
export type MissingUnit = z.infer<typeof missingUnit>
export const missingQuery = pageById.extend({ year: inYear.optional() })
export const missingPage = pageOf(missingUnit)
