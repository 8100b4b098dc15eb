import { command } from '@silian/kernel/database/command.ts'
import { fileAnswer } from '@silian/kernel/http/file-answer.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'
import { mediaChange, mediaWidths, newMediaQuery } from './contract.ts'
import { addMedia, changeMedia, giveMedia, type MediaKit } from './media.ts'

const made = z.object({ id })
const sizes = mediaWidths.map(width => `${width}.webp` as const)

export const mediaRoutes = (kit: MediaKit): Route[] => [
  route({
    method: 'GET',
    path: '/product-media/{media}/{size}',
    action: 'offer.browse',
    summary: '商品图片 A size of a picture, the same for ever',
    params: z.object({ media: id, size: z.enum(sizes) }),
    stream: true,
    answer: fileAnswer,
    handle: ({ scope, params: { media, size } }) =>
      kit.app.read(scope, tx => giveMedia(tx, kit.files, media, mediaWidths[sizes.indexOf(size)]!)),
  }),
  route({
    method: 'POST',
    path: '/products/{product}/media',
    action: 'product.create',
    summary: '上传商品图片 A picture of a product: the body is the file',
    params: z.object({ product: id }),
    query: newMediaQuery,
    raw: true,
    answer: made,
    handle: ({ scope, reach, params: { product }, query, raw, command: once }) =>
      addMedia(kit, scope, reach, once, { product, content: raw, ...query }),
  }),
  route({
    method: 'POST',
    path: '/product-media/{media}',
    action: 'product.create',
    summary: '调整商品图片 Put a picture first, or take it down',
    params: z.object({ media: id }),
    body: mediaChange,
    answer: made,
    handle: ({ scope, reach, params: { media }, body, command: once }) =>
      command(kit.app, scope, once, tx => changeMedia(tx, reach, media, body.change)),
  }),
]
