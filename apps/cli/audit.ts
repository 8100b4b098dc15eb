import type { Config } from '@silian/kernel/config/config.ts'
import { Refused } from '@silian/kernel/result/result.ts'
import { ReadError } from '@silian/verifier/files.ts'
import { report } from './audit-report.ts'
import { sample } from './audit-sample.ts'
import { say } from './say.ts'

/**
 * `silian audit sample URL --figure … --policy FILE`: a monetary-unit sample of a published figure, drawn from the word of
 * its witnesses. `silian audit report SAMPLE.json`: the auditor's sheet of it, and what was found, evaluated.
 */
export async function auditFigures(_: Config, [what, ...args]: string[]): Promise<number> {
  try {
    if (what === 'sample') return await sample(args)
    if (what === 'report') return await report(args)
  } catch (error) {
    return unread(error)
  }
  say('audit.usage')
  return 2
}

/** Files named on the command line that are not there, or are no workbook: exit code 3, as the verifier's. */
function unread(error: unknown): number {
  const isOurs = error instanceof ReadError || error instanceof Refused
  if (!isOurs) throw error
  say('audit.unread', { reason: error instanceof Refused ? error.refusal.code : error.message })
  return 3
}
