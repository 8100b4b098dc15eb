import type { Arguments } from './arguments.ts'
import { audit } from './audit.ts'
import type { AuditReport } from './audit-report.ts'
import { fromUtf8, toHex } from './bytes.ts'
import { exitCodes } from './exit-codes.ts'
import { readBytes, readVkey } from './files.ts'
import { describe, fill, type Language, lines, type Message } from './messages.ts'
import type { Problem } from './problems.ts'
import { type ProofReport, verifyProof } from './proof.ts'
import { folderSource } from './source-folder.ts'
import { httpSource } from './source-http.ts'

type Print = (line: string) => void

/** Audit a log and print the verdict; the exit code. Rejects with ReadError for files named on the command line. */
export async function runAudit({ target, vkey, old, language }: Arguments, print: Print): Promise<number> {
  const fetchBytes = /^https?:\/\//.test(target) ? httpSource(target) : folderSource(target)
  const oldCheckpoint = old === undefined ? {} : { oldCheckpoint: await readBytes(old) }
  const result = await audit({ fetchBytes, vkey: await readVkey(vkey), ...oldCheckpoint })
  if (!result.ok) return refuse(result.problems, language, print)
  printAudit(result.report, (message, values) => print(fill(message, language, values)))
  return exitCodes.good
}

/** Check one proof and print the verdict; the exit code. Rejects with ReadError. */
export async function runProof({ target, vkey, entry, language }: Arguments, print: Print): Promise<number> {
  const bytes = entry === undefined ? {} : { entry: await readBytes(entry) }
  const result = await verifyProof({ proof: await readBytes(target), vkey: await readVkey(vkey), ...bytes })
  if (!result.ok) return refuse(result.problems, language, print)
  printProof(result.report, (message, values) => print(fill(message, language, values)))
  return exitCodes.good
}

function refuse(problems: readonly Problem[], language: Language, print: Print): number {
  const isUnread = problems.every(({ name }) => name === 'read.failed')
  print(fill(isUnread ? lines.unreadable : lines.badEvidence, language, { count: problems.length }))
  for (const problem of problems) print(describe(problem, language))
  if (isUnread) return exitCodes.unread
  return problems.every(({ name }) => name.startsWith('vkey.')) ? exitCodes.usage : exitCodes.bad
}

type Say = (message: Message, values: object) => void

function printAudit(report: AuditReport, say: Say): void {
  const share = (part: number) => `${((100 * part) / Math.max(1, report.size)).toFixed(1)}%`
  say(lines.auditGood, report)
  if (report.oldSize !== undefined) say(lines.extends, report)
  say(lines.custody, { ...report, ownShare: share(report.own), heldShare: share(report.held) })
  say(lines.recomputed, { ...report, ...report.figures })
  say(lines.types, {
    types: Object.entries(report.types)
      .map(([type, count]) => `${type} ${count}`)
      .join(', '),
  })
  for (const gap of report.gaps) say(lines.gap, gap)
}

function printProof(report: ProofReport, say: Say): void {
  say(lines.proofGood, { ...report.entry, ...report })
  for (const { name, value } of report.openings)
    say(lines.opening, { name, value: fromUtf8(value) ?? toHex(value) })
  say(lines.proofLimit, report.entry)
}
