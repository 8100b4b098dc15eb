import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { covers, type Reach } from '@silian/kernel/access/permit.ts'
import { type Command, command } from '@silian/kernel/database/command.ts'
import type { Database, Reader, Scope, Writer } from '@silian/kernel/database/database.ts'
import { type Picture, picturesOf } from '@silian/kernel/files/pictures.ts'
import { type FileKit, gather, MOST_BYTES, readFileBytes, storeFile } from '@silian/kernel/files/store.ts'
import type { FileAnswer } from '@silian/kernel/http/file-answer.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { must, ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { mediaWidths } from './contract.ts'

export interface MediaKit {
  readonly app: Database
  readonly files: FileKit
}

export interface NewMedia {
  readonly product: string
  readonly content: Readable
  readonly altZh?: string | undefined
  readonly altEn?: string | undefined
}

/** Of one product. */
const MOST_MEDIA = 20
/** Narrower ones look bad wherever they stand. */
const LEAST_PIXELS = 160

/**
 * Takes a picture of a product in, as WebP in three sizes. Refuses `product.not_found`, `file.too_large` {most}, as
 * `picturesOf`, and `product.media_full` {most}.
 */
export async function addMedia(
  kit: MediaKit,
  scope: Scope,
  reach: Reach,
  given: Command,
  { product, content, altZh = '', altEn = '' }: NewMedia,
): Promise<Result<{ id: string }>> {
  const bytes = await gather(content, MOST_BYTES)
  if (bytes === undefined) return refuse('file.too_large', { most: MOST_BYTES })
  // seen before anything is drawn: what is not one's own costs nothing
  const mine = await kit.app.read(scope, tx => isOwn(tx, reach, product))
  if (!mine) return refuse('product.not_found')
  const made = await picturesOf(bytes, mediaWidths, { least: LEAST_PIXELS })
  if (!made.ok) return made
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const input = { product, altZh, altEn, sha256 }
  return command(kit.app, scope, { ...given, input }, tx =>
    keepMedia(tx, kit.files, { product, altZh, altEn, pictures: made.value }),
  )
}

interface Drawn {
  readonly product: string
  readonly altZh: string
  readonly altEn: string
  readonly pictures: readonly [Picture, Picture, Picture]
}

/** Refuses `product.media_full` {most}. */
export async function keepMedia(
  tx: Writer,
  files: FileKit,
  { product, altZh, altEn, pictures }: Drawn,
): Promise<Result<{ id: string }, 'product.media_full'>> {
  // of two at once the second waits and counts the first
  await tx.query('select 1 from product where programme_id = $1 and id = $2 for update', [
    tx.programme,
    product,
  ])
  const [{ count, place }] = (await tx.query(
    `select count(*) as count, coalesce(max(place), 0) + 1 as place from product_media
     where programme_id = $1 and product_id = $2 and removed_at is null`,
    [tx.programme, product],
  )) as [{ count: number; place: number }]
  if (count >= MOST_MEDIA) return refuse('product.media_full', { most: MOST_MEDIA })
  const ids: string[] = []
  for (const { bytes } of pictures) {
    const kept = await storeFile(tx, files, {
      ...{ content: bytes, declaredType: 'image/webp', kind: 'picture', retentionClass: 'public' },
      ...{ uploadedBy: tx.actor, encrypt: false },
    })
    ids.push(must(kept).id)
  }
  const [small, middle, large] = ids
  const id = newId(tx.at.getTime())
  const { width, height } = pictures[2]
  await tx.query(
    `insert into product_media (programme_id, id, product_id, place, alt_zh, alt_en, small_id, middle_id, large_id, width,
       height, added_by, added_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[tx.programme, id, product, place, altZh, altEn, small, middle, large],
      ...[width, height, tx.actor, tx.at],
    ],
  )
  return ok({ id })
}

/** A size of a picture that stands; anybody's to see, at an address whose bytes never change. */
export async function giveMedia(
  tx: Reader,
  files: FileKit,
  id: string,
  width: (typeof mediaWidths)[number],
): Promise<Result<FileAnswer>> {
  const [row] = await tx.query<{ file: string }>(
    `select case $3::int when 160 then small_id when 480 then middle_id else large_id end as file
     from product_media where programme_id = $1 and id = $2 and removed_at is null`,
    [tx.programme, id, width],
    'media-file',
  )
  if (!row) return refuse('media.not_found')
  const found = await readFileBytes(tx, files, row.file)
  if (!found.ok) return found
  const { bytes, type } = found.value
  const forever = createHash('sha256').update(bytes).digest('base64url')
  return ok({ type, name: `${id}-${width}.webp`, content: bytes, forever })
}

/** Puts a picture first, or takes it down. Refuses `media.not_found`. */
export async function changeMedia(
  tx: Writer,
  reach: Reach,
  id: string,
  change: 'first' | 'remove',
): Promise<Result<{ id: string }, 'media.not_found'>> {
  const [row] = await tx.query<{ product_id: string }>(
    'select product_id from product_media where programme_id = $1 and id = $2 and removed_at is null for update',
    [tx.programme, id],
  )
  if (!row || !(await isOwn(tx, reach, row.product_id))) return refuse('media.not_found')
  if (change === 'remove')
    await tx.query('update product_media set removed_at = $3 where programme_id = $1 and id = $2', [
      ...[tx.programme, id, tx.at],
    ])
  else
    await tx.query(
      `update product_media set place = (select min(place) - 1 from product_media where programme_id = $1 and product_id = $3)
       where programme_id = $1 and id = $2`,
      [tx.programme, id, row.product_id],
    )
  return ok({ id })
}

async function isOwn(tx: Reader, reach: Reach, product: string): Promise<boolean> {
  const [row] = await tx.query<{ cooperative_id: string }>(
    'select cooperative_id from product where programme_id = $1 and id = $2',
    [tx.programme, product],
  )
  return row !== undefined && covers(reach, { organisationIds: [row.cooperative_id] })
}
