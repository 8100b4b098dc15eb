import { toBase64 } from '@silian/verifier/base64.ts'
import { fromUtf8, toHex } from '@silian/verifier/bytes.ts'
import type { Json } from '@silian/verifier/canonical.ts'
import { readBytes } from '@silian/verifier/files.ts'
import type { Draw } from '@silian/verifier/sample.ts'
import type { Beside, Grade, Voucher } from '@silian/verifier/sample-open.ts'
import { formatVkey } from '@silian/verifier/vkey.ts'
import type { SampleArguments } from './audit-arguments.ts'
import type { Names } from './audit-names.ts'
import { shareText } from './audit-shares.ts'

/** A sample as it is kept: enough to draw it again, to check it again and to ask for its vouchers. */
export interface SampleFile {
  readonly v: 1
  readonly log: string
  readonly origin: string
  /** The signed note that the lot was drawn from. */
  readonly checkpoint: string
  readonly size: number
  readonly treeRoot: string
  readonly witnesses: readonly {
    readonly name: string
    readonly vkey: string
    readonly time: number
    readonly signature: string
  }[]
  readonly figure: {
    readonly fact: string
    readonly index: number
    readonly metric: string
    readonly period: string
    readonly unit: string
    readonly side: 'plus' | 'minus'
    readonly upTo: number
    readonly sum: string
    readonly count: number
    readonly root: string
    readonly statement: string
  }
  /** Whose signatures were checked: of what was opened, for all else an audit of the same checkpoint must have passed. */
  readonly signatures: 'opened' | 'none'
  readonly confidence: number
  readonly rate: number
  readonly seed: string
  /** In the order in which they fell. */
  readonly units: readonly string[]
  /** In the order of the log; null until the publisher has opened them. */
  readonly vouchers: readonly SampledVoucher[] | null
}

/** An organisation that the public part of a fact names, as the publisher's server calls it. */
export interface SampledParty {
  readonly id: string
  readonly name: string
}

export interface SampledVoucher {
  /** Of an order, where the public part has them. */
  readonly number: string | null
  readonly buyer: SampledParty | null
  readonly seller: SampledParty | null
  readonly fact: string
  readonly type: string
  readonly at: string
  readonly logIndex: number
  readonly place: number
  readonly amount: string
  readonly from: string
  readonly to: string
  /** How many of the drawn units it covers. */
  readonly times: number
  readonly holder: string
  readonly by: 'own' | 'held'
  readonly grade: Grade
  readonly refs: readonly Beside[]
  readonly countersigned: readonly Beside[]
  readonly share: Json
}

export function sampleFile(
  { log, confidence, rate }: Pick<SampleArguments, 'log' | 'confidence' | 'rate'>,
  draw: Draw,
  vouchers: readonly Voucher[] | undefined,
  names: Names,
): SampleFile {
  const { head, figure, context, node, side } = draw
  return {
    ...{ v: 1, log, origin: head.origin, checkpoint: fromUtf8(draw.checkpoint)! },
    ...{ size: head.size, treeRoot: toBase64(head.root), confidence, rate, seed: toHex(draw.seed) },
    witnesses: head.cosignatures.map(({ witness, time, signature }) => ({
      ...{ name: witness.name, vkey: formatVkey(witness), time, signature: toBase64(signature) },
    })),
    figure: {
      ...{ fact: draw.entry.id, index: draw.index, metric: figure.metric, period: figure.period, side },
      ...{ unit: context.unit, upTo: context.upTo, sum: String(node.sum), count: node.count },
      ...{ root: toBase64(node.hash), statement: toBase64(draw.statement) },
    },
    units: draw.units.map(String),
    signatures: vouchers ? 'opened' : 'none',
    vouchers: vouchers?.map(voucher => voucherText(voucher, names)) ?? null,
  }
}

/** The organisations that the drawn facts name. */
export const partiesOf = (vouchers: readonly Voucher[]): ReadonlySet<string> =>
  new Set(
    vouchers.flatMap(({ entry: { pub } }) => [textIn(pub, 'buyer'), textIn(pub, 'seller')]).filter(isId),
  )

const isId = (text: string | null): text is string => text !== null

function textIn(pub: Voucher['entry']['pub'], name: string): string | null {
  const value = pub[name]
  return typeof value === 'string' ? value : null
}

function partyIn(pub: Voucher['entry']['pub'], name: string, names: Names): SampledParty | null {
  const id = textIn(pub, name)
  return id === null ? null : { id, name: names.get(id) ?? '' }
}

const voucherText = ({ share, entry, from, to, units, ...rest }: Voucher, names: Names): SampledVoucher => ({
  number: textIn(entry.pub, 'number'),
  buyer: partyIn(entry.pub, 'buyer', names),
  seller: partyIn(entry.pub, 'seller', names),
  ...{ fact: share.fact, type: entry.type, at: entry.at, logIndex: share.logIndex, place: share.place },
  ...{ amount: String(share.amount), from: String(from), to: String(to), times: units.length },
  ...{ by: entry.by, ...rest, share: shareText(share) },
})

/** Reads what {@link sampleFile} made; undefined for anything else. */
export async function readSample(path: string): Promise<SampleFile | undefined> {
  const file = jsonIn(await readBytes(path)) as Partial<SampleFile> | null | undefined
  const isSample = file?.v === 1 && typeof file.checkpoint === 'string' && Array.isArray(file.units)
  return isSample ? (file as SampleFile) : undefined
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes) ?? '')
  } catch {
    return undefined
  }
}
