import { randomBytes } from 'node:crypto'
import type { Reader, Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { Refused } from '../result/result.ts'
import { bufferFact, type ReadyFact } from './buffer.ts'
import { commit } from './commitment.ts'
import { leafHashOf, MAX_ENTRY_BYTES, signHeld } from './entry.ts'
import { heldKey } from './key-facts.ts'
import { type HeldKey, isLogs, type Keyring } from './keyring.ts'
import { BadFact, type PublicPart, publicJson } from './public-part.ts'
import { fetchRefs, rankAfter } from './refs.ts'
import { recordSigned, type SignedFact, type SignedRecorded } from './signed.ts'

/** A fact to be signed with the key that we hold for `holder`. */
export interface NewFact {
  /** `noun.verb`, e.g. `order.completed`; `log.*` and `key.*` are the kernel's own. */
  readonly type: string
  /** Id of the thing it is about, by which its trail is read; not part of the entry. */
  readonly subject: string
  /** The organisation or office that says so; its key is made at its first fact. */
  readonly holder: string
  /** When it happened; the transaction's time if left out, never later. */
  readonly at?: Date
  /** Readable by anyone for ever: ids, codes, amounts (as bigint), never personal values. */
  readonly pub: PublicPart
  /** Values committed by a salted hash and kept apart, where they can be erased. */
  readonly hidden?: Readonly<Record<string, string>>
  /** Leaf hashes of the facts it rests on. */
  readonly refs?: readonly Buffer[]
  /** A UUID made elsewhere; a growing one is made if left out. */
  readonly id?: string
}

export interface Recorded {
  readonly id: string
  readonly leafHash: Buffer
}

/** A fact signed before it is known whether the change it tells of happens. */
export interface Prepared extends Recorded {
  readonly ready: ReadyFact
}

/**
 * How services record: they bring the transaction, it brings the keys. What is recorded stands in the database only
 * after the transaction's last step, and not at all when it is refused.
 */
export interface Recorder {
  /** See {@link recordFact}. */
  record(tx: Writer, fact: NewFact): Promise<Recorded>
  /** Signs a fact as `record` does, and keeps it out of the log until `keep`: see {@link prepareFact}. */
  prepare(tx: Writer, fact: NewFact): Promise<Prepared>
  /** Reads what many facts will be signed with, in one statement. */
  fetchKeys(tx: Reader, holders: readonly string[]): Promise<void>
  /** Reads what many facts will refer to, in one statement. */
  fetchRefs(tx: Writer, refs: readonly Buffer[]): Promise<void>
  /** Records a prepared fact in the transaction that prepared it. Refusals: those of `record` at the commit. */
  keep(tx: Writer, prepared: Prepared): Recorded
  /** See {@link recordSigned}. */
  recordSigned(tx: Writer, fact: SignedFact): Promise<SignedRecorded>
  /** Origin of the programme's log. Refusal: `log.missing`. */
  origin(tx: Reader): Promise<string>
  /** 32 bytes that only we can make again, for what is committed now and opened later. */
  salt(programme: string, ...place: readonly string[]): Buffer
}

export const createRecorder = (keyring: Keyring): Recorder => ({
  record: (tx, fact) => recordFact(tx, keyring, fact),
  prepare: (tx, fact) => prepareFact(tx, keyring, fact),
  fetchKeys: (tx, holders) => keyring.fetch(tx, holders),
  fetchRefs,
  keep: (tx, { ready }) => ({ id: ready.id, leafHash: bufferFact(tx, ready) }),
  recordSigned: (tx, fact) => recordSigned(tx, keyring, fact),
  origin: tx => keyring.origin(tx),
  salt: (programme, ...place) => keyring.salt(programme, place),
})

/**
 * Records a fact in the transaction of the change it tells of; it is written with the transaction's last step.
 * Refusals (thrown): `log.missing`, `fact.too_large`, `fact.at_future`, `fact.unknown_ref`, and at the commit
 * `fact.exists`. Throws BadFact for a public part that no entry can hold.
 */
export async function recordFact(tx: Writer, keyring: Keyring, fact: NewFact): Promise<Recorded> {
  const { id, ready } = await prepareFact(tx, keyring, fact)
  return { id, leafHash: bufferFact(tx, ready) }
}

/** Signs a fact: what takes long is done before anything is locked. Refusals as of {@link recordFact}, before the commit. */
async function prepareFact(tx: Writer, keyring: Keyring, fact: NewFact): Promise<Prepared> {
  if (/^(log|key)\./.test(fact.type)) throw new BadFact(`${fact.type} is the kernel's own`)
  if (isLogs(fact.holder)) throw new BadFact('the key of the log signs tree heads only')
  const at = fact.at ?? tx.at
  if (at.getTime() > tx.at.getTime()) throw new Refused('fact.at_future', { type: fact.type })
  const id = fact.id ?? newId()
  const refs = fact.refs ?? []
  const rank = await rankAfter(tx, refs)
  const key = await heldKey(tx, keyring, fact.holder)
  return sign(tx, keyring, key, { ...fact, id, at, refs, rank })
}

async function sign(
  tx: Writer,
  keyring: Keyring,
  key: HeldKey,
  fact: NewFact & { id: string; at: Date; refs: readonly Buffer[]; rank: number },
): Promise<Prepared> {
  const { id, type, subject, holder, at, rank } = fact
  const hidden = Object.entries(fact.hidden ?? {}).map(field => hide(tx.programme, keyring, id, field))
  const entry = signHeld(
    {
      type,
      id,
      log: await keyring.origin(tx),
      at: at.toISOString(),
      actor: key.keyId,
      pub: publicJson(fact.pub),
      c: Object.fromEntries(hidden.map(({ field, commitment }) => [field, commitment])),
      refs: fact.refs.map(ref => ref.toString('base64')),
    },
    key.privateKey,
  )
  if (entry.length > MAX_ENTRY_BYTES) throw new Refused('fact.too_large', { type, bytes: entry.length })
  const onFailure = () => keyring.forget(tx.programme, holder)
  const ready: ReadyFact = {
    id,
    type,
    subject,
    at,
    keyId: key.keyId,
    signedBy: 'held',
    entry,
    hidden,
    rank,
    onFailure,
  }
  return { id, leafHash: leafHashOf(entry), ready }
}

function hide(programme: string, keyring: Keyring, factId: string, [field, text]: [string, string]) {
  if (!/^[a-z][A-Za-z0-9_]*$/.test(field)) throw new BadFact(`not the name of a hidden field: ${field}`)
  if (typeof text !== 'string' || !text.isWellFormed()) throw new BadFact(`hidden ${field} is not a text`)
  const salt = randomBytes(32)
  const value = Buffer.from(text)
  const sealed = keyring.sealHidden(programme, factId, field, value)
  return { field, salt, sealed, commitment: commit(salt, value).toString('base64') }
}
