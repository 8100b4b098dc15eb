import { fromBase64, fromBase64Of, toBase64 } from './base64.ts'
import { equalBytes, fromUtf8, utf8 } from './bytes.ts'
import { canonicalJson, isObject, type Json, parseCanonical } from './canonical.ts'
import { openCommitment } from './commitment.ts'
import { inflate } from './deflate.ts'
import type { Entry } from './entry.ts'
import { readDecimal, readFigure } from './metric.ts'
import type { Included } from './names.ts'
import { bad, type Checked, good } from './problems.ts'
import { sha256 } from './sha256.ts'
import { type Interval, type Share, type SumNode, verifyShare } from './sum-tree.ts'

/** A hidden field made visible: its name in `c`, the 32-byte salt and the value. */
export interface Opening {
  readonly name: string
  readonly salt: Uint8Array
  readonly value: Uint8Array
}

/** What the `extra` line of our proofs carries, so that one file is a complete receipt. */
export interface Receipt {
  readonly entry?: Uint8Array
  readonly openings: readonly Opening[]
  /** One amount in the figure that the entry publishes. */
  readonly share?: SidedShare
  /** Of an entry made for a former name of the log: how the log came to its name. */
  readonly names?: readonly Included[]
}

export interface SidedShare extends Share {
  readonly side: 'plus' | 'minus'
}

/**
 * The `extra` bytes of a receipt without a share, unpacked: canonical JSON
 * `{"entry":object,"names":[{"entry","index","path"}…],"open":{name:{"salt":base64,"value":base64}}}`, without what is empty.
 */
export function formatReceipt({ entry, openings, names }: Receipt): Uint8Array {
  const open = openings.map(({ name, salt, value }) => [
    name,
    { salt: toBase64(salt), value: toBase64(value) },
  ])
  const extra = {
    ...(entry && { entry: entryJson(entry) }),
    ...(names && { names: names.map(includedJson) }),
    ...(open.length > 0 && { open: Object.fromEntries(open) }),
  }
  return utf8(canonicalJson(extra))
}

const includedJson = ({ index, entry, path }: Included) => ({
  index,
  entry: entryJson(entry),
  path: path.map(toBase64),
})

/** An entry is canonical JSON itself, and so the same bytes within canonical JSON; what is none stands as a text. */
const entryJson = (entry: Uint8Array): Json => {
  const json = parseCanonical(entry)
  return isObject(json) ? json : (fromUtf8(entry) ?? '')
}

/** The bytes of an entry; older receipts have it as a text. */
const entryIn = (json: Json | undefined): Uint8Array | undefined =>
  typeof json === 'string' ? utf8(json) : isObject(json) ? utf8(canonicalJson(json)) : undefined

/** Read the `extra` bytes of a proof; without any, an empty receipt. Problem: `proof.extra-malformed`. */
export async function readReceipt(extra: Uint8Array | undefined): Promise<Checked<Receipt>> {
  if (!extra) return good({ openings: [] })
  const plain = extra[0] === packed ? await unpack(extra) : extra
  const json = plain && parseCanonical(plain)
  if (!isObject(json)) return bad('proof.extra-malformed')
  const { entry: said, open = {}, share: given, names: former, ...more } = json
  if (!isObject(open)) return bad('proof.extra-malformed')
  const openings = Object.entries(open).map(readOpening)
  const entry = entryIn(said)
  const isWhole = (said === undefined) === (entry === undefined) && Object.keys(more).length === 0
  const share = given === undefined ? undefined : readShare(given)
  if (!isWhole || !openings.every(opening => opening !== undefined)) return bad('proof.extra-malformed')
  if ((given === undefined) !== (share === undefined)) return bad('proof.extra-malformed')
  const names = former === undefined ? undefined : readNames(former)
  if ((former === undefined) !== (names === undefined)) return bad('proof.extra-malformed')
  return good({ openings, ...(entry && { entry }), ...(share && { share }), ...(names && { names }) })
}

/** The first byte of `extra` that is packed; JSON begins with a brace. */
const packed = 1

/**
 * The JSON in `extra` as the byte 1, four bytes of the SHA-256 of the rest, and raw DEFLATE. Many streams unfold to one text: of
 * damage that changes no word of it the hash tells, so that no byte of a receipt changes unseen.
 */
async function unpack(extra: Uint8Array): Promise<Uint8Array | undefined> {
  const [said, stream] = [extra.subarray(1, 5), extra.subarray(5)]
  return equalBytes(sha256(stream).subarray(0, 4), said) ? inflate(stream) : undefined
}

/** A log changes its name after a disaster: a proof of more changes than this is none. */
const mostNames = 16

function readNames(json: Json): readonly Included[] | undefined {
  if (!Array.isArray(json) || json.length < 2 || json.length > mostNames) return undefined
  const names = json.map(readIncluded)
  return names.every(included => included !== undefined) ? names : undefined
}

function readIncluded(json: Json): Included | undefined {
  if (!isObject(json) || Object.keys(json).length !== 3 || !Array.isArray(json.path)) return undefined
  const entry = entryIn(json.entry)
  const path = json.path.map(hash => (typeof hash === 'string' ? fromBase64Of(32, hash) : undefined))
  const isWhole = isSmall(json.index) && entry && path.every(hash => hash !== undefined)
  return isWhole ? { index: json.index as number, entry, path: path as Uint8Array[] } : undefined
}

/** `{side,index,amount,logIndex,place,fact,salt,path:[[count,sum,hash]…]}`, sums as decimal strings. */
function readShare(json: Json): SidedShare | undefined {
  if (!isObject(json)) return undefined
  const { side, index, amount, logIndex, place, fact, salt: base64, path: list, ...more } = json
  const salt = typeof base64 === 'string' ? fromBase64Of(32, base64) : undefined
  const fen = readDecimal(amount)
  const path = Array.isArray(list) ? list.map(readNode) : [undefined]
  if ((side !== 'plus' && side !== 'minus') || Object.keys(more).length > 0 || fen === undefined || !salt)
    return undefined
  if (!isSmall(index) || !isSmall(logIndex) || !isSmall(place) || typeof fact !== 'string') return undefined
  if (!path.every(node => node !== undefined)) return undefined
  return { side, index, amount: fen, logIndex, place, fact, salt, path }
}

const isSmall = (value: Json | undefined): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0

function readNode(json: Json): SumNode | undefined {
  if (!Array.isArray(json) || json.length !== 3) return undefined
  const [count, sum, base64] = json as [Json, Json, Json]
  const hash = typeof base64 === 'string' ? fromBase64Of(32, base64) : undefined
  const total = readDecimal(sum)
  return isSmall(count) && hash && total !== undefined ? { count, sum: total, hash } : undefined
}

/** Where a receipt's amount lies in the figure of its entry; `undefined` when it does not. */
export function placeOfShare(entry: Entry, { side, ...share }: SidedShare): Interval | undefined {
  const figure = entry.type === 'figure.published' ? readFigure(entry.pub) : undefined
  if (!figure?.sums || share.logIndex >= figure.upTo) return undefined
  const { metric, period, upTo, sums } = figure
  return verifyShare({ log: entry.log, metric, period, unit: sums.unit, upTo, side }, sums[side], share)
}

function readOpening([name, json]: [string, Json]): Opening | undefined {
  if (!isObject(json) || Object.keys(json).length !== 2) return undefined
  const salt = typeof json.salt === 'string' ? fromBase64Of(32, json.salt) : undefined
  const value = typeof json.value === 'string' ? fromBase64(json.value) : undefined
  return salt && value && { name, salt, value }
}

/** Name of the first opening that does not fit the entry's commitments. */
export const wrongOpening = (entry: Entry, openings: readonly Opening[]): string | undefined =>
  openings.find(({ name, salt, value }) => {
    const commitment = Object.hasOwn(entry.c, name) ? entry.c[name] : undefined
    return commitment === undefined || !openCommitment(salt, value, commitment)
  })?.name
