import { writeFile } from 'node:fs/promises'
import { utf8 } from '@silian/verifier/bytes.ts'
import { sourceOf } from '@silian/verifier/commands.ts'
import { readPolicy } from '@silian/verifier/files.ts'
import { describe } from '@silian/verifier/messages.ts'
import { type Checked, good, type Problem } from '@silian/verifier/problems.ts'
import { type Draw, drawSample } from '@silian/verifier/sample.ts'
import { type Opener, openSample, type Voucher } from '@silian/verifier/sample-open.ts'
import { type SampleArguments, sampleArguments } from './audit-arguments.ts'
import { partiesOf, readSample, type SampleFile, sampleFile } from './audit-file.ts'
import { namesFrom } from './audit-names.ts'
import { keptOpener, keyIn, serverOpener } from './audit-shares.ts'
import { writeSheet } from './audit-sheet.ts'
import { amountIn, sayVoucher, unitIn } from './audit-words.ts'
import { say } from './say.ts'

/** `silian audit sample …`; exit codes as the verifier's: 0 drawn and good, 1 bad evidence, 2 usage, 3 not read. */
export async function sample(args: readonly string[]): Promise<number> {
  const given = sampleArguments(args)
  if (!given) {
    say('audit.usage')
    return 2
  }
  const again = given.again === undefined ? undefined : await readSample(given.again)
  if (given.again !== undefined && !again) {
    say('audit.no_sample', { file: given.again })
    return 2
  }
  const drawn = await draw(given, again)
  if (!drawn.ok) return refused(drawn.problem)
  const [, opened] = drawn.value
  const names = await namesFrom(given.log, partiesOf(opened ?? []))
  const file = sampleFile(given, ...drawn.value, names)
  if (given.out !== undefined) await keep(file, given.out)
  if (given.json) process.stdout.write(`${JSON.stringify(file, null, 2)}\n`)
  else tell(file, given)
  return 0
}

type Drawn = [draw: Draw, vouchers: readonly Voucher[] | undefined]

async function draw(given: SampleArguments, again: SampleFile | undefined): Promise<Checked<Drawn>> {
  const policy = await readPolicy(given.policy)
  if (!policy.ok) return policy
  const fetchBytes = sourceOf(given.log)
  const drawn = await drawSample({
    ...{ fetchBytes, trust: { policy: policy.value } },
    ...{ figure: given.figure, side: given.side, draws: given.draws },
    ...(again && { checkpoint: utf8(again.checkpoint) }),
  })
  if (!drawn.ok) return drawn
  const open = await openerOf(given, again, drawn.value)
  if (!open) return good([drawn.value, undefined])
  const opened = await openSample(fetchBytes, drawn.value, open)
  return opened.ok ? good([drawn.value, opened.value]) : opened
}

async function openerOf(
  { log, key }: SampleArguments,
  again: SampleFile | undefined,
  drawn: Draw,
): Promise<Opener | undefined> {
  if (again?.vouchers) return keptOpener(again.vouchers.map(({ share }) => share))
  return key === undefined ? undefined : serverOpener(log, drawn, await keyIn(key))
}

async function keep(file: SampleFile, path: string): Promise<void> {
  if (path.endsWith('.json')) await writeFile(path, `${JSON.stringify(file, null, 2)}\n`)
  else await writeSheet(file, path)
}

function refused(problem: Problem): number {
  for (const language of ['zh', 'en'] as const)
    process.stdout.write(`${describe(problem, language).trim()}\n`)
  if (problem.detail?.reason === 'HTTP 403') say('audit.scopes')
  return problem.name === 'read.failed' ? 3 : 1
}

function tell(file: SampleFile, { draws, out }: SampleArguments): void {
  const { figure, witnesses, vouchers } = file
  const { unit } = figure
  say('audit.figure', {
    ...{ ...figure, origin: file.origin, unit: unitIn(unit) },
    sum: amountIn(unit, BigInt(figure.sum)),
  })
  say('audit.checkpoint', { size: file.size, root: file.treeRoot })
  for (const { name, time } of witnesses)
    say('audit.witness', { name, time: new Date(time * 1000).toISOString() })
  say('audit.seed', { seed: file.seed })
  say('audit.drawn', {
    draws,
    confidence: String(+(100 * file.confidence).toFixed(3)),
    rate: String(+(100 * file.rate).toFixed(3)),
  })
  if (vouchers) {
    say('audit.vouchers', { vouchers: vouchers.length })
    for (const voucher of vouchers) sayVoucher(voucher, unit)
    say('audit.signatures')
  } else {
    say('audit.unopened')
    process.stdout.write(`${file.units.join(' ')}\n`)
    say('audit.signatures_none')
  }
  if (out !== undefined) say('audit.kept', { file: out })
}
