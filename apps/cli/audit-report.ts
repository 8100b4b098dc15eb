import { splitArguments } from '@silian/verifier/arguments.ts'
import { type Evaluation, evaluate } from '@silian/verifier/sample-bound.ts'
import { readSample, type SampleFile } from './audit-file.ts'
import { readFindings } from './audit-findings.ts'
import { pairs, writeSheet } from './audit-sheet.ts'
import { amountIn, linesOf, unitWords } from './audit-words.ts'
import { say } from './say.ts'

/**
 * `silian audit report SAMPLE.json --out SHEET.xlsx`: the sheet for the auditor; with `--findings SHEET.xlsx`, what was
 * found, evaluated. Exit code 1 where vouchers are not filled in yet.
 */
export async function report(args: readonly string[]): Promise<number> {
  const given = read(args)
  if (!given) {
    say('audit.usage')
    return 2
  }
  const file = await readSample(given.sample)
  if (!file?.vouchers) {
    say('audit.no_sample', { file: given.sample })
    return 2
  }
  if (given.findings !== undefined) return judge(file, given.findings, given.out)
  await writeSheet(file, given.out!)
  say('audit.kept', { file: given.out! })
  return 0
}

const options = { out: { type: 'string' }, findings: { type: 'string' } } as const

function read(args: readonly string[]) {
  const { values, positionals } = splitArguments(args, options) ?? { values: {}, positionals: [] }
  const [sample, ...more] = positionals
  const { out, findings } = values
  return sample && more.length === 0 && (out || findings) ? { sample, out, findings } : undefined
}

async function judge(file: SampleFile, path: string, out: string | undefined): Promise<number> {
  const found = await readFindings(file, path)
  if (!found.ok) {
    say('audit.open', {
      open: found.open.length,
      indexes: found.open
        .slice(0, 20)
        .map(({ logIndex }) => logIndex)
        .join(', '),
    })
    return 1
  }
  const evaluation = evaluate(BigInt(file.figure.sum), found.judged, file.confidence)
  const said = wordsOf(file, evaluation)
  for (const line of said) process.stdout.write(`${line}\n`)
  if (out !== undefined) {
    const rows = said.map((line, at) => [String(at + 1), line] as const)
    await writeSheet(file, out, [pairs('sheet.evaluation', rows)])
    say('audit.kept', { file: out })
  }
  return 0
}

/** The verdict in words, a line in Chinese and one in English for each thing said. */
function wordsOf({ figure, confidence, rate, vouchers }: SampleFile, found: Evaluation): string[] {
  const percent = (share: number): string => String(+(100 * share).toFixed(3))
  const sum = Number(figure.sum)
  const amounts = { total: sum, likely: Math.ceil(found.likely), limit: Math.ceil(found.limit) }
  const [zh, en] = unitWords(figure.unit)
  const limits = linesOf('verdict.limit', {
    ...{ confidence: percent(confidence), share: percent(found.limit / sum), zh, en },
    ...Object.fromEntries(
      Object.entries(amounts).map(([name, amount]) => [name, amountIn(figure.unit, amount)]),
    ),
  })
  return [
    ...linesOf('verdict.drawn', {
      ...{ draws: found.draws, vouchers: vouchers!.length },
      ...{ overstated: found.overstated, understated: found.understated },
    }),
    ...(found.taints.length > 0
      ? linesOf('verdict.taints', { taints: found.taints.map(percent).join(', ') })
      : []),
    ...limits,
    ...linesOf(found.limit <= rate * sum ? 'verdict.within' : 'verdict.beyond', { rate: percent(rate) }),
  ]
}
