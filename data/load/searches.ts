import { addAsked } from '@silian/chains/supply/search/asked.ts'
import { SearchCache } from '@silian/chains/supply/search/cache.ts'
import { shopQuery } from '@silian/chains/supply/search/contract.ts'
import { findOffers } from '@silian/chains/supply/search/find.ts'
import { publicPrincipal } from '@silian/kernel/access/principal.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { searches } from '../world/shoppers.ts'
import { days } from './clock.ts'
import type { Stage } from './stage.ts'

const DAYS = 28

/** What citizens looked for in the last four weeks, evenly; each word found what it finds at the end of them. */
export async function playSearches(stage: Stage, now: Date): Promise<void> {
  const found = await foundBy(stage, now, Object.keys(searches))
  for (let day = 0; day < DAYS; day += 1) {
    const upTo = (times: number, end: number) => Math.floor((times * end) / DAYS)
    const words = Object.entries(searches).flatMap(([word, all]) => {
      const times = upTo(all, day + 1) - upTo(all, day)
      return times === 0 ? [] : [[word, { times, found: found.get(word)! }] as const]
    })
    const doing = { who: 'system', at: days(now, day + 1 - DAYS), key: `searches ${day}` }
    await stage.command(doing, async tx => {
      await addAsked(tx, new Map(words))
      return ok(null)
    })
  }
}

async function foundBy(
  { kit, programme }: Stage,
  at: Date,
  words: readonly string[],
): Promise<Map<string, number>> {
  const cache = new SearchCache(kit.app)
  const found = new Map<string, number>()
  for (const q of words) {
    const page = await kit.app.look({ programme, actor: 'system', at }, tx =>
      findOffers(tx, publicPrincipal(programme), shopQuery.parse({ q }), cache),
    )
    found.set(q, must(page).facets!.total)
  }
  return found
}
