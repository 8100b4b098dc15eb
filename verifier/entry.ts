import { fromBase64, fromBase64Of } from './base64.ts'
import { concat, utf8 } from './bytes.ts'
import { isObject, type Json, type JsonObject, parseCanonical } from './canonical.ts'
import { verifyEd25519 } from './ed25519.ts'
import { bad, type Checked, good } from './problems.ts'

/** Largest entry a bundle can hold, in bytes. */
export const maxEntryBytes = 65_535

/** Who holds a signing key: nobody but its owner, or Silian for the organisation. */
export type Custody = 'own' | 'held'

/** One fact, as `docs/log-format.md` gives it. */
export interface Entry {
  readonly v: 1
  readonly type: string
  readonly id: string
  readonly log: string
  readonly at: string
  readonly actor: string
  readonly by: Custody
  readonly pub: JsonObject
  readonly c: Readonly<Record<string, string>>
  readonly refs: readonly string[]
  readonly seq?: number
  readonly prev?: string
  readonly sig: string
}

/** An entry of good shape, with the bytes its actor signed and the raw signature, still to be checked. */
export interface ParsedEntry {
  readonly entry: Entry
  readonly signed: Uint8Array
  readonly signature: Uint8Array
}

const matches = (pattern: RegExp) => (value: Json) => typeof value === 'string' && pattern.test(value)
const isHash = (value: Json) => typeof value === 'string' && fromBase64Of(32, value) !== undefined

const rules: Record<keyof Entry, (value: Json) => boolean> = {
  v: value => value === 1,
  type: matches(/^[a-z][A-Za-z0-9_-]*(\.[a-z][A-Za-z0-9_-]*)+$/),
  id: matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  log: value => typeof value === 'string' && value !== '',
  at: isInstant,
  actor: matches(/^[0-9a-f]{16}$/),
  by: matches(/^(own|held)$/),
  pub: value => isObject(value) && numbersAreSafe(value),
  c: value => isObject(value) && Object.values(value).every(isHash),
  refs: value => Array.isArray(value) && value.every(isHash),
  seq: value => typeof value === 'number' && Number.isSafeInteger(value) && value >= 1,
  prev: value => value === '' || isHash(value),
  sig: value => typeof value === 'string' && fromBase64Of(64, value) !== undefined,
}
const optional = new Set(['seq', 'prev'])

const instant = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/
/** Facts come by the thousand a day. */
let knownDay = ''

function isInstant(value: Json): boolean {
  if (typeof value !== 'string' || !instant.test(value)) return false
  const day = value.slice(0, 10)
  if (day === knownDay) return true
  const time = Date.parse(day)
  // Date.parse lets 30 February roll over into March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day) return false
  knownDay = day
  return true
}

function numbersAreSafe(value: Json): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value)
  return typeof value === 'object' && value !== null ? Object.values(value).every(numbersAreSafe) : true
}

/** Read an entry. Problems: `entry.not-canonical`, `entry.shape` (detail `field`). */
export function parseEntry(bytes: Uint8Array): Checked<ParsedEntry> {
  const json = bytes.length > maxEntryBytes ? undefined : parseCanonical(bytes)
  if (json === undefined) return bad('entry.not-canonical')
  if (!isObject(json)) return bad('entry.shape', { detail: { field: '' } })
  const field = wrongField(json)
  if (field !== undefined) return bad('entry.shape', { detail: { field } })
  const entry = json as unknown as Entry
  return good({ entry, signed: signedPart(bytes, entry), signature: fromBase64(entry.sig)! })
}

/** Name of the first field that is missing, wrong or unknown. */
function wrongField(json: JsonObject): string | undefined {
  for (const [name, rule] of Object.entries(rules)) {
    const value = Object.hasOwn(json, name) ? json[name] : undefined
    if (value === undefined ? !optional.has(name) : !rule(value)) return name
  }
  const unknown = Object.keys(json).find(name => !Object.hasOwn(rules, name))
  return unknown ?? wrongChain(json)
}

/** `seq` and `prev` come together, from 1 with an empty `prev`, and only from a key that its owner holds. */
function wrongChain({ seq, prev, by }: JsonObject): string | undefined {
  if (seq === undefined && prev === undefined) return undefined
  if (by !== 'own' || typeof seq !== 'number') return 'seq'
  return prev === undefined || (seq === 1) !== (prev === '') ? 'prev' : undefined
}

const prefix = utf8('silian/fact/v1\n')

/**
 * What the actor signs: `silian/fact/v1`, a line feed, and the canonical entry without `sig`. Only `type` and `v` come
 * after it, and none of the three can hold an escape.
 */
function signedPart(bytes: Uint8Array, { sig, type }: Entry): Uint8Array {
  const after = `,"type":"${type}","v":1}`
  const cut = `,"sig":"${sig}"`.length
  return concat(prefix, bytes.subarray(0, bytes.length - after.length - cut), utf8(after))
}

/** Whether the entry's signature is good under a raw 32-byte Ed25519 public key. */
export const verifyEntry = ({ signed, signature }: ParsedEntry, key: Uint8Array): Promise<boolean> =>
  verifyEd25519({ key, message: signed, signature })
