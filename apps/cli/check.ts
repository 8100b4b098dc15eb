import { parseArgs } from 'node:util'
import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { reportText } from '@silian/chains/assurance/check/text.ts'
import { listProgrammes } from '@silian/kernel/access/programmes.ts'
import type { Config } from '@silian/kernel/config/config.ts'
import { keepCheck } from '@silian/kernel/health/report.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { beside } from './beside.ts'

/** `silian check [PROGRAMME…] [--lang en]`: everything counted, computed again from the log alone. Exit code 1 on any difference. */
export async function check(config: Config, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { lang: { type: 'string' } },
  })
  return beside(config, async ({ kit }) => {
    const all = await kit.app.read({ programme: 'platform', actor: 'system' }, listProgrammes)
    let differences = 0
    for (const id of positionals.length > 0 ? positionals : all.map(programme => programme.id)) {
      const report = await checkProgramme(kit, id)
      differences += report.differences.length
      const found = {
        facts: report.entries,
        comparisons: report.compared,
        differences: report.differences.length + report.more,
      }
      // for the page on the system's health
      await kit.batch.write({ programme: id, actor: 'system' }, async tx => ok(await keepCheck(tx, found)))
      process.stdout.write(`${reportText(report, values.lang === 'en' ? 'en' : 'zh')}\n`)
    }
    return differences === 0 ? 0 : 1
  })
}
