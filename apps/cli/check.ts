import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { listProgrammes } from '@silian/kernel/access/programmes.ts'
import type { Config } from '@silian/kernel/config/config.ts'
import { beside } from './beside.ts'
import { say } from './say.ts'

/** `silian check [PROGRAMME]`: everything counted, computed again from the log alone. Exit code 1 on any difference. */
export async function check(config: Config, args: string[]): Promise<number> {
  return beside(config, async ({ kit }) => {
    const all = await kit.app.read({ programme: 'platform', actor: 'system' }, listProgrammes)
    let differences = 0
    for (const { id } of args.length > 0 ? args.map(name => ({ id: name })) : all) {
      const report = await checkProgramme(kit, id)
      differences += report.differences.length
      if (report.differences.length === 0)
        say('check.good', { programme: id, entries: report.entries, compared: report.compared })
      else say('check.bad', { programme: id, count: report.differences.length })
      for (const d of report.differences.slice(0, 100))
        say('check.difference', { ...d, expected: String(d.expected), found: String(d.found) })
    }
    return differences === 0 ? 0 : 1
  })
}
