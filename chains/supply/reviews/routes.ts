import { holderOf } from '@silian/kernel/access/holder.ts'
import { command } from '@silian/kernel/database/command.ts'
import type { FileKit } from '@silian/kernel/files/store.ts'
import { fileAnswer } from '@silian/kernel/http/file-answer.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { ownReviewPage, reviewHiding, reviewPage, reviewPath, reviewQuery } from '../claims/contract.ts'
import { givePhoto, listOwnReviews, listReviews } from './reads.ts'
import { hideReview } from './service.ts'

export interface ReviewKit extends Kit {
  readonly files: FileKit
}

export const reviewRoutes = (kit: ReviewKit): Route[] => [
  route({
    method: 'GET',
    path: '/products/{product}/evaluations',
    action: 'offer.browse',
    summary: '商品评价 What receivers say of a product',
    params: reviewPath,
    query: reviewQuery,
    answer: reviewPage,
    handle: async ({ scope, params: { product }, query }) =>
      ok(await kit.app.read(scope, tx => listReviews(tx, product, query))),
  }),
  route({
    method: 'GET',
    path: '/review-photos/{photo}',
    action: 'offer.browse',
    summary: '评价照片 A photograph of what somebody says of a product',
    params: z.object({ photo: id }),
    stream: true,
    answer: fileAnswer,
    handle: ({ scope, params: { photo } }) => kit.app.read(scope, tx => givePhoto(tx, kit.files, photo)),
  }),
  route({
    method: 'GET',
    path: '/reviews',
    action: 'review.read',
    summary: '评价管理 What receivers say of what one sells',
    query: reviewQuery,
    answer: ownReviewPage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listOwnReviews(tx, reach, query))),
  }),
  route({
    method: 'POST',
    path: '/reviews/{review}/hiding',
    action: 'review.hide',
    summary: '隐藏评价 Take a review out of sight, and say why',
    params: z.object({ review: id }),
    body: reviewHiding,
    answer: z.object({ id }),
    handle: ({ scope, principal, params: { review }, body, command: once }) =>
      command(kit.app, scope, once, tx => hideReview(tx, kit, holderOf(principal), review, body.reason)),
  }),
]
