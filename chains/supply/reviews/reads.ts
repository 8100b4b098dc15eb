import { createHash } from 'node:crypto'
import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { type FileKit, readFileBytes } from '@silian/kernel/files/store.ts'
import type { FileAnswer } from '@silian/kernel/http/file-answer.ts'
import { newestUpTo, pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Selectable } from 'kysely'
import type { OwnReview, Review } from '../claims/contract.ts'
import type { ReviewTable } from '../claims/tables.ts'

type Row = Selectable<ReviewTable>

interface Query {
  readonly after?: string | undefined
  readonly limit: number
  readonly stars?: number | undefined
}

/** What receivers say of a product, the newest first; what was hidden is not there. */
export async function listReviews(tx: Reader, product: string, query: Query): Promise<Page<Review>> {
  const rows = await tx.query<Row>(
    `select * from review where programme_id = $1 and product_id = $2 and hidden_at is null
       and (at, id) < (split_part($3, '|', 1)::timestamptz, split_part($3, '|', 2)::uuid)
       and ($4::int is null or score = $4) order by at desc, id desc limit $5`,
    [tx.programme, product, query.after ?? newestUpTo(undefined), query.stars ?? null, query.limit + 1],
  )
  const photos = await reviewPhotos(tx, rows)
  return pageFrom(rows, query.limit, keyOf, row => reviewOf(row, photos))
}

const keyOf = (row: Row): string => `${row.at.toISOString()}|${row.id}`

const reviewOf = (row: Row, photos: ReadonlyMap<string, string[]>): Review => ({
  ...{ id: row.id, score: row.score, text: row.said, by: row.by_masked, byKind: row.buyer_kind },
  at: row.at.toISOString(),
  photos: photos.get(row.id) ?? [],
})

/** For whoever sells the product, and for offices: hidden ones too. */
export async function listOwnReviews(tx: Reader, reach: Reach, query: Query): Promise<Page<OwnReview>> {
  const parties = { programme: 'r.programme_id', organisations: ['o.seller_id'] }
  const { sql, values } = reachPredicate(reach, parties, 4)
  const rows = await tx.query<Row & { number: string; name_zh: string; name_en: string }>(
    `select r.*, o.number, p.name_zh, p.name_en from review r
     join "order" o on o.programme_id = r.programme_id and o.id = r.order_id
     join product p on p.programme_id = r.programme_id and p.id = r.product_id
     where (r.at, r.id) < (split_part($1, '|', 1)::timestamptz, split_part($1, '|', 2)::uuid)
       and ($2::int is null or r.score = $2) and ${sql} order by r.at desc, r.id desc limit $3`,
    [query.after ?? newestUpTo(undefined), query.stars ?? null, query.limit + 1, ...values],
  )
  const photos = await reviewPhotos(tx, rows)
  return pageFrom(rows, query.limit, keyOf, row => ({
    ...reviewOf(row, photos),
    ...{ orderId: row.order_id, orderNumber: row.number, productId: row.product_id },
    ...{ nameZh: row.name_zh, nameEn: row.name_en, hiddenReason: row.hidden_reason },
  }))
}

async function reviewPhotos(tx: Reader, rows: readonly Row[]): Promise<Map<string, string[]>> {
  const uses = await tx.query<{ id: string; file: string }>(
    `select subject_id as id, file_id as file from file_use
     where programme_id = $1 and subject_type = 'review' and subject_id = any($2) order by file_id`,
    [tx.programme, rows.map(({ id }) => id)],
    'review-photos',
  )
  return new Map([...Map.groupBy(uses, use => use.id)].map(([id, own]) => [id, own.map(({ file }) => file)]))
}

/** A photograph of a review that stands, for anybody. Refuses `file.not_found`, `file.damaged`. */
export async function givePhoto(tx: Reader, files: FileKit, photo: string): Promise<Result<FileAnswer>> {
  const shown = await tx.query(
    `select 1 from file_use u join review r on r.programme_id = u.programme_id and r.id::text = u.subject_id
     where u.programme_id = $1 and u.file_id = $2 and u.subject_type = 'review' and r.hidden_at is null limit 1`,
    [tx.programme, photo],
    'review-photo',
  )
  if (shown.length === 0) return refuse('file.not_found')
  const found = await readFileBytes(tx, files, photo)
  if (!found.ok) return found
  const { bytes, type } = found.value
  return ok({
    ...{ type, name: photo, content: bytes },
    forever: createHash('sha256').update(bytes).digest('base64url'),
  })
}
