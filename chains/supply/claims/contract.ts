import { fenAmount, id, instant, pageByTime, pageOf, text } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'
import { linePieces } from '../delivery/contract.ts'

/** `return`: 七天无理由; `quality`: spoilt or not as described, with photographs; `missing`: fewer came than were sent. */
export const claimKinds = ['return', 'quality', 'missing'] as const
export const claimKind = z.enum(claimKinds)
export const claimStates = [
  'asked',
  'agreed',
  'returning',
  'refunded',
  'refused',
  'disputed',
  'withdrawn',
] as const
export const claimState = z.enum(claimStates)

export const newClaim = z.object({
  id: id.optional(),
  kind: claimKind,
  lines: linePieces,
  reason: text(500),
  /** Uploaded before by whoever claims; a quality claim needs one. */
  photos: z.array(id).max(9).default([]),
})

export const claimAnswer = z.object({ agree: z.boolean(), note: z.string().max(500).default('') })
export const objection = z.object({ reason: text(500), photos: z.array(id).max(9).default([]) })
export const decision = z.object({ agree: z.boolean(), note: text(500) })
export const sentBack = z.object({ carrier: text(80), waybill: text(80) })
/** Whether the goods can be sold again: they go back into the stock of their lot. */
export const receivedBack = z.object({ restock: z.boolean() })

export const claim = z.object({
  id,
  orderId: id,
  orderNumber: z.string(),
  sellerId: id,
  sellerName: z.string(),
  kind: claimKind,
  state: claimState,
  amountFen: fenAmount,
  reason: z.string(),
  /** The seller's answer, the objection, the office's words; whichever there are. */
  answer: z.string().nullable(),
  objection: z.string().nullable(),
  decision: z.string().nullable(),
  returnCarrier: z.string().nullable(),
  returnWaybill: z.string().nullable(),
  photos: z.array(id),
  openedAt: instant,
  /** When the state moves on by itself, if it does: asked is agreed, agreed goods not sent back are withdrawn. */
  dueAt: instant.nullable(),
  closedAt: instant.nullable(),
  lines: z.array(
    z.object({
      no: z.number().int(),
      nameZh: z.string(),
      nameEn: z.string(),
      pieces: z.number().int(),
      amountFen: fenAmount,
    }),
  ),
  /** What the asking principal may do next. */
  may: z.array(z.enum(['answer', 'object', 'decide', 'send', 'receive', 'withdraw'])),
})
export type Claim = z.infer<typeof claim>
export const claimQuery = pageByTime.extend({ state: claimState.optional(), order: id.optional() })
export const claimPage = pageOf(claim)
export const claimDone = z.object({ id, state: claimState })

/** What may be claimed of an order now, and until when. */
export const claimable = z.object({
  kinds: z.array(z.object({ kind: claimKind, until: instant })),
  /** What was sent and not seen to arrive: from when it may be claimed as missing; null where that is not ahead. */
  from: instant.nullable(),
  lines: z.array(z.object({ no: z.number().int(), pieces: z.number().int(), returnable: z.boolean() })),
})

/** What receivers say of a product, in public: no whole name, no number. */
export const review = z.object({
  id,
  score: z.number().int().min(1).max(5),
  text: z.string(),
  /** 王**; null for units and for who gave no name. */
  by: z.string().nullable(),
  byKind: z.enum(['unit', 'citizen']),
  at: instant,
  photos: z.array(id),
})
export const reviewQuery = pageByTime.extend({ stars: z.coerce.number().int().min(1).max(5).optional() })
export const reviewPage = pageOf(review)
export const reviewPath = z.object({ product: id })
export const reviewHiding = z.object({ reason: text(200) })
export type Review = z.infer<typeof review>
/** For whoever sells the product, and for offices. */
export const ownReview = review.extend({
  orderId: id,
  orderNumber: z.string(),
  productId: id,
  nameZh: z.string(),
  nameEn: z.string(),
  hiddenReason: z.string().nullable(),
})
export type OwnReview = z.infer<typeof ownReview>
export const ownReviewPage = pageOf(ownReview)
