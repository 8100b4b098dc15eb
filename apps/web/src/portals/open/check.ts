import type { Figure } from '@silian/chains/assurance/figures/contract.ts'
import type { MetricShares } from '@silian/kernel/metric/contract.ts'
import { type AuditProgress, audit } from '@silian/verifier/audit.ts'
import type { AuditReport } from '@silian/verifier/audit-report.ts'
import { fromBase64, toBase64 } from '@silian/verifier/base64.ts'
import { parseBundle } from '@silian/verifier/bundle.ts'
import { equalBytes, fromUtf8 } from '@silian/verifier/bytes.ts'
import { type Checkpoint, openCheckpoint } from '@silian/verifier/checkpoint.ts'
import { type Entry, parseEntry } from '@silian/verifier/entry.ts'
import { readFigure } from '@silian/verifier/metric.ts'
import { bad, type Checked, good, type Problem } from '@silian/verifier/problems.ts'
import { leafHash } from '@silian/verifier/rfc6962.ts'
import { type FetchBytes, read } from '@silian/verifier/source.ts'
import { httpSource } from '@silian/verifier/source-http.ts'
import { consistencyProof, inclusionProof } from '@silian/verifier/tile-proofs.ts'
import { bundlePath, tileWidth, widthOf } from '@silian/verifier/tiles.ts'

/** Logs up to so many entries are recomputed whole in the browser; longer ones are for the command line. */
export const wholeUpTo = 20_000

/** What was shown, part by part; a part that did not run is missing. */
export interface Proved {
  readonly origin: string
  readonly keyId: string
  readonly size: number
  readonly root: string
  /** Entries that this browser had seen signed before; 0 on a first visit. */
  readonly extendsFrom: number
  readonly index: number
  readonly report?: AuditReport
  /** On whose word the figure rests, by the entries themselves. */
  readonly shares?: MetricShares
}

export type Verdict =
  | { readonly ok: true; readonly proved: Proved }
  | { readonly ok: false; readonly problems: readonly Problem[] }

interface CheckOptions {
  readonly programme: string
  readonly figure: Figure
  readonly storage: Storage
  readonly onProgress: (progress: AuditProgress) => void
}

/**
 * Checks a published figure against the log: the signed head, that it extends the head this browser saw last, that the
 * figure's leaf lies in it and says what the page says; and, where the log is short, every entry and every sum.
 */
export async function checkFigure({
  programme,
  figure,
  storage,
  onProgress,
}: CheckOptions): Promise<Verdict> {
  const fetchBytes = httpSource(new URL(`/log/${programme}`, location.href).href)
  const vkey = await readVkey(fetchBytes)
  if (!vkey.ok) return failed(vkey.problem)
  const head = await readHead(fetchBytes, vkey.value)
  if (!head.ok) return failed(head.problem)
  const grown = await compareWithSeen(fetchBytes, head.value, storage, vkey.value)
  if (!grown.ok) return failed(grown.problem)
  const leaf = await checkLeaf(fetchBytes, head.value.checkpoint, figure)
  if (!leaf.ok) return failed(leaf.problem)
  const { origin, size, root } = head.value.checkpoint
  const proved = {
    ...{ origin, size, root: toBase64(root), keyId: vkey.value.split('+')[1] ?? '' },
    ...{ extendsFrom: grown.value, index: figure.logIndex ?? 0 },
  }
  if (size > wholeUpTo) return { ok: true, proved }
  const whole = await audit({ fetchBytes, vkey: vkey.value, onProgress })
  if (!whole.ok) return whole
  const { report } = whole
  return { ok: true, proved: { ...proved, report, ...sharesOf(report, figure) } }
}

function sharesOf({ shares }: AuditReport, { metric, period }: Figure): { shares?: MetricShares } {
  const found = shares.find(each => each.metric === metric && each.period === period)
  if (!found) return {}
  const { by, whole, declared, countersigned, device, bank } = found
  const numbers = Object.entries({ whole, declared, countersigned, device, bank })
  const told = Object.fromEntries(numbers.map(([name, sum]) => [name, Number(sum)]))
  return { shares: { by, ...(told as Omit<MetricShares, 'by'>) } }
}

const failed = (problem: Problem): Verdict => ({ ok: false, problems: [problem] })

async function readVkey(fetchBytes: FetchBytes): Promise<Checked<string>> {
  const bytes = await read(fetchBytes, 'vkey')
  if (!bytes.ok) return bytes
  const text = fromUtf8(bytes.value)?.trim()
  return text ? good(text) : bad('vkey.malformed', { path: 'vkey' })
}

interface Head {
  readonly bytes: Uint8Array
  readonly checkpoint: Checkpoint
}

async function readHead(fetchBytes: FetchBytes, vkey: string): Promise<Checked<Head>> {
  const bytes = await read(fetchBytes, 'checkpoint')
  if (!bytes.ok) return bytes
  const checkpoint = await openCheckpoint(bytes.value, { vkey })
  return checkpoint.ok ? good({ bytes: bytes.value, checkpoint: checkpoint.value }) : checkpoint
}

/** Where a problem lies that comes from comparing with the last visit. */
export const seenHead = 'seen checkpoint'

/** The head of the last visit must be the beginning of this one. Gives the size it had, and keeps the new head. */
async function compareWithSeen(
  fetchBytes: FetchBytes,
  { bytes, checkpoint }: Head,
  storage: Storage,
  vkey: string,
): Promise<Checked<number>> {
  const place = `silian.seen.${checkpoint.origin}`
  const seen = fromBase64(storage.getItem(place) ?? '')
  const before = seen && seen.length > 0 ? await openCheckpoint(seen, { vkey }) : undefined
  if (before && !before.ok) return { ok: false, problem: { ...before.problem, path: seenHead } }
  if (before) {
    const proof = await consistencyProof(fetchBytes, before.value, checkpoint)
    if (!proof.ok) return { ok: false, problem: { ...proof.problem, path: seenHead } }
  }
  storage.setItem(place, toBase64(bytes))
  return good(before ? before.value.size : 0)
}

/** The leaf at the figure's place is in the tree, and it says cell by cell what the page shows. */
async function checkLeaf(fetchBytes: FetchBytes, head: Checkpoint, figure: Figure): Promise<Checked<Entry>> {
  const { logIndex: index } = figure
  if (index === null || index >= head.size) return bad('proof.not-included', index === null ? {} : { index })
  const included = await inclusionProof(fetchBytes, index, head)
  if (!included.ok) return included
  const number = Math.floor(index / tileWidth)
  const width = widthOf(head.size, 0, number)
  const path = bundlePath(number, width)
  const bytes = await read(fetchBytes, path)
  if (!bytes.ok) return bytes
  const entry = parseBundle(bytes.value, width)?.[index % tileWidth]
  if (!entry) return bad('bundle.malformed', { path })
  if (!equalBytes(leafHash(entry), included.value.leaf)) return bad('proof.not-included', { index })
  const parsed = parseEntry(entry)
  if (!parsed.ok) return parsed
  return saysTheSame(parsed.value.entry, figure)
    ? good(parsed.value.entry)
    : mismatch(parsed.value.entry, figure)
}

export function saysTheSame(entry: Pick<Entry, 'type' | 'pub'>, shown: Figure): boolean {
  const published = entry.type === 'figure.published' ? readFigure(entry.pub) : undefined
  if (!published || published.metric !== shown.metric || published.period !== shown.period) return false
  const cells = (rows: readonly { dims: readonly string[]; sum: bigint; count: number }[]) =>
    JSON.stringify(rows.map(({ dims, sum, count }) => [...dims, String(sum), count]).sort())
  const rows = shown.rows.map(row => ({
    dims: [row.countyCode, row.buyerKind, ...(row.channel === null ? [] : [row.channel])],
    sum: BigInt(row.fen),
    count: row.count,
  }))
  return (
    published.total === BigInt(shown.totalFen) &&
    published.count === shown.count &&
    cells(published.rows) === cells(rows)
  )
}

function mismatch({ pub }: Entry, shown: Figure): Checked<Entry> {
  const published = readFigure(pub)
  const detail = {
    ...{ metric: shown.metric, period: shown.period, cell: 'total' },
    ...{ expected: String(published?.total ?? ''), found: String(shown.totalFen) },
  }
  return bad('figure.mismatch', { detail })
}
