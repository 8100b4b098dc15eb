import { organisationType } from '@silian/kernel/access/contract.ts'
import { areaCode, id, instant, month, pageOf, pageQuery } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'

export const programme = z.object({
  id: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  demo: z.boolean(),
})
export const programmes = z.array(programme)

export const organisation = z.object({
  id,
  key: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  type: organisationType,
  areaCode: z.string(),
  invented: z.boolean(),
})
export const organisationQuery = pageQuery.extend({
  /** One type, or any of several. */
  type: z.union([organisationType.transform(type => [type]), z.array(organisationType).max(20)]).optional(),
  /** Part of a name, its pinyin or initials. */
  q: z.string().max(100).optional(),
})
export const organisationPage = pageOf(organisation)
export const area = z.object({
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  level: z.string(),
  parentCode: z.string().nullable(),
})
export const areaQuery = z.object({ parent: areaCode.optional() })
export const areas = z.array(area)

/** The change feed: logged facts after an index, oldest first. `next` is the index to go on from. */
export const changesQuery = z.object({
  after: z.coerce.number().int().min(-1).default(-1),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  types: z.string().max(500).optional(),
})
export const changes = z.object({
  items: z.array(
    z.object({
      index: z.number().int(),
      id,
      type: z.string(),
      at: instant,
      signedBy: z.enum(['own', 'held']),
      pub: z.record(z.string(), z.unknown()),
    }),
  ),
  next: z.number().int(),
})

export const evidence = z.object({
  factId: id,
  type: z.string(),
  /** Base64 of the exact signed entry. */
  entry: z.string(),
  logIndex: z.number().int().nullable(),
  /** A `.tlog-proof` once the fact is in a published checkpoint. */
  proof: z.string().nullable(),
})

/** Whose key signed, by the server's word, and the receipts that bear it out; null until there are any. */
export const signer = z.object({
  keyId: z.string(),
  custody: z.enum(['own', 'held']),
  holder: z.string(),
  nameZh: z.string().nullable(),
  nameEn: z.string().nullable(),
  /** Of the log's first entry, with its operator's key, and of what the operator signed of this key. */
  beginning: z.string().nullable(),
  registration: z.string().nullable(),
})
export type Signer = z.infer<typeof signer>

/** What one programme has stated of a month: decimal strings, as the log has them. */
export const stated = z.object({
  /** What its log calls the metric: of an earlier version where it was published by that. */
  metric: z.string(),
  /** Origin of its log. */
  log: z.string(),
  factId: id,
  logIndex: z.number().int().nullable(),
  total: z.string(),
  count: z.number().int(),
  unit: z.string(),
  /** Of its sum trees, base64. */
  plusRoot: z.string().nullable(),
  minusRoot: z.string().nullable(),
})
export type Stated = z.infer<typeof stated>

/** `GET /api/v1/totals?metric&month`: the sum of what the programmes have stated; null of one that has not yet. */
export const totals = z.object({
  metric: z.string(),
  month,
  /** Demonstrations stand for themselves. */
  groups: z.array(
    z.object({
      demo: z.boolean(),
      total: z.string(),
      count: z.number().int(),
      programmes: z.array(
        z.object({ id: z.string(), nameZh: z.string(), nameEn: z.string(), stated: stated.nullable() }),
      ),
    }),
  ),
})
export type Totals = z.infer<typeof totals>
