import canonicalize from 'canonicalize'
import { isWithin } from '../access/area.ts'
import type { RowParties } from '../access/permit.ts'
import { organisationsOf, type Principal } from '../access/principal.ts'
import type { Role } from '../access/roles.ts'
import type { Reader, Writer } from '../database/database.ts'
import { type Entry, parseEntry } from '../fact/entry.ts'
import type { Keyring } from '../fact/keyring.ts'
import { factById, type StoredFact } from '../fact/read.ts'
import { recordSigned } from '../fact/signed.ts'
import { idFrom } from '../ids/ids.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import type { Countersigned, ToSign } from './contract.ts'

/** A party's own key says what was recorded in its name: `pub {fact, type}`, refs the leaf hash of that fact. */
export const COUNTERSIGNED = 'fact.countersigned'

/** A kind of fact that a party may countersign, declared by the capability that records it. */
export interface Countersignable {
  readonly type: string
  /** Who may, standing for a party of the fact. */
  readonly roles: readonly Role[]
  /** The organisation whose word it is, or the area in which those stand who may say so. */
  readonly parties: (
    tx: Reader,
    fact: StoredFact,
  ) => Promise<Pick<RowParties, 'organisationIds' | 'areaPath'>>
}

export type EntitledRefusal = 'fact.not_found' | 'fact.not_signable'

/**
 * The organisations for which the caller may countersign a fact. Refusals: `fact.not_found`, also where they stand for no
 * party of it; `fact.not_signable` {type}.
 */
async function entitled(
  tx: Reader,
  kinds: readonly Countersignable[],
  principal: Principal,
  id: string,
): Promise<Result<{ fact: StoredFact; holders: readonly string[] }, EntitledRefusal>> {
  const fact = await factById(tx, id)
  if (!fact) return refuse('fact.not_found')
  const kind = kinds.find(each => each.type === fact.type)
  if (!kind) return refuse('fact.not_signable', { type: fact.type })
  const { organisationIds = [], areaPath } = await kind.parties(tx, fact)
  const holders = principal.roles
    .filter(({ role }) => kind.roles.includes(role))
    .filter(
      held =>
        organisationsOf(held).some(each => organisationIds.includes(each)) ||
        (typeof areaPath === 'string' && held.areaPath !== null && isWithin(areaPath, held.areaPath)),
    )
    .flatMap(({ organisationId }) => organisationId ?? [])
  return holders.length > 0 ? ok({ fact, holders }) : refuse('fact.not_found')
}

/** One a fact and key, so that two tabs sign the same thing. */
const idOf = (programme: string, fact: string, key: string): string =>
  idFrom('countersigned', programme, fact, key)

/** The words that a party signs behind `silian/fact/v1\n`: canonical JSON of a countersignature without `sig`. */
export const wordsOf = (
  fact: Pick<StoredFact, 'id' | 'type' | 'leafHash'>,
  said: Pick<Entry, 'id' | 'log' | 'at' | 'actor'>,
): string =>
  canonicalize({
    ...{ ...said, v: 1, type: COUNTERSIGNED, by: 'own', c: {}, pub: { fact: fact.id, type: fact.type } },
    refs: [fact.leafHash.toString('base64')],
  })!

/** The entry of these words with their signature. */
export const signedWords = (words: string, sig: string): Buffer =>
  Buffer.from(canonicalize({ ...JSON.parse(words), sig })!)

export type ToSignRefusal = EntitledRefusal | 'key.not_found' | 'key.revoked' | 'fact.countersigned'

/**
 * What the key of a party is to sign, with the fact itself, so that its holder need not believe us. Refusals: those of
 * being entitled; `key.not_found` for a key of somebody else; `key.revoked`; `fact.countersigned` by this key before.
 */
export async function bodyToSign(
  tx: Reader,
  keyring: Keyring,
  kinds: readonly Countersignable[],
  principal: Principal,
  { fact: id, key }: { readonly fact: string; readonly key: string },
): Promise<Result<ToSign, ToSignRefusal>> {
  const found = await signable(tx, kinds, principal, id, key)
  if (!found.ok) return found
  const mine = idOf(tx.programme, id, key)
  if (await factById(tx, mine)) return refuse('fact.countersigned')
  const { value: fact } = found
  const body = wordsOf(fact, { id: mine, log: await keyring.origin(tx), at: tx.at.toISOString(), actor: key })
  return ok({
    entry: Buffer.from(canonicalize(fact.entry)!).toString('base64'),
    body: Buffer.from(body).toString('base64'),
  })
}

/** The fact, where the caller may countersign it by this key. */
async function signable(
  tx: Reader,
  kinds: readonly Countersignable[],
  principal: Principal,
  id: string,
  key: string,
): Promise<Result<StoredFact, EntitledRefusal | 'key.not_found' | 'key.revoked'>> {
  const found = await entitled(tx, kinds, principal, id)
  if (!found.ok) return found
  const usable = await usableKey(tx, key, found.value.holders)
  return usable.ok ? ok(found.value.fact) : usable
}

async function usableKey(
  tx: Reader,
  key: string,
  holders: readonly string[],
): Promise<Result<null, 'key.not_found' | 'key.revoked'>> {
  const [row] = await tx.query<{ revoked: boolean }>(
    `select revoked_at is not null as revoked from signing_key
     where programme_id = $1 and key_id = $2 and custody = 'own' and holder = any($3::text[])`,
    [tx.programme, key, holders],
  )
  if (!row) return refuse('key.not_found')
  return row.revoked ? refuse('key.revoked') : ok(null)
}

export type CountersignRefusal =
  | EntitledRefusal
  | 'key.not_found'
  | 'key.revoked'
  | 'countersignature.malformed'

/**
 * Records a party's countersignature, exactly the bytes that it sent; the same again answers the same. Refusals:
 * `countersignature.malformed` {field} where they say something else than that this fact is so; beside those of being
 * entitled, of the key and of a signed fact (`recordSigned`).
 */
export async function countersign(
  tx: Writer,
  keyring: Keyring,
  kinds: readonly Countersignable[],
  principal: Principal,
  { fact: id, bytes }: { readonly fact: string; readonly bytes: Buffer },
): Promise<Result<Countersigned, CountersignRefusal>> {
  const entry = parseEntry(bytes)
  if (!entry) return refuse('countersignature.malformed', { field: 'entry' })
  const found = await signable(tx, kinds, principal, id, entry.actor)
  if (!found.ok) return found
  const field = wrongField(entry, found.value, tx.programme)
  if (field) return refuse('countersignature.malformed', { field })
  const { repeated } = await recordSigned(tx, keyring, {
    entry: bytes,
    types: [COUNTERSIGNED],
    subject: () => id,
  })
  return ok({ id: entry.id, fact: id, grade: 'countersigned', repeated })
}

function wrongField(entry: Entry, fact: StoredFact, programme: string): keyof Entry | undefined {
  if (entry.type !== COUNTERSIGNED) return 'type'
  if (canonicalize(entry.pub) !== canonicalize({ fact: fact.id, type: fact.type })) return 'pub'
  if (entry.refs.length !== 1 || entry.refs[0] !== fact.leafHash.toString('base64')) return 'refs'
  if (Object.keys(entry.c).length > 0) return 'c'
  if (entry.id !== idOf(programme, fact.id, entry.actor)) return 'id'
  return Date.parse(entry.at) < fact.at.getTime() ? 'at' : undefined
}
