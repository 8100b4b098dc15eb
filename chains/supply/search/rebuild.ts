import type { Database, Scope, Writer } from '@silian/kernel/database/database.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import {
  clearPast,
  currentGeneration,
  FORMAT,
  fillingGeneration,
  lockGenerations,
  setState,
} from './generation.ts'
import { writeOffers } from './write.ts'

/** Offers written in one transaction; the subscription waits so long. */
const BATCH = 500

/**
 * Fills a new generation from the offers that are on sale while the old one answers, then swaps them in one transaction:
 * nobody finds half of them. Facts that come meanwhile are written into both. May run twice at once, and again after it
 * died: it goes on where it was. Needs the role `batch`. Returns how many offers were looked at.
 */
export async function rebuildOffers(database: Database, scope: Scope, signal?: AbortSignal): Promise<number> {
  let offers = 0
  for (;;) {
    signal?.throwIfAborted()
    const written = must(await database.write(scope, async tx => ok(await fillOn(tx))))
    offers += written
    if (written < BATCH) break
  }
  must(await database.write(scope, async tx => ok(await clearPast(tx))))
  return offers
}

/** One batch; the last one swaps. */
async function fillOn(tx: Writer): Promise<number> {
  const filling = await fillingGeneration(tx)
  const [seller, offer] = filling.filled_to?.split('|') ?? []
  const rows = await tx.query<{ id: string; seller_id: string }>(
    `select id, seller_id from offer where programme_id = $1 and state = 'listed'
       and ($2::uuid is null or (seller_id, id) > ($2::uuid, $3::uuid))
     order by seller_id, id limit $4`,
    [tx.programme, seller ?? null, offer ?? null, BATCH],
    'offers-to-fill',
  )
  await writeOffers(
    tx,
    rows.map(({ id }) => id),
    async () => [filling],
  )
  const last = rows.at(-1)
  if (rows.length < BATCH) await swap(tx, filling.generation)
  else
    await tx.query('update offer_generation set filled_to = $3 where programme_id = $1 and generation = $2', [
      tx.programme,
      filling.generation,
      `${last!.seller_id}|${last!.id}`,
    ])
  return rows.length
}

async function swap(tx: Writer, generation: number): Promise<void> {
  const old = (await lockGenerations(tx)).find(({ state }) => state === 'current')
  if (old) await setState(tx, old.generation, 'past')
  await setState(tx, generation, 'current')
}

/** Rebuilds where the words that answer were made in another way. */
export async function rebuildOlder(database: Database, scope: Scope, signal?: AbortSignal): Promise<void> {
  const current = await database.read(scope, currentGeneration)
  if (current && current.format !== FORMAT) await rebuildOffers(database, scope, signal)
}
