import type { Config } from '@silian/kernel/config/config.ts'
import { report } from './audit-report.ts'
import { sample } from './audit-sample.ts'
import { say } from './say.ts'

/**
 * `silian audit sample URL --figure … --policy FILE`: a monetary-unit sample of a published figure, drawn from the word of
 * its witnesses. `silian audit report SAMPLE.json`: the auditor's sheet of it, and what was found, evaluated.
 */
export async function auditFigures(_: Config, [what, ...args]: string[]): Promise<number> {
  if (what === 'sample') return sample(args)
  if (what === 'report') return report(args)
  say('audit.usage')
  return 2
}
