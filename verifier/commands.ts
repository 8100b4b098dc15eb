import { amountText, fenIn } from './amounts.ts'
import type { Arguments } from './arguments.ts'
import { audit } from './audit.ts'
import type { AuditReport } from './audit-report.ts'
import { fromUtf8, toHex } from './bytes.ts'
import type { Seen } from './cosignature.ts'
import type { Entry } from './entry.ts'
import { exitCodes } from './exit-codes.ts'
import { readBytes, readPolicy, readVkey } from './files.ts'
import { type FigureShares, ownWord } from './grades.ts'
import { describe, fill, type Language, lines, type Message } from './messages.ts'
import { readFigure } from './metric.ts'
import { type Checked, good, type Problem } from './problems.ts'
import { type ProofReport, verifyProof } from './proof.ts'
import type { FetchBytes } from './source.ts'
import { folderSource } from './source-folder.ts'
import { httpSource } from './source-http.ts'
import { compareProofs, type Split } from './split.ts'
import type { Trusted } from './trust.ts'

type Print = (line: string) => void

/** Audit a log and print the verdict; the exit code. Rejects with ReadError for files named on the command line. */
export async function runAudit(given: Arguments, print: Print): Promise<number> {
  const { target, old, language } = given
  const fetchBytes = sourceOf(target)
  const oldCheckpoint = old === undefined ? {} : { oldCheckpoint: await readBytes(old) }
  const trusted = await trustedBy(given)
  if (!trusted.ok) return refuse([trusted.problem], language, print)
  const result = await audit({ fetchBytes, ...trusted.value, ...oldCheckpoint })
  if (!result.ok) return refuse(result.problems, language, print)
  printAudit(result.report, language, (message, values) => print(fill(message, language, values)))
  return exitCodes.good
}

/** Check one proof and print the verdict; the exit code. Rejects with ReadError. */
export async function runProof(given: Arguments, print: Print): Promise<number> {
  const { target, entry, language } = given
  const bytes = entry === undefined ? {} : { entry: await readBytes(entry) }
  const trusted = await trustedBy(given)
  if (!trusted.ok) return refuse([trusted.problem], language, print)
  const result = await verifyProof({ proof: await readBytes(target), ...trusted.value, ...bytes })
  if (!result.ok) return refuse(result.problems, language, print)
  printProof(result.report, language, (message, values) => print(fill(message, language, values)))
  return exitCodes.good
}

/** Compare two receipts and print what they say of their log; the exit code. Rejects with ReadError. */
export async function runSplit(given: Arguments, print: Print): Promise<number> {
  const { target, other, log, language } = given
  const trusted = await trustedBy(given)
  if (!trusted.ok) return refuse([trusted.problem], language, print)
  const proofs = [await readBytes(target), await readBytes(other!)] as const
  const source = log === undefined ? {} : { fetchBytes: sourceOf(log) }
  const result = await compareProofs({ proofs, ...trusted.value, ...source })
  const say: Say = (message, values) => print(fill(message, language, values))
  if (!result.ok) {
    say(lines.splitBad, { file: [target, other][result.which] })
    return refuse(result.problems, language, print)
  }
  printSplit(result.split, say)
  if (result.split.problem) print(describe(result.split.problem, language))
  return splitCodes[result.split.kind]
}

const splitCodes: Readonly<Record<Split['kind'], number>> = {
  ...{ same: exitCodes.good, extends: exitCodes.good, fork: exitCodes.fork },
  ...{ unconnected: exitCodes.unread, apart: exitCodes.unread },
}

function printSplit({ kind, reports: [a, b], where }: Split, say: Say): void {
  say(lines[splitLines[kind]], { origin: a.origin, other: b.origin, size: a.size, otherSize: b.size })
  if (where) say(lines.splitWhere, { start: where.start, last: where.end - 1 })
  if (kind === 'fork') say(lines.splitNext, {})
}

const splitLines = {
  same: 'splitSame',
  extends: 'splitExtends',
  fork: 'splitFork',
  unconnected: 'splitUnconnected',
  apart: 'splitApart',
} as const

export const sourceOf = (place: string): FetchBytes =>
  /^https?:\/\//.test(place) ? httpSource(place) : folderSource(place)

/** Whom the command line says to believe. */
export async function trustedBy({ vkey, policy, maxAge }: Arguments): Promise<Checked<Trusted>> {
  if (vkey !== undefined) return good({ vkey: await readVkey(vkey) })
  const read = await readPolicy(policy!)
  if (!read.ok) return read
  const fresh = maxAge === undefined ? {} : { fresh: { now: Math.floor(Date.now() / 1000), within: maxAge } }
  return good({ trust: { policy: read.value, ...fresh } })
}

export function refuse(problems: readonly Problem[], language: Language, print: Print): number {
  const isUnread = problems.every(({ name }) => name === 'read.failed')
  print(fill(isUnread ? lines.unreadable : lines.badEvidence, language, { count: problems.length }))
  for (const problem of problems) print(describe(problem, language))
  if (isUnread) return exitCodes.unread
  return problems.every(({ name }) => /^vkey\.|^policy\.malformed$/.test(name))
    ? exitCodes.usage
    : exitCodes.bad
}

type Say = (message: Message, values: object) => void

function printAudit(report: AuditReport, language: Language, say: Say): void {
  const share = (part: number) => `${((100 * part) / Math.max(1, report.size)).toFixed(1)}%`
  say(lines.auditGood, report)
  if (report.oldSize !== undefined) say(lines.extends, report)
  printWitnesses(report.witnesses, say)
  say(lines.custody, { ...report, ownShare: share(report.own), heldShare: share(report.held) })
  say(lines.grades, report.grades)
  for (const shares of report.shares) say(lines.figureShares, { ...shares, ...amountsOf(shares, language) })
  const unlisted = report.figures.checked - report.shares.length
  if (unlisted > 0) say(lines.figureEmpty, { unlisted })
  say(lines.recomputed, { ...report, ...report.figures })
  say(lines.types, {
    types: Object.entries(report.types)
      .map(([type, count]) => `${type} ${count}`)
      .join(', '),
  })
  for (const name of report.succeeded) say(lines.succeeded, { name })
  for (const gap of report.gaps) say(lines.gap, gap)
  for (const late of report.late) say(lines.late, late)
}

function printWitnesses(witnesses: readonly Seen[], say: Say): void {
  if (witnesses.length === 0) say(lines.unwitnessed, {})
  for (const { name, time } of witnesses)
    say(lines.witnessed, { name, time: new Date(time * 1000).toISOString() })
}

/** The sums of a figure with their unit, by the names they have in its line. */
const amountsOf = (shares: FigureShares, language: Language): object =>
  Object.fromEntries(
    (['whole', 'bank', 'device', 'countersigned', 'declared'] as const).map(name => [
      name,
      shares.by === 'value'
        ? amountText(shares[name], shares.unit, language)
        : fill(lines.facts, language, { count: shares[name] }),
    ]),
  )

/** What the entry says of amounts: of a figure in its own unit, of a fact those in fen. */
function printStated({ type, pub }: Entry, language: Language, say: Say): void {
  const figure = type === 'figure.published' ? readFigure(pub) : undefined
  if (figure) {
    const total = amountText(figure.total, figure.sums?.unit ?? 'fen', language)
    say(lines.statedFigure, { ...figure, total })
  }
  for (const { name, fen } of fenIn(pub))
    say(lines.stated, { name, amount: amountText(fen, 'fen', language) })
}

/** On whose word the entry is, as far as it tells itself. */
function printWord(entry: Entry, say: Say): void {
  const { actor, by, pub, type } = entry
  say(by === 'own' ? lines.signedOwn : lines.signedHeld, { actor })
  const bearsOut = type === 'fact.countersigned' && by === 'own'
  const words = { bank: lines.wordBank, device: lines.wordDevice } as const
  const own = ownWord(entry)
  say(own ? words[own] : bearsOut ? lines.wordCountersignature : lines.wordDeclared, { ...pub, actor })
}

function printProof(report: ProofReport, language: Language, say: Say): void {
  say(lines.proofGood, { ...report.entry, ...report })
  printWord(report.entry, say)
  printStated(report.entry, language, say)
  if (report.former) say(lines.former, { name: report.entry.log, origin: report.origin })
  printWitnesses(report.witnesses, say)
  for (const { name, value } of report.openings)
    say(lines.opening, { name, value: fromUtf8(value) ?? toHex(value) })
  if (report.share) {
    const figure = readFigure(report.entry.pub)!
    const { unit, [report.share.side]: side } = figure.sums!
    const amount = amountText(report.share.amount, unit, language)
    say(lines.share, { ...report.share, ...figure, amount, sum: amountText(side.sum, unit, language) })
  }
  say(lines.proofLimit, report.entry)
}
