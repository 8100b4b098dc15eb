import { evaluateOrder } from '@silian/chains/supply/orders/service.ts'
import { storeFile } from '@silian/kernel/files/store.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import type { Whole } from '@silian/server/compose.ts'
import sharp from 'sharp'
import type { Expectation } from './expectations.ts'
import type { Prepare } from './requests.ts'
import { orderAt, type Side } from './side.ts'

const everyone = { action: 'offer.browse', open: 'everyone' } as const

/** What receivers say is everybody's to read; an office may hide it. */
export const reviewExpectations: readonly Expectation[] = [
  { route: 'GET /products/{product}/evaluations', ...everyone, about: 'nothing' },
  { route: 'GET /review-photos/{photo}', ...everyone, alien: '404 file.not_found', about: 'organisation' },
  {
    route: 'GET /reviews',
    ...{ action: 'review.read', own: ['coop_clerk'], all: ['task_force', 'auditor'], about: 'organisation' },
  },
  {
    route: 'POST /reviews/{review}/hiding',
    ...{ action: 'review.hide', all: ['task_force'], alien: '404 review.not_found', about: 'organisation' },
  },
]

const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#2a7' } })
  .webp()
  .toBuffer()

/** What was said of a new order of the side, with a photograph. */
async function reviewed(kit: Whole, side: Side): Promise<{ review: string; photo: string }> {
  const order = await orderAt(kit, side, 'accepted')
  const photo = await side.world.write(tx =>
    storeFile(tx, kit.files, {
      ...{ content: picture, uploadedBy: 'system', encrypt: true, name: 'photo.webp', kind: 'photo' },
      retentionClass: 'application',
    }),
  )
  await side.world.write(tx => evaluateOrder(tx, kit, order, { score: 4, text: '', photos: [photo.id] }))
  return { review: idFrom('review', order, side.product), photo: photo.id }
}

export const reviewRequests: Readonly<Record<string, Prepare>> = {
  'GET /products/{product}/evaluations': of => ({ path: `/products/${of.product}/evaluations` }),
  'GET /review-photos/{photo}': async (of, fresh) => ({
    path: `/review-photos/${fresh ? (await reviewed(fresh, of)).photo : of.world.id('no photo')}`,
  }),
  'GET /reviews': async (of, fresh) => ({
    path: '/reviews?limit=200',
    ...(fresh && { shows: (await reviewed(fresh, of)).review }),
  }),
  'POST /reviews/{review}/hiding': async (of, fresh) => {
    const review = fresh ? (await reviewed(fresh, of)).review : of.world.id('no review')
    return { path: `/reviews/${review}/hiding`, body: { reason: '含个人信息' }, shows: review }
  },
}
