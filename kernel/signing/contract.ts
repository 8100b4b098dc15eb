import { z } from 'zod'
import { id, instant, pageOf, pageQuery, publicText } from '../http/shapes.ts'

/** Where a key lies that we never hold: in a browser, whence nobody can take it, or with a program. */
export const keyKinds = ['browser', 'client'] as const

/** On whose word a fact stands: its own recorder's alone, also its party's own key, a device's or a bank's. */
export const grades = ['declared', 'countersigned', 'device', 'bank'] as const
export const grade = z.enum(grades)
export type Grade = z.infer<typeof grade>

export const keyId = z.string().regex(/^[0-9a-f]{16}$/, '16 hexadecimal digits')

export const signingKey = z.object({
  keyId,
  holder: id,
  holderName: z.string(),
  /** Of keys that were registered otherwise, a bank's among them: null. */
  kind: z.enum(keyKinds).nullable(),
  label: z.string().nullable(),
  registeredAt: instant,
  revokedAt: instant.nullable(),
  /** The asking person registered it. */
  mine: z.boolean(),
})
export type SigningKey = z.infer<typeof signingKey>

/** `GET /signing-keys`: own keys of the caller's organisations, and what a new one has to name in its proof. */
export const signingKeys = pageOf(signingKey).extend({
  log: z.string(),
  holders: z.array(z.object({ id, name: z.string() })),
})
export type SigningKeys = z.infer<typeof signingKeys>
export const signingKeyQuery = pageQuery.extend({ after: keyId.optional() })

/** `POST /signing-keys`. */
export const newSigningKey = z.object({
  holder: id,
  kind: z.enum(keyKinds),
  label: publicText(60),
  /** Base64 of the raw Ed25519 key. */
  publicKey: z.base64().length(44),
  /** Base64 of its signature over `silian/own-key/v1\n` and canonical JSON of {holder, key, kind, log}. */
  proof: z.base64().length(88),
})
export type NewSigningKey = z.infer<typeof newSigningKey>
export const keyMade = z.object({ keyId })

/** `POST /signing-keys/<key>/revocation`. */
export const revocationReasons = ['lost', 'replaced', 'left'] as const
export const keyRevocation = z.object({ reason: z.enum(revocationReasons) })

/** `GET /facts/<id>/to-sign?key=<key id>`. */
export const toSignQuery = z.object({ key: keyId })
export const toSign = z.object({
  /** Base64 of the bytes of the fact to be countersigned: its leaf hash is to be made from these. */
  entry: z.base64(),
  /** Base64 of the countersignature without `sig`: canonical JSON. It is signed behind `silian/fact/v1\n`. */
  body: z.base64(),
})
export type ToSign = z.infer<typeof toSign>

/** `POST /facts/<id>/countersignature`. */
export const countersignature = z.object({ entry: z.base64().max(8000) })
export const countersigned = z.object({ id, fact: id, grade, repeated: z.boolean() })
export type Countersigned = z.infer<typeof countersigned>
