/** What may stand in a fact's public part. Sums of money and weights are given as bigint and become decimal strings. */
export type PublicValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly PublicValue[]
  | { readonly [name: string]: PublicValue }
export type PublicPart = { readonly [name: string]: PublicValue }

export type Json = null | boolean | number | string | Json[] | JsonObject
export interface JsonObject {
  [name: string]: Json
}

/** A fact that its own code made wrongly: a fault of the program, not of its user. */
export class BadFact extends Error {
  override readonly name = 'BadFact'
}

/** Deeper than any fact needs, and shallow enough for every reader's stack. */
const MAX_DEPTH = 32

/** The public part as plain JSON. Throws BadFact for what cannot stand in an entry or must never be public. */
export function publicJson(value: PublicPart): JsonObject {
  return jsonObject(value, 'pub', 0)
}

function json(value: PublicValue | undefined, path: string, depth: number): Json {
  if (depth > MAX_DEPTH) throw new BadFact(`${path} is nested too deeply`)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'string') return publicText(value, path)
  if (typeof value === 'boolean' || value === null) return value
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new BadFact(`${path} is not a safe integer`)
    return value
  }
  if (Array.isArray(value)) return value.map((item, at) => json(item, `${path}[${at}]`, depth + 1))
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
    return jsonObject(value as PublicPart, path, depth)
  throw new BadFact(`${path} cannot stand in a fact`)
}

function jsonObject(value: PublicPart, path: string, depth: number): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      if (!isPlainText(name)) throw new BadFact(`${path} has a name that is not NFC text`)
      return [name, json(item, `${path}.${name}`, depth + 1)]
    }),
  )
}

function publicText(text: string, path: string): string {
  if (!isPlainText(text)) throw new BadFact(`${path} is not NFC text`)
  // the value itself stays out of the message
  if (isPersonal(text) && !AMOUNT.test(path)) throw new BadFact(`${path} is personal and must be hidden`)
  return text
}

/** Text that has one form only: two that look alike must not hash differently. */
export const isPlainText = (text: string): boolean => text.isWellFormed() && text === text.normalize('NFC')

/** Amounts written as strings may look like a telephone number. */
const AMOUNT = /(fen|grams|sum|total|amount)$/i
const MOBILE = /^1[3-9]\d{9}$/
const IDENTITY = /^[1-9]\d{5}(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/

/** Whether a whole text is a mobile number or an identity number. */
export const isPersonal = (text: string): boolean => MOBILE.test(text) || IDENTITY.test(text)

/** Path of the first personal value in JSON that came from outside. */
export function personalPath(value: Json, path = 'pub'): string | undefined {
  if (typeof value === 'string') return isPersonal(value) && !AMOUNT.test(path) ? path : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, item] of Object.entries(value)) {
    const found = personalPath(item, `${path}.${name}`)
    if (found) return found
  }
  return undefined
}
