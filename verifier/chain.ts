import { fromBase64 } from './base64.ts'
import { byteKey } from './bytes.ts'
import type { Entry } from './entry.ts'

/** A holder's own running numbers do not join up: facts were withheld, or one number was used twice. */
export interface ChainGap {
  readonly actor: string
  /** First running number that does not follow. */
  readonly seq: number
  readonly kind: 'missing' | 'repeated' | 'broken'
}

interface Link {
  readonly leaf: string
  readonly prev: string
}

interface Chain {
  next: number
  last: string
  readonly early: Map<number, Link>
}

/**
 * Follows the running numbers of keys whose holders count. A gap is not the log's fault (it keeps what it is told), but
 * it is the only trace that an omission leaves, so it is reported beside the verdict.
 */
export class Chains {
  readonly gaps: ChainGap[] = []
  #chains = new Map<string, Chain>()

  /** Feed the next entry with its leaf hash. Facts sent late from offline may stand out of order. */
  add(entry: Entry, leaf: Uint8Array): void {
    if (entry.seq === undefined || entry.prev === undefined) return
    const chain = this.#chains.get(entry.actor) ?? { next: 1, last: '', early: new Map() }
    this.#chains.set(entry.actor, chain)
    if (entry.seq < chain.next || chain.early.has(entry.seq)) {
      this.gaps.push({ actor: entry.actor, seq: entry.seq, kind: 'repeated' })
      return
    }
    chain.early.set(entry.seq, { leaf: byteKey(leaf), prev: byteKey(fromBase64(entry.prev)!) })
    this.#advance(entry.actor, chain)
  }

  #advance(actor: string, chain: Chain): void {
    for (let link = chain.early.get(chain.next); link; link = chain.early.get(chain.next)) {
      if (link.prev !== chain.last) this.gaps.push({ actor, seq: chain.next, kind: 'broken' })
      chain.early.delete(chain.next)
      chain.last = link.leaf
      chain.next++
    }
  }

  /** All gaps once the log is read. */
  finish(): ChainGap[] {
    const missing = [...this.#chains].filter(([, chain]) => chain.early.size > 0)
    return [
      ...this.gaps,
      ...missing.map(([actor, { next }]) => ({ actor, seq: next, kind: 'missing' as const })),
    ]
  }
}
