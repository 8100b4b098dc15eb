import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import type { Config } from '@silian/kernel/config/config.ts'
import { date } from '@silian/kernel/http/shapes.ts'
import { journal } from '@silian/kernel/ledger/journal.ts'
import { beside } from './beside.ts'
import { say } from './say.ts'

/** `silian export journal PROGRAMME [--from 2025-01-01] [--to 2025-12-31] [--out FILE]`: what `hledger` and `ledger` read. */
export async function exportJournal(config: Config, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { from: { type: 'string' }, to: { type: 'string' }, out: { type: 'string' } },
  })
  const [what, programme, ...more] = positionals
  const days = [values.from, values.to].filter(day => day !== undefined)
  if (
    what !== 'journal' ||
    !programme ||
    more.length > 0 ||
    !days.every(day => date.safeParse(day).success)
  ) {
    say('export.usage')
    return 2
  }
  return beside(config, async ({ kit }) => {
    await kit.batch.read({ programme, actor: 'system' }, async tx => {
      await tx.query('set transaction isolation level repeatable read')
      const text = journal(tx, values)
      if (values.out === undefined) await pipeline(text, process.stdout, { end: false })
      else await pipeline(text, createWriteStream(values.out))
    })
    if (values.out !== undefined) say('export.kept', { file: values.out })
    return 0
  })
}
