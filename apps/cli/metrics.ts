import { metrics } from '@silian/chains/declared.ts'
import { listProgrammes } from '@silian/kernel/access/programmes.ts'
import type { Config } from '@silian/kernel/config/config.ts'
import { rebuildNamed } from '@silian/kernel/metric/rebuild.ts'
import { beside } from './beside.ts'
import { say } from './say.ts'

/** `silian metrics rebuild NAME [PROGRAMME…]`: cells made anew from the log beside those that answer, then swapped. */
export async function rebuildMetric(config: Config, args: string[]): Promise<number> {
  const [what, name, ...chosen] = args
  if (what !== 'rebuild' || name === undefined) {
    say('metrics.usage')
    return 2
  }
  return beside(config, async ({ kit }) => {
    const all = await kit.app.read({ programme: 'platform', actor: 'system' }, listProgrammes)
    for (const programme of chosen.length > 0 ? chosen : all.map(each => each.id)) {
      const done = await rebuildNamed(kit.batch, { programme, actor: 'system' }, metrics, name, kit)
      if (!done.ok) {
        say('metrics.unknown', { name })
        return 1
      }
      say('metrics.done', { programme, series: done.value.series, entries: done.value.entries })
    }
    return 0
  })
}
