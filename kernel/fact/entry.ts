import { hash, type KeyObject, sign, verify } from 'node:crypto'
import canonicalize from 'canonicalize'
import { UUID } from '../ids/ids.ts'
import { BadFact, type Json, type JsonObject } from './public-part.ts'

export const MAX_ENTRY_BYTES = 65_535
export const FACT_TYPE = /^[a-z][A-Za-z0-9_-]*(\.[a-z][A-Za-z0-9_-]*)+$/
const SIGNED_PREFIX = 'silian/fact/v1\n'

/** An entry of the log, as `docs/log-format.md` gives it. */
export interface Entry {
  readonly v: 1
  readonly type: string
  readonly id: string
  readonly log: string
  readonly at: string
  readonly actor: string
  readonly by: 'own' | 'held'
  readonly pub: JsonObject
  readonly c: Readonly<Record<string, string>>
  readonly refs: readonly string[]
  readonly seq?: number
  readonly prev?: string
  readonly sig: string
}

/** RFC 6962: SHA-256(0x00 ‖ entry). */
export const leafHashOf = (entry: Buffer): Buffer =>
  hash('sha256', Buffer.concat([Buffer.of(0), entry]), 'buffer')

/** The bytes of an entry of a key that we hold, signed. Canonical by construction: the names stand in sorted order. */
export function signHeld(entry: Omit<Entry, 'v' | 'by' | 'sig' | 'seq' | 'prev'>, key: KeyObject): Buffer {
  if (!FACT_TYPE.test(entry.type)) throw new BadFact(`not a kind of fact: ${entry.type}`)
  if (!UUID.test(entry.id)) throw new BadFact(`not the id of a fact: ${entry.id}`)
  const before =
    `{"actor":"${entry.actor}","at":"${entry.at}","by":"held","c":${canonicalize(entry.c)},"id":"${entry.id}"` +
    `,"log":${canonicalize(entry.log)},"pub":${canonicalize(entry.pub)},"refs":${canonicalize(entry.refs)}`
  const after = `,"type":"${entry.type}","v":1}`
  const signature = sign(null, Buffer.from(SIGNED_PREFIX + before + after), key).toString('base64')
  return Buffer.from(`${before},"sig":"${signature}"${after}`)
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The entry of bytes from outside, or undefined when they are not the canonical form of a well-shaped entry. */
export function parseEntry(bytes: Buffer): Entry | undefined {
  if (bytes.length > MAX_ENTRY_BYTES) return undefined
  try {
    const text = decoder.decode(bytes)
    const value = JSON.parse(text) as Json
    return canonicalize(value) === text && isEntry(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** The entry of bytes that we stored, which were checked when they came. */
export const storedEntry = (bytes: Buffer): Entry => JSON.parse(bytes.toString('utf8')) as Entry

export function isSignedBy(entry: Entry, key: KeyObject): boolean {
  const { sig, ...rest } = entry
  return verify(null, Buffer.from(SIGNED_PREFIX + canonicalize(rest)), key, Buffer.from(sig, 'base64'))
}

const rules: Record<keyof Entry, (value: Json) => boolean> = {
  v: value => value === 1,
  type: value => typeof value === 'string' && FACT_TYPE.test(value),
  id: value => typeof value === 'string' && UUID.test(value),
  log: value => typeof value === 'string' && value !== '',
  at: isInstant,
  actor: value => typeof value === 'string' && /^[0-9a-f]{16}$/.test(value),
  by: value => value === 'own' || value === 'held',
  pub: value => isObject(value) && isShallowAndSafe(value, 0),
  c: value => isObject(value) && Object.values(value).every(isHash),
  refs: value => Array.isArray(value) && value.every(isHash),
  seq: value => typeof value === 'number' && Number.isSafeInteger(value) && value >= 1,
  prev: value => value === '' || isHash(value),
  sig: value => isBase64(value, 64),
}

function isEntry(value: Json): value is Json & Entry {
  if (!isObject(value)) return false
  const names = Object.keys(value)
  const complete = Object.keys(rules).every(name => name === 'seq' || name === 'prev' || names.includes(name))
  if (
    !complete ||
    !names.every(name => Object.hasOwn(rules, name) && rules[name as keyof Entry](value[name]!))
  )
    return false
  return isChainLink(value)
}

/** `seq` and `prev` come together, from 1 with an empty `prev`, and only from a key that its owner holds. */
function isChainLink({ seq, prev, by }: JsonObject): boolean {
  if (seq === undefined && prev === undefined) return true
  return by === 'own' && seq !== undefined && prev !== undefined && (seq === 1) === (prev === '')
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isBase64(value: Json, length: number): boolean {
  if (typeof value !== 'string') return false
  const bytes = Buffer.from(value, 'base64')
  return bytes.length === length && bytes.toString('base64') === value
}

const isHash = (value: Json): boolean => isBase64(value, 32)

function isInstant(value: Json): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return false
  const time = Date.parse(value)
  // Date.parse lets 30 February roll over into March
  return !Number.isNaN(time) && new Date(time).toISOString() === value
}

function isShallowAndSafe(value: Json, depth: number): boolean {
  if (depth > 32) return false
  if (typeof value === 'number') return Number.isSafeInteger(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.values(value).every(item => isShallowAndSafe(item, depth + 1))
}
