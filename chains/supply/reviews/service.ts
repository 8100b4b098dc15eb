import type { Writer } from '@silian/kernel/database/database.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { maskName } from '@silian/kernel/personal/masks.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { NAME } from '../customers/service.ts'
import { keepPhotos } from '../orders/photos.ts'
import type { OrderRow } from '../orders/row.ts'

interface Said {
  readonly score: number
  readonly text: string
  readonly photos: readonly string[]
}

/**
 * What a receiver says of an order stands with each of its products, under a masked name (domain K2). Answers with the
 * digests of its photographs. Refuses `file.not_found`.
 */
export async function keepReviews(
  tx: Writer,
  kit: Kit,
  order: OrderRow,
  { score, text, photos }: Said,
): Promise<Result<string[], 'file.not_found'>> {
  const products = await tx.query<{ id: string }>(
    'select distinct product_id as id from order_line where programme_id = $1 and order_id = $2',
    [tx.programme, order.id],
    'reviewed-products',
  )
  const by = order.buyer_kind === 'citizen' ? await maskedName(tx, kit, order.buyer_id) : null
  const reviews = products.map(({ id }) => ({ id: idFrom('review', order.id, id), product: id }))
  await tx.db
    .insertInto('review')
    .values(
      reviews.map(({ id, product }) => ({
        ...{ programme_id: tx.programme, id, order_id: order.id, product_id: product },
        ...{ buyer_kind: order.buyer_kind, by_masked: by, score, said: text, at: tx.at },
        ...{ hidden_at: null, hidden_by: null, hidden_reason: null },
      })),
    )
    .execute()
  return keepPhotos(tx, photos, ...reviews.map(({ id }) => ({ type: 'review' as const, id })))
}

async function maskedName(tx: Writer, kit: Kit, customer: string): Promise<string | null> {
  const [row] = await tx.query<{ name: Buffer | null }>(
    'select name from customer where programme_id = $1 and id = $2',
    [tx.programme, customer],
  )
  const name = row ? await kit.vault.open(tx, customer, NAME, row.name) : null
  return name && maskName(name)
}

/** An office takes a review out of sight and says why; who did stands beside it. Refuses `review.not_found`. */
export async function hideReview(
  tx: Writer,
  kit: Kit,
  holder: string,
  id: string,
  reason: string,
): Promise<Result<{ id: string }, 'review.not_found'>> {
  const [row] = await tx.query<{ order_id: string; product_id: string }>(
    `update review set hidden_at = $3, hidden_by = $4, hidden_reason = $5
     where programme_id = $1 and id = $2 and hidden_at is null returning order_id, product_id`,
    [tx.programme, id, tx.at, tx.actor, reason],
  )
  if (!row) return refuse('review.not_found')
  await kit.recorder.record(tx, {
    ...{ type: 'review.hidden', subject: id, holder },
    pub: { review: id, order: row.order_id, product: row.product_id },
    hidden: { reason },
  })
  return ok({ id })
}
