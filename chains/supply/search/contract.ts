import { areaCode, fenAmount, text } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'
import { mark } from '../../value/products/contract.ts'
import { offer } from '../catalogue/contract.ts'

export const searchSorts = ['relevance', 'sold', 'price', 'price_down', 'benefit', 'newest'] as const
export type SearchSort = (typeof searchSorts)[number]

const yes = z.literal('true').transform(() => true as const)

/** What the shop is searched and listed by. Several values of one filter stand with commas: any of them. */
const several = <T extends z.ZodType<unknown, string>>(one: T) =>
  z
    .string()
    .max(400)
    .transform(given => given.split(','))
    .pipe(z.array(one).max(40))

export const shopQuery = z.object({
  q: text(60).optional(),
  pavilion: text(40).optional(),
  /** Codes of provinces, prefectures or counties. */
  county: several(areaCode).optional(),
  /** Paths of the produce tree, with everything below them. */
  class: several(z.string().regex(/^[a-z-]+(\/[a-z-]+){0,2}$/)).optional(),
  mark: several(mark).optional(),
  /** Kinds of certificates. */
  certificate: several(text(40)).optional(),
  cold: yes.optional(),
  recognised: yes.optional(),
  /** Numbers of bands of the answer's facet: households that a sale reaches. */
  households: several(z.string().regex(/^\d$/).transform(Number)).optional(),
  priceFrom: z.coerce.number().int().min(0).max(1e12).optional(),
  priceTo: z.coerce.number().int().min(0).max(1e12).optional(),
  sort: z.enum(searchSorts).default('relevance'),
  after: z
    .string()
    .regex(/^\d{1,2}\.\d{1,3}\.-?\d{1,15}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(24),
})
export type ShopQuery = z.infer<typeof shopQuery>

/** Places in a text, in UTF-16 units: the first, and the one after the last. */
const range = z.tuple([z.number().int(), z.number().int()])
export type Range = z.infer<typeof range>

/** An offer as a card shows it. */
export const shopItem = offer.extend({
  /** Part of the price of a piece that reaches households. */
  householdFen: fenAmount,
  /** Pieces of completed orders. */
  sold: z.number().int(),
  soldOut: z.boolean(),
  /** What of the name was sought. */
  marked: z.array(range),
})
export type ShopItem = z.infer<typeof shopItem>

const count = z.number().int()
export const shopFacets = z.object({
  /** Of all filters together. */
  total: count,
  /** There are more than `total` says, and the other counts are of the first so many only. */
  more: z.boolean(),
  /** Each counts what there is when its own filter is left out. Counties, and what lies above them. */
  counties: z.array(z.object({ code: z.string(), nameZh: z.string(), nameEn: z.string(), count })),
  classes: z.array(z.object({ path: z.string(), nameZh: z.string(), nameEn: z.string(), count })),
  marks: z.array(z.object({ mark, count })),
  certificates: z.array(z.object({ kind: z.string(), count })),
  cold: count,
  recognised: count,
  /** `to` is not in the band any more; null: without end. */
  prices: z.array(z.object({ from: fenAmount, to: fenAmount.nullable(), count })),
  households: z.array(z.object({ band: count, from: count, to: count.nullable(), count })),
  pavilions: z.array(z.object({ key: z.string(), nameZh: z.string(), nameEn: z.string(), count })),
})
export type ShopFacets = z.infer<typeof shopFacets>

/** Goods that nobody sells now, with the months in which they are harvested. */
const awayGoods = z.object({
  path: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  months: z.array(count),
})
export type AwayGoods = z.infer<typeof awayGoods>

export const shopPage = z.object({
  items: z.array(shopItem),
  /** On the first page only. */
  facets: shopFacets.nullable(),
  /** Give it as `after` for the next page; null on the last one. */
  next: z.string().nullable(),
  /** What was looked for in place of what was typed. */
  corrected: z.string().nullable(),
  /** Nothing on sale is all that was typed: what is shown is only like it. */
  loose: z.boolean(),
  /** What was meant and is out of season, where nothing or only what is like it is found. */
  away: z.array(awayGoods),
})
export type ShopPage = z.infer<typeof shopPage>

export const suggestQuery = z.object({ q: text(60) })
export const suggestion = z.object({
  kind: z.enum(['product', 'county', 'class']),
  text: z.string(),
  /** Of the county or class, for a link to its list; null for a product: its name is searched. */
  key: z.string().nullable(),
  count,
})
export type Suggestion = z.infer<typeof suggestion>
export const suggestions = z.object({ items: z.array(suggestion) })

/** What the shop was searched for in the last thirty days. */
export const shopAsked = z.object({
  items: z.array(
    z.object({
      query: z.string(),
      times: count,
      /** On which it was asked. */
      days: count,
      /** Offers, when it was last asked. */
      found: count,
      /** Whether an offer of one's own is found by it; null for who sells nothing. */
      own: z.boolean().nullable(),
    }),
  ),
})
export type ShopAsked = z.infer<typeof shopAsked>
