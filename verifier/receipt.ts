import { fromBase64, fromBase64Of, toBase64 } from './base64.ts'
import { utf8 } from './bytes.ts'
import { canonicalJson, isObject, type Json, parseCanonical } from './canonical.ts'
import { openCommitment } from './commitment.ts'
import type { Entry } from './entry.ts'
import { bad, type Checked, good } from './problems.ts'

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
}

/** The `extra` bytes of a receipt: canonical JSON `{"entry":base64,"open":{name:{"salt":base64,"value":base64}}}`. */
export function formatReceipt({ entry, openings }: Receipt): Uint8Array {
  const open = openings.map(({ name, salt, value }) => [
    name,
    { salt: toBase64(salt), value: toBase64(value) },
  ])
  return utf8(canonicalJson({ ...(entry ? { entry: toBase64(entry) } : {}), open: Object.fromEntries(open) }))
}

/** Read the `extra` bytes of a proof; without any, an empty receipt. Problem: `proof.extra-malformed`. */
export function readReceipt(extra: Uint8Array | undefined): Checked<Receipt> {
  if (!extra) return good({ openings: [] })
  const json = parseCanonical(extra)
  if (!isObject(json) || !isObject(json.open)) return bad('proof.extra-malformed')
  const { entry: base64, open, ...more } = json
  const openings = Object.entries(open).map(readOpening)
  const entry = typeof base64 === 'string' ? fromBase64(base64) : undefined
  const isWhole = (base64 === undefined) === (entry === undefined) && Object.keys(more).length === 0
  if (!isWhole || !openings.every(opening => opening !== undefined)) return bad('proof.extra-malformed')
  return good(entry ? { entry, openings } : { openings })
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
