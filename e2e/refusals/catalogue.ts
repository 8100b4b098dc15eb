import { mediaWidths } from '@silian/chains/value/products/contract.ts'
import { keepMedia } from '@silian/chains/value/products/media.ts'
import { picturesOf } from '@silian/kernel/files/pictures.ts'
import { must } from '@silian/kernel/result/result.ts'
import type { Whole } from '@silian/server/compose.ts'
import sharp from 'sharp'
import type { Expectation } from './expectations.ts'
import type { Prepare } from './requests.ts'
import type { Side } from './side.ts'

const everyone = { action: 'offer.browse', open: 'everyone', about: 'nothing' } as const

/** Pictures of products are their sellers'; what stands is everyone's to see. */
export const catalogueExpectations: readonly Expectation[] = [
  { route: 'GET /pavilions', ...everyone },
  { route: 'GET /pavilions/{pavilion}/month', ...everyone },
  { route: 'GET /produce-classes', ...everyone },
  { route: 'GET /harvest-calendar', ...everyone },
  { route: 'GET /county-flagships', ...everyone },
  { route: 'GET /shop/offers', ...everyone },
  { route: 'GET /shop/suggest', ...everyone },
  {
    route: 'GET /shop/asked',
    action: 'offer.asked',
    all: ['coop_clerk', 'client', 'county_officer', 'task_force', 'auditor'],
    about: 'nothing',
  },
  {
    route: 'GET /product-media/{media}/{size}',
    ...everyone,
    alien: '404 media.not_found',
    about: 'organisation',
  },
  {
    route: 'POST /products/{product}/media',
    action: 'product.create',
    own: ['coop_clerk'],
    another: '404 product.not_found',
    about: 'organisation',
  },
  {
    route: 'POST /product-media/{media}',
    action: 'product.create',
    own: ['coop_clerk'],
    another: '404 media.not_found',
    about: 'organisation',
  },
]

const picture = await sharp({ create: { width: 160, height: 160, channels: 3, background: '#2a7' } })
  .png()
  .toBuffer()

const small = await picturesOf(picture, mediaWidths)

/** A picture of a side's product, taken in as uploads are. */
const drawn = (kit: Whole, { world, product }: Side): Promise<{ id: string }> =>
  world.write(tx => keepMedia(tx, kit.files, { product, altZh: '', altEn: '', pictures: must(small) }))

/** One of each side is looked at by all who may. */
const shown = new WeakMap<Side, Promise<{ id: string }>>()
const shownOf = (kit: Whole, side: Side): Promise<{ id: string }> => {
  const known = shown.get(side) ?? drawn(kit, side)
  shown.set(side, known)
  return known
}

let count = 0

export const catalogueRequests: Readonly<Record<string, Prepare>> = {
  'GET /pavilions': () => ({ path: '/pavilions' }),
  'GET /pavilions/{pavilion}/month': () => ({ path: '/pavilions/assistance/month' }),
  'GET /produce-classes': () => ({ path: '/produce-classes' }),
  'GET /harvest-calendar': () => ({ path: '/harvest-calendar?month=6' }),
  'GET /shop/offers': () => ({ path: '/shop/offers?q=mg' }),
  'GET /shop/suggest': () => ({ path: '/shop/suggest?q=mg' }),
  'GET /shop/asked': () => ({ path: '/shop/asked' }),
  'GET /county-flagships': of => ({ path: `/county-flagships?county=${of.county}` }),
  'GET /product-media/{media}/{size}': async (of, fresh) => {
    const media = fresh ? (await shownOf(fresh, of)).id : of.media
    return { path: `/product-media/${media}/480.webp` }
  },
  'POST /products/{product}/media': of => ({
    path: `/products/${of.product}/media?altEn=${++count}`,
    body: picture,
  }),
  'POST /product-media/{media}': async (of, fresh) => {
    const media = fresh ? (await drawn(fresh, of)).id : of.media
    return { path: `/product-media/${media}`, body: { change: 'remove' }, shows: media }
  },
}
