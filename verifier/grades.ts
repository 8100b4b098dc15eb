import { fromBase64 } from './base64.ts'
import { byteKey } from './bytes.ts'
import type { Entry } from './entry.ts'
import type { KeyRegistry, SpeaksAs } from './keys.ts'
import type { NamedFact } from './known-facts.ts'
import type { ProblemName } from './problems.ts'

/** On whose word something rests beside its recorder's: bits. */
export const marks = { countersigned: 1, device: 2, bank: 4 } as const

/** Facts by the word they stand on; one that a bank signed and another countersigned counts as the bank's. */
export interface FactGrades {
  readonly declared: number
  readonly countersigned: number
  readonly device: number
  readonly bank: number
}

/**
 * On whose word a figure rests, as far as the log tells today: amounts of a flow, else the things that count. One may rest
 * on several words, so that these may come to more than the whole; `declared` rests on none of them.
 */
export interface FigureShares {
  readonly metric: string
  readonly period: string
  readonly by: 'value' | 'count'
  /** Of a flow; what else counts is counted in facts. */
  readonly unit: string
  readonly whole: bigint
  readonly declared: bigint
  readonly countersigned: bigint
  readonly device: bigint
  readonly bank: bigint
}

/** Whether an entry is a bank's or a device's own word: by its kind, and by what its key was registered for. */
export function ownWord(
  { type, by }: Pick<Entry, 'type' | 'by'>,
  as?: SpeaksAs,
): 'bank' | 'device' | undefined {
  const said = type.startsWith('bank.') ? 'bank' : type.startsWith('device.') ? 'device' : undefined
  return by === 'own' && (as ?? said) === said ? said : undefined
}

/** Whose word each fact is, learnt from the log itself: feed it every entry in order, after the keys. */
export class Grades {
  readonly #keys: Pick<KeyRegistry, 'get'>
  /** Of facts whose signer is a bank or a device. */
  readonly #own = new Map<string, number>()
  readonly #countersigned = new Set<string>()
  #size = 0

  constructor(keys: Pick<KeyRegistry, 'get'>) {
    this.#keys = keys
  }

  /**
   * `find` gives the fact of a leaf hash, where it is known. Problem: `countersignature.malformed`, for one that names not one
   * fact, or by another id or kind than it has, or is not by an own key.
   */
  learn(
    { type, by, refs, pub, actor }: Entry,
    leaf: Uint8Array,
    find: (ref: string) => NamedFact | undefined,
  ): ProblemName | undefined {
    this.#size++
    const word = ownWord({ type, by }, this.#keys.get(actor)?.as)
    if (word) this.#own.set(byteKey(leaf), marks[word])
    if (type !== 'fact.countersigned') return undefined
    if (by !== 'own' || refs.length !== 1 || typeof pub.fact !== 'string' || typeof pub.type !== 'string')
      return 'countersignature.malformed'
    const named = find(refs[0]!)
    if (named && (named.id !== pub.fact || named.type !== pub.type)) return 'countersignature.malformed'
    this.#countersigned.add(keyOf(refs[0]!))
    return undefined
  }

  /** Marks of a fact: its own, and those of the facts that it names. */
  marksOf(leaf: Uint8Array, refs: readonly string[]): number {
    return [byteKey(leaf), ...refs.map(keyOf)].reduce(
      (found, key) =>
        found | (this.#own.get(key) ?? 0) | (this.#countersigned.has(key) ? marks.countersigned : 0),
      0,
    )
  }

  tally(): FactGrades {
    const own = [...this.#own.values()]
    const bank = own.filter(mark => mark === marks.bank).length
    const countersigned = [...this.#countersigned].filter(key => !this.#own.has(key)).length
    return {
      ...{ bank, device: own.length - bank, countersigned },
      declared: this.#size - own.length - countersigned,
    }
  }
}

const keyOf = (hash: string): string => byteKey(fromBase64(hash)!)

/** Sums of one figure by their marks. */
export class Shares {
  readonly #by: 'value' | 'count'
  readonly #sums = new Map<number, bigint>()

  constructor(by: 'value' | 'count') {
    this.#by = by
  }

  add(found: number, sum: bigint): void {
    this.#sums.set(found, (this.#sums.get(found) ?? 0n) + (this.#by === 'value' ? sum : 1n))
  }

  of({ metric, unit }: { metric: string; unit: string }, period: string): FigureShares {
    const total = (wanted: (found: number) => boolean): bigint =>
      this.#sums
        .entries()
        .filter(([found]) => wanted(found))
        .reduce((sum, [, amount]) => sum + amount, 0n)
    const on = (mark: number): bigint => total(found => (found & mark) !== 0)
    return {
      ...{ metric, period, by: this.#by, unit: this.#by === 'value' ? unit : '' },
      ...{ whole: total(() => true), declared: total(found => found === 0) },
      ...{ countersigned: on(marks.countersigned), device: on(marks.device), bank: on(marks.bank) },
    }
  }
}
