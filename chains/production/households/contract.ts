import { areaCode, id, pageOf, pageQuery, text } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'

/** The twelve causes of poverty of the provincial register (G9). */
export const causes = [
  'illness',
  'disability',
  'study',
  'disaster',
  'land',
  'water',
  'skill',
  'labour',
  'funds',
  'transport',
  'drive',
  'other',
] as const
export const cause = z.enum(causes)

/** Lifted, the three monitored kinds of 2.6, and others. */
export const classes = ['lifted', 'unstable', 'marginal', 'sudden', 'ordinary'] as const
export const householdClass = z.enum(classes)

export const labour = z.enum(['ordinary', 'skilled', 'lost', 'none'])

export const newMember = z.object({
  name: text(40),
  idNumber: z.string().regex(/^\d{17}[\dX]$/),
  phone: z
    .string()
    .regex(/^\d{11}$/)
    .optional(),
  relation: text(20),
  sex: z.enum(['male', 'female']),
  birthYear: z.number().int().min(1900).max(2100),
  labour,
})

export const newHousehold = z.object({
  id: id.optional(),
  code: text(32),
  villageCode: areaCode.length(12),
  class: householdClass,
  cause,
  bankAccount: z
    .string()
    .regex(/^\d{8,32}$/)
    .optional(),
  /** The head comes first. */
  members: z.array(newMember).min(1).max(20),
})
export type NewHousehold = z.infer<typeof newHousehold>

export const household = z.object({
  id,
  code: z.string(),
  villageCode: z.string(),
  villageName: z.string(),
  class: householdClass,
  cause,
  memberCount: z.number().int(),
  /** Masked: the surname alone. */
  headName: z.string(),
})
export type Household = z.infer<typeof household>

export const member = z.object({
  id,
  name: z.string(),
  idNumber: z.string(),
  phone: z.string().nullable(),
  relation: z.string(),
  sex: z.enum(['male', 'female']),
  birthYear: z.number().int(),
  labour,
})

/** Personal fields are masked unless they were revealed for a stated purpose. */
export const householdDetail = household.extend({
  bankAccount: z.string().nullable(),
  members: z.array(member),
})
export type HouseholdDetail = z.infer<typeof householdDetail>

export const householdQuery = pageQuery.extend({ village: areaCode.optional() })
export const householdPage = pageOf(household)
export const reveal = z.object({ purpose: text(200) })
