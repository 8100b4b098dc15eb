import type { Arguments } from './arguments.ts'
import { refuse, sourceOf, trustedBy } from './commands.ts'
import { exitCodes } from './exit-codes.ts'
import { fill, lines } from './messages.ts'
import { addTotals } from './total.ts'
import { trustOf } from './trust.ts'

/** Add the published figures of several logs and print the total; the exit code. Rejects with ReadError. */
export async function runTotal(given: Arguments, print: (line: string) => void): Promise<number> {
  const { targets, metric, month, sum, language } = given
  const trusted = await trustedBy(given)
  const trust = trusted.ok ? trustOf(trusted.value) : trusted
  if (!trust.ok) return refuse([trust.problem], language, print)
  const total = await addTotals({
    ...{ sources: targets.map(sourceOf), trust: trust.value, metric: metric!, period: month! },
    ...(sum !== undefined && { sum: BigInt(sum) }),
  })
  if (!total.ok) return refuse([total.problem], language, print)
  const { parts, ...whole } = total.value
  const figure = { metric, period: month, logs: parts.length }
  for (const part of parts) print(fill(lines.totalPart, language, part))
  print(fill(lines.totalGood, language, { ...figure, ...whole }))
  print(fill(lines.totalLimit, language))
  return exitCodes.good
}
