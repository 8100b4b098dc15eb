import { areaCode, date, id, pageOf, pageQuery, publicText, text } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'

export const unit = z.enum(['g', 'piece'])

/** Marks a product may bear: 圳品, 绿色食品, 有机, 地理标志, 无公害. */
export const markCodes = ['shenzhen', 'green', 'organic', 'geographical', 'pollution_free'] as const
export const mark = z.enum(markCodes)
export type Mark = z.infer<typeof mark>

/** A node of the three-level produce tree, `fruit/tropical/mango`. */
export const produceClass = z.object({
  path: z.string(),
  level: z.number().int(),
  nameZh: z.string(),
  nameEn: z.string(),
  /** What people also call it. */
  synonyms: z.array(z.string()),
})
export type ProduceClass = z.infer<typeof produceClass>
export const produceClasses = z.array(produceClass)

/** `validTo`: its last day; null without an end. */
export const certificate = z.object({
  kind: publicText(40),
  number: publicText(80),
  issuer: publicText(120),
  validTo: date.nullable().default(null),
  /** Row of the domain reference, `own` or `invented`. */
  source: publicText(40),
})
export type Certificate = z.infer<typeof certificate>

export const newProduct = z.object({
  id: id.optional(),
  key: publicText(64),
  nameZh: publicText(80),
  nameEn: publicText(120),
  /** A path of the produce tree, of any level. */
  class: publicText(80),
  variety: text(60).or(z.literal('')).default(''),
  grade: text(20).or(z.literal('')).default(''),
  marks: z.array(mark).max(markCodes.length).default([]),
  certificates: z.array(certificate).max(20).default([]),
  countyCode: areaCode.length(6),
  cooperativeId: id,
  unit,
  storyZh: z.string().max(500).default(''),
  storyEn: z.string().max(800).default(''),
  /** Row of the domain reference, or `invented`. */
  source: publicText(40),
})
export type NewProduct = z.input<typeof newProduct>

export const recognition = z.object({ from: date, to: date })

export const product = z.object({
  id,
  key: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  class: z.string(),
  variety: z.string(),
  grade: z.string(),
  marks: z.array(mark),
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
/** A picture; its sizes are at `/product-media/<id>/<160|480|1080>.webp` and never change. */
export const media = z.object({
  id,
  altZh: z.string(),
  altEn: z.string(),
  /** Pixels of the largest. */
  width: z.number().int(),
  height: z.number().int(),
})
export type Media = z.infer<typeof media>
export const mediaWidths = [160, 480, 1080] as const
export const newMediaQuery = z.object({
  altZh: publicText(80).optional(),
  altEn: publicText(120).optional(),
})
export const mediaChange = z.object({ change: z.enum(['first', 'remove']) })
/** A product with its papers and pictures, in their order. */
export const productDetail = product.extend({
  certificates: z.array(certificate),
  media: z.array(media),
})
export type ProductDetail = z.infer<typeof productDetail>
export const productQuery = pageQuery.extend({ county: areaCode.optional() })
export const productPage = pageOf(product)

/** 上市月历: the months (1–12) in which a class is harvested in a county. */
export const harvestSeason = z.object({
  class: z.string(),
  classZh: z.string(),
  classEn: z.string(),
  countyCode: z.string(),
  countyName: z.string(),
  months: z.array(z.number().int().min(1).max(12)),
  source: z.string(),
})
export type HarvestSeason = z.infer<typeof harvestSeason>
export const harvestQuery = z.object({
  month: z.coerce.number().int().min(1).max(12).optional(),
  county: areaCode.optional(),
  class: text(80).optional(),
})
export const harvestCalendar = z.array(harvestSeason)
