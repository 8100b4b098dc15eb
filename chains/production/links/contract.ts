import { date, fenAmount, id, instant, pageById, pageOf, quantity, text } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'

/** A price of so many fen for so many grams (or pieces). */
export const price = z.object({ fen: fenAmount, per: quantity })

/** Order purchase (订单收购): max(protect price, market × (1 + premium)) × accepted quantity (2.7, P92). */
export const orderPurchase = z.object({
  mechanism: z.literal('order_purchase'),
  productId: id,
  floor: price,
  /** Basis points on top of the market's price. */
  premiumBp: z.number().int().min(0).max(10_000),
})

/** Share dividend (入股分红, S3-26): a part of each sale, over all shares of the co-op by their number. */
export const shareDividend = z.object({
  mechanism: z.literal('share_dividend'),
  /** Basis points of the sales that all shares of one class pool receive together. */
  poolBp: z.number().int().min(1).max(10_000),
  basicShares: z.number().int().min(0).max(1_000_000),
  careShares: z.number().int().min(0).max(1_000_000),
  fundShares: z.number().int().min(0).max(1_000_000),
})

export const linkFormula = z.discriminatedUnion('mechanism', [orderPurchase, shareDividend])
export type LinkFormula = z.infer<typeof linkFormula>
export type OrderPurchase = z.infer<typeof orderPurchase>
export type ShareDividend = z.infer<typeof shareDividend>

export const newLink = z.object({
  id: id.optional(),
  cooperativeId: id,
  householdId: id,
  startsOn: date,
  endsOn: date,
  formula: linkFormula,
})
export type NewLink = z.infer<typeof newLink>

/** A co-operative knows a household by the code it was told, not by our id. */
export const newProposal = newLink
  .omit({ householdId: true })
  .extend({ householdId: id.optional(), householdCode: text(64).optional() })
  .refine(proposed => (proposed.householdId ?? proposed.householdCode) !== undefined, {
    path: ['householdCode'],
  })
export type NewProposal = z.infer<typeof newProposal>

/** How a household consented: on paper, of which there is a photograph; an answer from its phone comes later. */
export const consentWay = z.enum(['paper', 'sms'])
export const consent = z.object({
  given: z.boolean(),
  way: z.literal('paper').default('paper'),
  /** The signed paper, uploaded before by whoever records the consent. */
  photoId: id.optional(),
})
export type Consent = z.output<typeof consent>

export const proposal = z.object({
  id,
  cooperativeId: id,
  cooperativeName: z.string(),
  householdId: id,
  householdCode: z.string(),
  /** Masked. */
  headName: z.string(),
  villageName: z.string(),
  startsOn: date,
  endsOn: date,
  formula: linkFormula,
  productName: z.string().nullable(),
  state: z.enum(['waiting', 'consented', 'declined']),
  proposedAt: instant,
  way: consentWay.nullable(),
  answeredAt: instant.nullable(),
})
export type Proposal = z.infer<typeof proposal>
export const proposalQuery = pageById.extend({ state: proposal.shape.state.optional() })
export const proposalPage = pageOf(proposal)

export const link = z.object({
  id,
  cooperativeId: id,
  cooperativeName: z.string(),
  householdId: id,
  householdCode: z.string(),
  startsOn: date,
  endsOn: date,
  state: z.string(),
  formula: linkFormula,
  /** What has been credited to the household under this link. */
  doneFen: fenAmount,
})
export type Link = z.infer<typeof link>
export const linkQuery = pageById.extend({ household: id.optional() })
export const linkPage = pageOf(link)
