import type { ToSign } from '@silian/kernel/signing/contract.ts'
import { fromBase64, toBase64 } from '@silian/verifier/base64.ts'
import { utf8 } from '@silian/verifier/bytes.ts'
import { canonicalJson, isObject, type JsonObject, parseCanonical } from '@silian/verifier/canonical.ts'
import { type Entry, parseEntry } from '@silian/verifier/entry.ts'
import { leafHash } from '@silian/verifier/rfc6962.ts'

/** What the page shows to whoever signs. */
export interface Shown {
  readonly fact: string
  readonly type: string
  /** What the fact must say of its subject: `{ order: id }`. */
  readonly about: Readonly<Record<string, string>>
}

/** A body that says what the page shows, with the fact itself. */
export interface Checked {
  readonly entry: Entry
  readonly body: JsonObject
}

/**
 * Holds what the server wants signed against what the page shows: the fact's own bytes say so, the body names that fact
 * by the leaf hash of these bytes, this key and this log, and nothing else. Undefined where it does not.
 */
export function checkToSign(
  { entry: entry64, body: body64 }: ToSign,
  shown: Shown,
  by: { readonly keyId: string; readonly log: string },
): Checked | undefined {
  const [bytes, text] = [fromBase64(entry64), fromBase64(body64)]
  const parsed = bytes && parseEntry(bytes)
  const body = text && parseCanonical(text)
  if (!bytes || !parsed?.ok || !isObject(body)) return undefined
  const { entry } = parsed.value
  const said = Object.entries(shown.about).every(([name, value]) => entry.pub[name] === value)
  if (!said || entry.id !== shown.fact || entry.type !== shown.type) return undefined
  const wanted: JsonObject = {
    ...{ v: 1, type: 'fact.countersigned', by: 'own', c: {}, actor: by.keyId, log: by.log },
    ...{ id: body.id ?? '', at: body.at ?? '', refs: [toBase64(leafHash(bytes))] },
    pub: { fact: shown.fact, type: shown.type },
  }
  return canonicalJson(wanted) === canonicalJson(body) ? { entry, body } : undefined
}

export const textToSign = (body: JsonObject): string => `silian/fact/v1\n${canonicalJson(body)}`

/** Base64 of the entry: exactly these bytes go into the log. */
export const signedEntry = (body: JsonObject, sig: string): string =>
  toBase64(utf8(canonicalJson({ ...body, sig })))
