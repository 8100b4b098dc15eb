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

/** Products whose offers are written in one transaction; the subscription waits so long. */
const BATCH = 50
/** Offers written at once. */
const TURN = 500

/**
 * Fills a new generation from the offers that are on sale while the old one answers, then swaps them in one transaction:
 * nobody finds half of them. Facts that come meanwhile are written into both. May run twice at once, and again after it
 * died: it goes on where it was. Needs the role `batch`. Returns how many offers were looked at.
 */
export async function rebuildOffers(database: Database, scope: Scope, signal?: AbortSignal): Promise<number> {
  let offers = 0
  for (let isWhole = false; !isWhole; ) {
    signal?.throwIfAborted()
    const step = must(await database.write(scope, async tx => ok(await fillOn(tx))))
    offers += step.offers
    isWhole = step.isWhole
  }
  return offers
}

/** One batch; the last one swaps. What is of one class and county lies together, so that few pages are read to find it. */
async function fillOn(tx: Writer): Promise<{ offers: number; isWhole: boolean }> {
  const filling = await fillingGeneration(tx)
  const products = await tx.query<{ id: string; place: string }>(
    `select id, class || ' ' || county_code || ' ' || id as place from product
      where programme_id = $1 and (class || ' ' || county_code || ' ' || id) collate "C" > $2
      order by (class || ' ' || county_code || ' ' || id) collate "C" limit $3`,
    [tx.programme, filling.filled_to ?? '', BATCH],
    'offers-products-to-fill',
  )
  const rows = await tx.query<{ id: string }>(
    `select id from offer where programme_id = $1 and state = 'listed' and product_id = any($2::uuid[])
      order by array_position($2::uuid[], product_id), id`,
    [tx.programme, products.map(({ id }) => id)],
    'offers-to-fill',
  )
  const ids = rows.map(({ id }) => id)
  for (let i = 0; i < ids.length; i += TURN)
    await writeOffers(tx, ids.slice(i, i + TURN), async () => [await fillingGeneration(tx)])
  const isWhole = products.length < BATCH
  if (isWhole) await swap(tx, filling.generation)
  else await reachedIn(tx, filling.generation, products.at(-1)!.place)
  return { offers: ids.length, isWhole }
}

const reachedIn = (tx: Writer, generation: number, place: string) =>
  tx.query('update offer_generation set filled_to = $3 where programme_id = $1 and generation = $2', [
    tx.programme,
    generation,
    place,
  ])

async function swap(tx: Writer, generation: number): Promise<void> {
  const old = (await lockGenerations(tx)).find(({ state }) => state === 'current')
  if (old) await setState(tx, old.generation, 'past')
  await setState(tx, generation, 'current')
}

/** Rebuilds where the words that answer were made in another way, and takes away what no longer answers. */
export async function rebuildOlder(database: Database, scope: Scope, signal?: AbortSignal): Promise<void> {
  must(await database.write(scope, async tx => ok(await clearPast(tx))))
  const current = await database.read(scope, currentGeneration)
  if (current && current.format !== FORMAT) await rebuildOffers(database, scope, signal)
}
