import { rebuildOffers } from '@silian/chains/supply/search/rebuild.ts'
import { listProgrammes } from '@silian/kernel/access/programmes.ts'
import type { Config } from '@silian/kernel/config/config.ts'
import { beside } from './beside.ts'
import { say } from './say.ts'

/** `silian search rebuild [PROGRAMME…]`: what the shop finds made anew beside what answers, then swapped. */
export async function rebuildSearch(config: Config, args: string[]): Promise<number> {
  const [what, ...chosen] = args
  if (what !== 'rebuild') {
    say('search.usage')
    return 2
  }
  return beside(config, async ({ kit }) => {
    const all = await kit.app.read({ programme: 'platform', actor: 'system' }, listProgrammes)
    for (const programme of chosen.length > 0 ? chosen : all.map(each => each.id)) {
      const offers = await rebuildOffers(kit.batch, { programme, actor: 'system' })
      say('search.done', { programme, offers })
    }
    return 0
  })
}
