import { fromUtf8 } from './bytes.ts'

export type Json = null | boolean | number | string | Json[] | JsonObject
export interface JsonObject {
  [name: string]: Json
}

/** Deepest nesting that is read. Nothing needs more, and without a limit 65,535 brackets exhaust the stack. */
export const maxDepth = 64

/**
 * RFC 8785 text of a value: sorted names, shortest numbers, no blanks.
 * Throws TypeError for lone surrogates and numbers JSON cannot hold, RangeError beyond {@link maxDepth}.
 */
export function canonicalJson(value: Json, depth = 0): string {
  if (depth > maxDepth) throw new RangeError('nested too deeply')
  if (typeof value === 'string') return canonicalString(value)
  if (typeof value === 'number') return canonicalNumber(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `[${value.map(item => canonicalJson(item, depth + 1)).join(',')}]`
  return `{${canonicalMembers(value, depth).join(',')}}`
}

/** The `"name":value` texts of an object in canonical order (by UTF-16 code unit, as RFC 8785 asks). */
const canonicalMembers = (object: JsonObject, depth = 0): string[] =>
  Object.keys(object)
    .sort()
    .map(name => `${canonicalString(name)}:${canonicalJson(object[name]!, depth + 1)}`)

function canonicalString(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('lone surrogate')
  return JSON.stringify(text)
}

function canonicalNumber(number: number): string {
  if (!Number.isFinite(number)) throw new TypeError('number out of range')
  return JSON.stringify(number)
}

/**
 * The value of canonical JSON bytes, or `undefined` when they are not exactly the canonical form of what they say.
 * Comparing with the rewritten text refuses duplicate names, wrong order, blanks, odd numbers and escapes at once.
 */
export function parseCanonical(bytes: Uint8Array): Json | undefined {
  const text = fromUtf8(bytes)
  if (text === undefined) return undefined
  try {
    const value = JSON.parse(text) as Json
    return isWritten(value, text) || canonicalJson(value) === text ? value : undefined
  } catch {
    return undefined
  }
}

/**
 * The quick way to say yes: the engine's own text of the value is canonical where names stand in order, and strings hold no
 * escaped surrogate.
 */
const isWritten = (value: Json, text: string): boolean =>
  !text.includes('\\ud') && isSorted(value) && JSON.stringify(value) === text

function isSorted(value: Json, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (depth > maxDepth) return false
  if (Array.isArray(value)) return value.every(item => isSorted(item, depth + 1))
  let last = ''
  for (const name of Object.keys(value)) {
    if (name < last || !isSorted(value[name]!, depth + 1)) return false
    last = name
  }
  return true
}

/** Whether a value is an object with named members. */
export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
