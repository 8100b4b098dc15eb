import type { Writer } from '../database/database.ts'
import { Refused } from '../result/result.ts'
import { bufferedFact, bufferFact } from './buffer.ts'
import { commit } from './commitment.ts'
import { publicKeyOf } from './ed25519.ts'
import { type Entry, isSignedBy, leafHashOf, parseEntry } from './entry.ts'
import type { Keyring } from './keyring.ts'
import { personalPath } from './public-part.ts'
import { rankAfter } from './refs.ts'
import type { Custody } from './tables.ts'

/** A fact that somebody signed with a key of their own. */
export interface SignedFact {
  /** The exact bytes they signed and sent. */
  readonly entry: Buffer
  /** The kinds that this caller takes from outside; what it does not expect could spoil published figures. */
  readonly types: readonly string[]
  /** Id of the thing it is about, as in a fact of our own. */
  readonly subject: (entry: Entry) => string
  /** Salts (32 bytes) and values of its hidden fields, if we are to keep them. */
  readonly openings?: Readonly<Record<string, { readonly salt: Buffer; readonly value: Buffer }>>
}

export interface SignedRecorded {
  readonly id: string
  readonly leafHash: Buffer
  /** The same bytes were recorded before; nothing was done. */
  readonly repeated: boolean
  readonly entry: Entry
}

/** How far the clock of a phone or device may run ahead of ours. */
const CLOCK_TOLERANCE_MS = 5 * 60_000

/**
 * Records a fact signed elsewhere. Refusals (thrown): `fact.forged` with the `reason` (`shape`, `log`, `type`, `key`,
 * `revoked`, `signature`, `opening`), `fact.conflict` for an id with other bytes, `fact.personal`,
 * `fact.at_future`, `fact.unknown_ref`, `log.missing`.
 */
export async function recordSigned(tx: Writer, keyring: Keyring, fact: SignedFact): Promise<SignedRecorded> {
  const entry = parseEntry(fact.entry)
  if (!entry) throw forged('shape')
  if (!(await keyring.names(tx)).includes(entry.log)) throw forged('log')
  const answer = { id: entry.id, leafHash: leafHashOf(fact.entry), entry }
  const before = await recordedBytes(tx, entry.id)
  if (before && !before.equals(fact.entry)) throw new Refused('fact.conflict', { id: entry.id })
  if (before) return { ...answer, repeated: true }
  await check(tx, entry, fact)
  const refs = entry.refs.map(ref => Buffer.from(ref, 'base64'))
  const rank = await rankAfter(tx, refs)
  bufferFact(tx, {
    id: entry.id,
    type: entry.type,
    subject: fact.subject(entry),
    at: new Date(entry.at),
    keyId: entry.actor,
    signedBy: 'own',
    entry: fact.entry,
    hidden: opened(tx.programme, keyring, entry, fact.openings ?? {}),
    rank,
  })
  return { ...answer, repeated: false }
}

async function recordedBytes(tx: Writer, id: string): Promise<Buffer | undefined> {
  const buffered = bufferedFact(tx, id)
  if (buffered) return buffered.entry
  const [row] = await tx.query<{ entry: Buffer }>(
    'select entry from fact where programme_id = $1 and id = $2',
    [tx.programme, id],
    'fact-entry',
  )
  return row?.entry
}

async function check(tx: Writer, entry: Entry, { types }: SignedFact): Promise<void> {
  if (entry.by !== 'own' || /^(log|key)\./.test(entry.type) || !types.includes(entry.type))
    throw forged('type')
  const [key] = await tx.query<{ public_key: Buffer; custody: Custody; revoked_at: Date | null }>(
    'select public_key, custody, revoked_at from signing_key where programme_id = $1 and key_id = $2',
    [tx.programme, entry.actor],
    'own-key',
  )
  if (key?.custody !== 'own') throw forged('key')
  if (key.revoked_at) throw forged('revoked')
  if (!isSignedBy(entry, publicKeyOf(key.public_key))) throw forged('signature')
  const personal = personalPath(entry.pub)
  if (personal) throw new Refused('fact.personal', { path: personal })
  if (Date.parse(entry.at) > tx.at.getTime() + CLOCK_TOLERANCE_MS) throw new Refused('fact.at_future')
}

function opened(
  programme: string,
  keyring: Keyring,
  entry: Entry,
  openings: NonNullable<SignedFact['openings']>,
) {
  return Object.entries(openings).map(([field, { salt, value }]) => {
    const commitment = Object.hasOwn(entry.c, field) ? entry.c[field] : undefined
    if (salt.length !== 32 || commit(salt, value).toString('base64') !== commitment) throw forged('opening')
    return { field, salt, sealed: keyring.sealHidden(programme, entry.id, field, value) }
  })
}

const forged = (reason: string): Refused => new Refused('fact.forged', { reason })
