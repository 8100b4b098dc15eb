import { covers, type Reach } from '@silian/kernel/access/permit.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { placeFor } from '../places/place-for.ts'
import type { LotMove } from './contract.ts'

export type MoveRefusal =
  | 'lot.not_found'
  | 'lot.moved'
  | 'lot.there_already'
  | 'place.not_found'
  | 'place.closed'

/**
 * Moves a whole lot to an open place of its seller. Of two who move it from where both saw it the second is refused
 * `lot.moved` {place}, with where it lies now. Its stock is what it was.
 */
export async function moveLot(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  id: string,
  { placeId, from }: LotMove,
): Promise<Result<{ id: string; placeId: string }, MoveRefusal>> {
  const lot = await findLot(tx, id)
  if (!lot || !covers(reach, { organisationIds: [lot.cooperativeId] })) return refuse('lot.not_found')
  if (placeId === from) return refuse('lot.there_already')
  const place = await placeFor(tx, lot.cooperativeId, placeId)
  if (!place.ok) return place
  const [moved] = await tx.query<{ before: Buffer }>(
    `update lot l set place_id = $3
     where l.programme_id = $1 and l.id = $2 and l.place_id is not distinct from $4::uuid
     returning coalesce(l.moved_leaf, (select f.leaf_hash from fact f
       where f.programme_id = $1 and f.subject = $2::text and f.type = 'lot.harvested')) as before`,
    [tx.programme, id, placeId, from],
    'lot-move',
  )
  if (!moved) return refuse('lot.moved', { place: (await findLot(tx, id))?.place ?? '—' })
  const { leafHash } = await kit.recorder.record(tx, {
    type: 'lot.moved',
    subject: id,
    holder: lot.cooperativeId,
    pub: { lot: id, ...(from === null ? {} : { from }), to: placeId },
    refs: [moved.before],
  })
  await tx.query(
    'update lot set moved_leaf = $3 where programme_id = $1 and id = $2',
    [tx.programme, id, leafHash],
    'lot-moved',
  )
  return ok({ id, placeId })
}

interface Found {
  readonly cooperativeId: string
  /** Name of the place it lies at. */
  readonly place: string | null
}

async function findLot(tx: Writer, id: string): Promise<Found | undefined> {
  const [row] = await tx.query<Found>(
    `select l.cooperative_id as "cooperativeId", p.name as place from lot l
     left join storage_place p on p.programme_id = l.programme_id and p.id = l.place_id
     where l.programme_id = $1 and l.id = $2`,
    [tx.programme, id],
    'lot-to-move',
  )
  return row
}
