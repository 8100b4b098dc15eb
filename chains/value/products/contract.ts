import { areaCode, date, id, pageOf, pageQuery, publicText } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'

export const unit = z.enum(['g', 'piece'])

export const newProduct = z.object({
  id: id.optional(),
  key: publicText(64),
  nameZh: publicText(80),
  nameEn: publicText(120),
  /** Path in the produce tree, `fruit/mango`. */
  class: publicText(80),
  countyCode: areaCode.length(6),
  cooperativeId: id,
  unit,
  storyZh: z.string().max(500).default(''),
  storyEn: z.string().max(800).default(''),
  /** Row of the domain reference, or `invented`. */
  source: publicText(40),
})
export type NewProduct = z.infer<typeof newProduct>

export const recognition = z.object({ from: date, to: date })

export const product = z.object({
  id,
  key: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  class: z.string(),
  countyCode: z.string(),
  countyName: z.string(),
  cooperativeId: id,
  cooperativeName: z.string(),
  unit,
  storyZh: z.string(),
  storyEn: z.string(),
  source: z.string(),
  recognised: recognition.nullable(),
})
export type Product = z.infer<typeof product>
export const productQuery = pageQuery.extend({ county: areaCode.optional() })
export const productPage = pageOf(product)
