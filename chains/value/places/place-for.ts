import type { Writer } from '@silian/kernel/database/database.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'

/**
 * A place that a lot of this seller may be brought to: its own, or of those it was merged with. The place stays open
 * until the transaction ends. Refuses `place.not_found`, `place.closed` {place}.
 */
export async function placeFor(
  tx: Writer,
  sellerId: string,
  placeId: string,
): Promise<Result<{ name: string }, 'place.not_found' | 'place.closed'>> {
  const [place] = await tx.query<{ name: string; state: string }>(
    `select name, state from storage_place
     where programme_id = $1 and id = $2 and (seller_id = $3
       or seller_id = any(merged_into($1, $3)) or $3 = any(merged_into($1, seller_id))) for share`,
    [tx.programme, placeId, sellerId],
    'place-for-lot',
  )
  if (!place) return refuse('place.not_found')
  return place.state === 'open' ? ok({ name: place.name }) : refuse('place.closed', { place: place.name })
}
