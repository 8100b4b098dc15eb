import { fromBase64 } from './base64.ts'
import { byteKey } from './bytes.ts'
import type { Entry } from './entry.ts'

/** What a countersignature must tell of the fact that it bears out. */
export interface NamedFact {
  readonly id: string
  readonly type: string
}

/** The entries so far: what ids and references are held against. */
export class KnownFacts {
  readonly #ids = new Set<string>()
  /** Place in the two lists by leaf hash: an object an entry would take several times the memory. */
  readonly #places = new Map<string, number>()
  readonly #idAt: string[] = []
  readonly #typeAt: string[] = []
  readonly #types = new Map<string, string>()

  hasId(id: string): boolean {
    return this.#ids.has(id)
  }

  /** The first of these leaf hashes that no entry has. */
  unknownOf(refs: readonly string[]): string | undefined {
    return refs.find(ref => !this.#places.has(leafOf(ref)))
  }

  find(ref: string): NamedFact | undefined {
    const place = this.#places.get(leafOf(ref))
    const id = place === undefined ? undefined : this.#idAt[place]
    return id === undefined ? undefined : { id, type: this.#typeAt[place!]! }
  }

  /** Adds an entry; one that could not be read has a leaf, too. */
  add(leaf: Uint8Array, entry: Pick<Entry, 'id' | 'type'> | undefined): void {
    this.#places.set(byteKey(leaf), this.#idAt.length)
    this.#idAt.push(entry?.id ?? '')
    this.#typeAt.push(this.#shared(entry?.type ?? ''))
    if (entry) this.#ids.add(entry.id)
  }

  #shared(type: string): string {
    const known = this.#types.get(type)
    if (known === undefined) this.#types.set(type, type)
    return known ?? type
  }
}

const leafOf = (ref: string): string => byteKey(fromBase64(ref)!)
