import { parseArgs } from 'node:util'
import { inUnit } from '@silian/kernel/sheets/table.ts'
import { type Evaluation, evaluate } from '@silian/verifier/sample-bound.ts'
import { readSample, type SampleFile } from './audit-file.ts'
import { readFindings } from './audit-findings.ts'
import { formatOf, pairs, writeSheet } from './audit-sheet.ts'
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

function read(args: readonly string[]) {
  try {
    const options = { out: { type: 'string' }, findings: { type: 'string' } } as const
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
    const [sample, ...more] = positionals
    const { out, findings } = values
    return sample && more.length === 0 && (out || findings) ? { sample, out, findings } : undefined
  } catch {
    return undefined
  }
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
    await writeSheet(file, out, [pairs('结论 Evaluation', rows)])
    say('audit.kept', { file: out })
  }
  return 0
}

/** The verdict in words, a line in Chinese and one in English for each thing said. */
function wordsOf({ figure, confidence, rate, vouchers }: SampleFile, found: Evaluation): string[] {
  const unit =
    figure.unit === 'fen'
      ? ['元', 'yuan']
      : figure.unit === 'gram'
        ? ['千克', 'kg']
        : [figure.unit, figure.unit]
  const amount = (value: number): string =>
    String(+inUnit(formatOf(figure.unit), Math.ceil(value)).toFixed(3))
  const percent = (share: number): string => String(+(100 * share).toFixed(3))
  const sum = Number(figure.sum)
  const [total, likely, limit] = [sum, found.likely, found.limit].map(amount)
  const share = percent(found.limit / sum)
  const holds = found.limit <= rate * sum
  const taints = found.taints.map(taint => percent(taint)).join(', ')
  return [
    `抽取 ${found.draws} 个单位，落在 ${vouchers!.length} 张凭证上：${found.overstated} 张不足入账金额，${found.understated} 张超出。`,
    `${found.draws} units were drawn, which fell upon ${vouchers!.length} vouchers: ${found.overstated} bear out less than was counted, ${found.understated} more.`,
    ...(found.taints.length > 0
      ? [`各抽中单位的虚增比例（%）：${taints}`, `Taints of the drawn units (%): ${taints}`]
      : []),
    `最可能的虚增：${likely} ${unit[0]}；在 ${percent(confidence)}% 的把握下，虚增不超过 ${limit} ${unit[0]}，即合计 ${total} ${unit[0]} 的 ${share}%（Stringer 界限，二项分布）。`,
    `Likeliest overstatement: ${likely} ${unit[1]}; with ${percent(confidence)} % confidence it is at most ${limit} ${unit[1]}, ${share} % of the ${total} ${unit[1]} (Stringer bound, binomial).`,
    holds ? `在可容忍的 ${percent(rate)}% 以内。` : `超出可容忍的 ${percent(rate)}%：须扩大样本或查明原因。`,
    holds
      ? `Within the tolerable ${percent(rate)} %.`
      : `Beyond the tolerable ${percent(rate)} %: draw more, or find out why.`,
  ]
}
