import { byteaArray, intArray, textArray, timeArray, uuidArray } from '../database/array.ts'
import type { LastStatement, Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { Refused } from '../result/result.ts'
import { leafHashOf, MAX_ENTRY_BYTES } from './entry.ts'
import { factsRecorded } from './signal.ts'
import type { Custody } from './tables.ts'

/** A signed fact on its way to the database. */
export interface ReadyFact {
  readonly id: string
  readonly type: string
  readonly subject: string
  readonly at: Date
  readonly keyId: string
  readonly signedBy: Custody
  readonly entry: Buffer
  readonly hidden: readonly { readonly field: string; readonly salt: Buffer; readonly sealed: Buffer }[]
  /** Among the facts that wait together, a lower rank goes first; see {@link RANK}. */
  readonly rank: number
  /** Called when the write failed: the key may have been revoked elsewhere, and must be read again. */
  readonly onFailure?: () => void
}

/** Keys stand before all that they sign, and a revocation after all that was signed before it. */
export const RANK = { logCreated: -2, keyRegistered: -1, ordinary: 0, keyRevoked: 1_000_000_000 } as const

interface Waiting {
  facts: Map<string, ReadyFact & { readonly leafHash: Buffer }>
  /** Base64, to look references up. */
  leaves: Set<string>
  rank: number
}

const buffered = Symbol('facts of this transaction')

/**
 * Keeps a fact until the transaction's last step, which writes them all in one call. Refusal: `fact.too_large`;
 * and at the end `fact.exists` for an id that another fact has, `log.halted` for a log that stands still.
 */
export function bufferFact(tx: Writer, fact: ReadyFact): Buffer {
  if (fact.entry.length > MAX_ENTRY_BYTES)
    throw new Refused('fact.too_large', { type: fact.type, bytes: fact.entry.length })
  const waiting = waitingOf(tx)
  if (waiting.facts.has(fact.id)) throw new Refused('fact.exists', { id: fact.id })
  if (waiting.facts.size === 0) tx.lastly(() => flush(tx, waiting))
  const leafHash = leafHashOf(fact.entry)
  waiting.facts.set(fact.id, { ...fact, leafHash, rank: place(waiting, fact.rank) })
  waiting.leaves.add(leafHash.toString('base64'))
  return leafHash
}

/** A fact of this transaction that is not written yet. */
export const bufferedFact = (tx: Writer, id: string): ReadyFact | undefined => waitingOf(tx).facts.get(id)

/** The facts that this transaction is about to write. */
export const bufferedFacts = (tx: Writer): ReadyFact[] => [...waitingOf(tx).facts.values()]

/** Leaf hashes, in base64, of the facts that this transaction is about to write. */
export const bufferedLeaves = (tx: Writer): ReadonlySet<string> => waitingOf(tx).leaves

function waitingOf(tx: Writer): Waiting {
  const kept = tx.notes.get(buffered) as Waiting | undefined
  const waiting = kept ?? { facts: new Map(), leaves: new Set(), rank: RANK.ordinary }
  if (!kept) tx.notes.set(buffered, waiting)
  return waiting
}

/** Facts of one transaction keep their order: none stands before those that came earlier. */
function place(waiting: Waiting, rank: number): number {
  if (rank < RANK.ordinary || rank === RANK.keyRevoked) return rank
  waiting.rank = Math.max(rank, waiting.rank)
  return waiting.rank
}

function flush(tx: Writer, waiting: Waiting): LastStatement {
  const facts = [...waiting.facts.values()]
  waiting.facts.clear()
  waiting.leaves.clear()
  tx.afterCommit(() => factsRecorded.raise(tx.programme))
  return {
    text: 'select record_facts($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)',
    values: [tx.programme, ...columns(facts, tx.at)],
    name: 'record-facts',
    explain: error => {
      for (const fact of facts) fact.onFailure?.()
      return explained(error, facts)
    },
  }
}

function columns(facts: readonly (ReadyFact & { readonly leafHash: Buffer })[], at: Date): unknown[] {
  const hidden = facts.flatMap(fact => fact.hidden.map(field => ({ ...field, id: fact.id })))
  return [
    textArray([...new Set(facts.map(fact => fact.keyId))].sort()),
    at,
    uuidArray(facts.map(fact => fact.id)),
    textArray(facts.map(fact => fact.type)),
    textArray(facts.map(fact => fact.subject)),
    timeArray(facts.map(fact => fact.at)),
    textArray(facts.map(fact => fact.keyId)),
    textArray(facts.map(fact => fact.signedBy)),
    byteaArray(facts.map(fact => fact.entry)),
    byteaArray(facts.map(fact => fact.leafHash)),
    intArray(facts.map(fact => fact.rank)),
    uuidArray(facts.map(() => newId())),
    uuidArray(hidden.map(field => field.id)),
    textArray(hidden.map(field => field.field)),
    byteaArray(hidden.map(field => field.salt)),
    byteaArray(hidden.map(field => field.sealed)),
  ]
}

function explained(error: unknown, facts: readonly ReadyFact[]): unknown {
  const { code, constraint } = error as { code?: string; constraint?: string }
  if (code === 'SL001') return new Refused('log.halted')
  if (code !== '23505' || constraint !== 'fact_pkey') return error
  // sent twice at the same moment: done again from the start, it finds what the other wrote
  if (facts.some(fact => fact.signedBy === 'own')) return new SentTwice()
  return new Refused('fact.exists')
}

class SentTwice extends Error {
  override readonly name = 'SentTwice'
  readonly code = '40001'
}
